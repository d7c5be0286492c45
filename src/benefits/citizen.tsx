/** /app/benefits: what one receives now, then what one received, kind by kind. */
import { noteLook } from "../audit/record.ts";
import { type BesideFact, besideFacts } from "../dispute/beside.ts";
import { reportHref } from "../dispute/rules.ts";
import { newestOf } from "../intake/store-files.ts";
import { dayOf, formatDay, type Lang, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { addVnd, formatVnd, vnd } from "../kernel/money.ts";
import { readerOf } from "../me/reader.ts";
import { policyOn } from "../policy/store.ts";
import { ButtonLink, Details, Layout, Notice, Panel, ReportedNote, Tag } from "../ui/index.ts";
import { workingCalendar } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import style from "./benefits.css?inline";
import { handInText, timeOf } from "./papers.tsx";
import { type Benefit, type BenefitGroup, byKind, isPaidMonthly, isRunning } from "./rules.ts";
import { awaitingPayment, type HandIn, handInDays, nextOf, stateOf } from "./rules-next.ts";
import { filesOfBenefits, readBenefits } from "./store.ts";
import { type BenefitPaper, readPapers } from "./store-documents.ts";
import { words } from "./words.ts";
import { words as nextWords } from "./words-next.ts";
import { paperKind, words as paperWords } from "./words-papers.ts";

export const routes: Route[] = [
  pageRoute({ method: "GET", path: "/app/benefits", who: ["citizen"], purpose: "own_record", handle: showBenefits }),
];

async function showBenefits(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const actor = readerOf(ask.actor);
  const day = dayOf(now);
  const showsPapers = actor.limitedUntil === undefined;
  const [{ benefits }, papers, days, calendar, files, reported] = await Promise.all([
    readBenefits(house.pool, actor.personId),
    showsPapers ? readPapers(house.pool, actor).then((read) => read.papers) : [],
    policyOn(house.db, handInDays, day),
    workingCalendar(house.db),
    filesOfBenefits(house.db, actor.personId),
    besideFacts(house, actor, "benefit", lang),
  ]);
  const look = { at: now, actor, purpose: "own_record", personId: actor.personId } as const;
  noteLook(house, { ...look, action: "read_benefits" });
  const upTo = await newestOf(house.db, files);
  const said = words(lang);
  const waiting = papers.flatMap((paper) => {
    const state = stateOf(paper, benefits, { days, calendar }, day);
    return state.state === "waiting" ? [{ paper, ...state }] : [];
  });
  if (waiting.length > 0) noteLook(house, { ...look, action: "read_papers" });
  return page(
    <Layout ask={ask} face="app" title={said.title} styles={[style]} nowAt="benefits">
      <h1>{said.title}</h1>
      {benefits.length === 0 ? (
        <NoBenefit reported={reported.get("")} lang={lang} />
      ) : (
        <Overview benefits={benefits} day={day} lang={lang} />
      )}
      <Waiting decided={awaitingPayment(benefits)} papers={waiting} showsPapers={showsPapers} lang={lang} />
      {byKind(benefits).map((group) => (
        <Kind key={group.kind} {...{ group, reported, day, lang }} />
      ))}
      {benefits.length > 0 ? <p class="hint">{said.source}</p> : null}
      {upTo ? <p class="hint">{said.upTo(formatDay(dayOf(upTo), lang))}</p> : null}
      {showsPapers ? (
        <p>
          <a href="/app/benefits/papers">{paperWords(lang).link}</a>
        </p>
      ) : null}
    </Layout>,
  );
}

function NoBenefit({ reported, lang }: { reported: BesideFact | undefined; lang: Lang }) {
  const said = words(lang);
  return (
    <div class="empty">
      <p class="lead">{said.empty}</p>
      <p>{said.emptyHelp}</p>
      <ReportedNote reported={reported} />
      <ButtonLink kind="quiet" href={reportHref({ kind: "benefit", id: "" })}>
        {said.emptyAct}
      </ButtonLink>
    </div>
  );
}

function Overview({ benefits, day, lang }: { benefits: readonly Benefit[]; day: PlainDate; lang: Lang }) {
  const said = words(lang);
  const running = benefits.filter((benefit) => isRunning(benefit, day));
  const aMonth = addVnd(...running.map((benefit) => vnd(benefit.amount)));
  return running.length > 0 ? (
    <Notice kind="good">
      <p>{said.running(running.length, formatVnd(aMonth, lang))}</p>
    </Notice>
  ) : (
    <p class="lead">{said.lead(benefits.length)}</p>
  );
}

interface WaitingProps {
  decided: readonly Benefit[];
  papers: readonly (HandIn & { paper: BenefitPaper })[];
  /** Papers tell of health: after a reset by SMS alone (T17) neither they nor a way to them is shown. */
  showsPapers: boolean;
  lang: Lang;
}

/** Decided and not paid, or a paper given and nothing decided: each with what to do. Illnesses are not told. */
function Waiting({ decided, papers, showsPapers, lang }: WaitingProps) {
  const next = nextWords(lang);
  if (decided.length + papers.length === 0) return null;
  return (
    <Panel title={next.waitingTitle} tone="tinted">
      <ul>
        {decided.map((benefit) => (
          <li key={benefit.decisionNo + benefit.fromOn}>
            {next.waitingPay(benefit.regime, formatVnd(vnd(benefit.amount), lang))} {next.todo.decided}
          </li>
        ))}
        {papers.map(({ paper, ...handIn }) => (
          <li key={paper.id}>
            {next.waitingPaper(paperKind(paper.kind, lang), timeOf(paper, lang) ?? "")} {handInText(handIn, lang)}
          </li>
        ))}
      </ul>
      {showsPapers ? (
        <p>
          <a href="/app/benefits/papers">{next.papersLink}</a>
        </p>
      ) : null}
    </Panel>
  );
}

interface KindProps {
  group: BenefitGroup;
  reported: ReadonlyMap<string, BesideFact>;
  day: PlainDate;
  lang: Lang;
}

function Kind({ group, reported, day, lang }: KindProps) {
  const said = words(lang);
  return (
    <Panel title={said.kinds[group.kind]}>
      {group.paid === undefined ? null : <p>{said.sum(formatVnd(group.paid, lang))}</p>}
      {group.benefits.map((benefit) => (
        <OneBenefit key={benefit.decisionNo + benefit.fromOn} {...{ benefit, reported, day, lang }} />
      ))}
    </Panel>
  );
}

function OneBenefit({ benefit, reported, day, lang }: Omit<KindProps, "group"> & { benefit: Benefit }) {
  const said = words(lang);
  const amount = formatVnd(vnd(benefit.amount), lang);
  const next = nextWords(lang);
  const { decidedOn } = benefit;
  const isNow = isRunning(benefit, day);
  const id = `${benefit.kind}.${benefit.fromOn}`;
  const from = formatDay(plainDate(benefit.fromOn), lang);
  const time = benefit.toOn ? said.fromTo(from, formatDay(plainDate(benefit.toOn), lang)) : said.from(from);
  return (
    <article class="benefit">
      <div class="benefit-head">
        <h3>{benefit.regime}</h3>
        <p class="benefit-amount">{isPaidMonthly(benefit.kind) ? said.aMonth(amount) : amount}</p>
      </div>
      <p>
        {time} <Tag tone={isNow ? "good" : "plain"}>{isNow ? said.now : said.status[benefit.status]}</Tag>
      </p>
      <p>
        {next.by(benefit.decisionNo, decidedOn && formatDay(plainDate(decidedOn), lang), benefit.agency)}{" "}
        {next.paidTo(benefit.paidBy, placeOf(benefit, lang))}
        {benefit.unitName ? ` ${said.unit}: ${benefit.unitName}.` : null}
      </p>
      <ReportedNote reported={reported.get(id)} />
      <Details summary={next.next}>
        <p>{next.todo[nextOf(benefit, day)]}</p>
        <ButtonLink kind="quiet" href={reportHref({ kind: "benefit", id })}>
          {said.wrong}
        </ButtonLink>
      </Details>
    </article>
  );
}

/** Bank and the tail of the account: never the whole number. */
function placeOf({ bankName, bankAccountTail }: Benefit, lang: Lang): string | undefined {
  if (!bankName || !bankAccountTail) return bankName;
  return nextWords(lang).account(bankName, bankAccountTail);
}
