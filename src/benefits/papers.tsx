/** /app/benefits/papers: papers that care facilities gave for benefits: sick leave, discharge, rest in pregnancy. */
import { noteLook } from "../audit/record.ts";
import { type BesideFact, besideFacts } from "../dispute/beside.ts";
import { reportHref } from "../dispute/rules.ts";
import { words as disputeWords } from "../dispute/words.ts";
import { newestOf } from "../intake/store-files.ts";
import { dayOf, formatDay, type Lang, plainDate } from "../kernel/calendar.ts";
import { formatVnd, vnd } from "../kernel/money.ts";
import { readerOf } from "../me/reader.ts";
import { policyOn } from "../policy/store.ts";
import { ButtonLink, Details, Layout, Notice, Panel, ReportedNote, SummaryList } from "../ui/index.ts";
import { workingCalendar } from "../units/store.ts";
import { shownFields } from "../visits/rules-rest.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import style from "./benefits.css?inline";
import { type HandIn, handInDays, type PaperState, stateOf } from "./rules-next.ts";
import { filesOfPapers, readBenefits } from "./store.ts";
import { type BenefitPaper, readPapers } from "./store-documents.ts";
import { words as nextWords } from "./words-next.ts";
import { paperKind, words } from "./words-papers.ts";

export const routes: Route[] = [
  pageRoute({
    method: "GET",
    path: "/app/benefits/papers",
    who: ["citizen"],
    purpose: "own_record",
    sensitive: true,
    handle: showPapers,
  }),
];

async function showPapers(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const actor = readerOf(ask.actor);
  const today = dayOf(now);
  const [{ papers }, { benefits }, days, calendar, files, reported] = await Promise.all([
    readPapers(house.pool, actor),
    readBenefits(house.pool, actor.personId),
    policyOn(house.db, handInDays, today),
    workingCalendar(house.db),
    filesOfPapers(house.db, actor.personId),
    besideFacts(house, actor, "paper", lang),
  ]);
  noteLook(house, { at: now, actor, action: "read_papers", purpose: "own_record", personId: actor.personId });
  const upTo = await newestOf(house.db, files);
  const said = words(lang);
  return page(
    <Layout ask={ask} face="app" title={said.title} styles={[style]} nowAt="benefits" back="/app/benefits">
      <h1>{said.title}</h1>
      <p class="lead">{papers.length > 0 ? said.lead(papers.length) : said.empty}</p>
      {papers.length > 0 ? null : <p>{said.emptyHelp}</p>}
      {papers.map((paper) => (
        <Paper
          key={paper.id}
          paper={paper}
          reported={reported.get(paper.id)}
          state={stateOf(paper, benefits, { days, calendar }, today)}
          days={days}
          lang={lang}
        />
      ))}
      {upTo ? <p class="hint">{said.upTo(formatDay(dayOf(upTo), lang))}</p> : null}
    </Layout>,
  );
}

interface PaperProps {
  paper: BenefitPaper;
  reported: BesideFact | undefined;
  state: PaperState;
  days: number;
  lang: Lang;
}

function Paper({ paper, reported, state, days, lang }: PaperProps) {
  const said = words(lang);
  const next = nextWords(lang);
  const purpose: Readonly<Record<string, string>> = next.purpose;
  const day = (iso: string | undefined) => iso && formatDay(plainDate(iso), lang);
  const facts: [string, string | undefined][] = [
    [said.time, timeOf(paper, lang)],
    [said.issued, day(paper.issuedOn)],
    [said.facility, paper.facilityName ?? said.facilityCode(paper.facilityCode)],
    [said.serial, paper.serial],
    [said.unit, paper.unitName],
  ];
  return (
    <Panel title={paperKind(paper.kind, lang)}>
      {purpose[paper.kind] ? <p>{purpose[paper.kind]}</p> : null}
      <Next state={state} days={days} lang={lang} />
      <SummaryList rows={facts.flatMap(([key, value]) => (value ? [{ key, value }] : []))} />
      <Content paper={paper} lang={lang} />
      <ReportedNote reported={reported} />
      <ButtonLink kind="quiet" href={reportHref({ kind: "paper", id: paper.id })}>
        {disputeWords(lang).report}
      </ButtonLink>
    </Panel>
  );
}

/** Where the paper stands, and what is to be done. */
function Next({ state, days, lang }: Pick<PaperProps, "state" | "days" | "lang">) {
  const next = nextWords(lang);
  if (state.state === "kept") return <p>{next.keep}</p>;
  if (state.state === "waiting") {
    return (
      <Notice kind={state.isOver ? "warning" : "info"}>
        <p>{handInText(state, lang)}</p>
        <p>
          {next.handInHow(days)}
          {state.handInBy ? ` ${next.handInDay}` : null}
        </p>
      </Notice>
    );
  }
  const { amount, decisionNo } = state.benefit;
  return (
    <Notice kind="good">
      <p>{next.paperDone[state.state](formatVnd(vnd(amount), lang), decisionNo)}</p>
    </Notice>
  );
}

/** Until when it goes to the employer, where that is known. */
export function handInText({ handInBy, isOver }: HandIn, lang: Lang): string {
  const next = nextWords(lang);
  if (!handInBy) return next.handIn;
  return isOver ? next.handInOver(formatDay(handInBy, lang)) : next.handInBy(formatDay(handInBy, lang));
}

/** Illness and treatment, folded: nobody who looks on reads them. */
function Content({ paper, lang }: { paper: BenefitPaper; lang: Lang }) {
  const said = words(lang);
  const next = nextWords(lang);
  const { named } = shownFields(paper.fields, next.fields);
  const rows = [
    ...(paper.diagnosis ? [{ key: said.diagnosis, value: paper.diagnosis }] : []),
    ...named.map(([field, value]) => ({ key: (next.fields as Record<string, string>)[field] ?? field, value })),
  ];
  if (rows.length === 0) return null;
  return (
    <Details summary={paper.isSensitive ? next.contentSensitive : next.content}>
      <SummaryList rows={rows} />
    </Details>
  );
}

/** The days of a paper: from, or from and to. */
export function timeOf({ fromOn, toOn }: Pick<BenefitPaper, "fromOn" | "toOn">, lang: Lang): string | undefined {
  const day = (iso: string | undefined) => iso && formatDay(plainDate(iso), lang);
  const [from, to] = [day(fromOn), day(toOn)];
  return from && to && from !== to ? words(lang).fromTo(from, to) : (from ?? to);
}
