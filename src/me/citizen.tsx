/** /app: the card first, huge; below it what changed last. */
import { noteInstalled } from "../account/note-installed.ts";
import { noteLook } from "../audit/record.ts";
import { cardToShow, endsSoon } from "../card/rules.ts";
import { readCards, type ShownCard } from "../card/store.ts";
import { words as cardWords } from "../card/words.ts";
import { words as lawWords } from "../card/words-laws.ts";
import { words as passWords } from "../card-pass/words.ts";
import { type BesideFact, besideFact } from "../dispute/beside.ts";
import { IDENTITY, reportHref } from "../dispute/rules.ts";
import { countUnread } from "../inbox/read.ts";
import { newestReceipt } from "../intake/file-times.ts";
import { keepsCardHere } from "../kept-card/marks.ts";
import { words as keepWords } from "../kept-card/words.ts";
import { dayOf, formatDay, type Lang, plainDate } from "../kernel/calendar.ts";
import { formatWhole } from "../kernel/money.ts";
import { groupNumber, maskNumber } from "../kernel/numbers.ts";
import { totalsOf } from "../participation/rules.ts";
import { type ParticipationRow, readParticipation } from "../participation/store.ts";
import { spanText } from "../participation/words.ts";
import { getPerson, numbersOf, type Person } from "../register/store.ts";
import { Layout, Notice, Panel, ReportedNote, SummaryList } from "../ui/index.ts";
import { shownCosts } from "../visits/rules.ts";
import { findLastVisit, type VisitHead } from "../visits/store.ts";
import { islandHref } from "../web/islands.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import style from "./card.css?inline";
import { CardFace } from "./card-face.tsx";
import { showLooks } from "./looks.tsx";
import meStyle from "./me.css?inline";
import { showMore } from "./more.tsx";
import { readerOf } from "./reader.ts";
import { words } from "./words.ts";

const own = { method: "GET", who: ["citizen"], purpose: "own_record" } as const;

export const routes: Route[] = [
  pageRoute({ ...own, path: "/app", handle: showHome }),
  pageRoute({ ...own, path: "/app/more", handle: showMore }),
  pageRoute({ ...own, path: "/app/looks", sensitive: true, handle: showLooks }),
];

async function showHome(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const actor = readerOf(ask.actor);
  const { personId } = actor;
  if (ask.query.from === "icon") await noteInstalled(house.db, actor.readBy, now);
  const [person, numbers, { cards }, { rows }, visit, unread, reported] = await Promise.all([
    getPerson(house.db, personId),
    numbersOf(house.db, personId),
    readCards(house.pool, personId),
    readParticipation(house.pool, personId),
    actor.limitedUntil ? undefined : findLastVisit(house.db, actor),
    countUnread(house, actor),
    besideFact(house, actor, IDENTITY, lang),
  ]);
  noteLook(house, { at: now, actor, action: "read_cards", purpose: "own_record", personId });
  const said = words(lang);
  const upTo = await newestReceipt(
    house.db,
    [...cards, ...rows].map((row) => row.sourceFileId),
  );
  return page(
    <Layout
      ask={ask}
      face="app"
      title={actor.actingFor ? said.homeTitleOf(person.fullName) : said.homeTitle}
      styles={[style, meStyle]}
      nowAt="card"
    >
      <h1 class="unseen">{actor.actingFor ? said.homeTitleOf(person.fullName) : said.homeTitle}</h1>
      <HomeCard person={person} cards={cards} now={now} lang={lang} canVerify={house.settings.cardKeys !== undefined} />
      {upTo ? <p class="hint">{said.upTo(officeOf(cards, rows, lang), formatDay(dayOf(upTo), lang))}</p> : null}
      {keepsCardHere(ask) ? <script type="module" src={islandHref("renew")} /> : null}
      <h2>{said.quick}</h2>
      <div class="quick">
        <ParticipationFact rows={rows} lang={lang} />
        {actor.limitedUntil ? null : <VisitFact visit={visit} lang={lang} />}
        <Panel title={<a href="/app/inbox">{said.inbox}</a>}>
          <p>{said.unread(unread)}</p>
        </Panel>
      </div>
      <Numbers
        lang={lang}
        title={actor.actingFor ? said.numbersOf(person.fullName) : said.numbers}
        numbers={numbers.filter((one) => one.validTo === null)}
        isWhole={ask.query.numbers === "whole"}
        reported={reported}
      />
    </Layout>,
  );
}

interface NumbersProps {
  lang: Lang;
  title: string;
  numbers: readonly { kind: string; number: string }[];
  isWhole: boolean;
  reported: BesideFact | undefined;
}

/** The insurance number stands on the card anyway; numbers of identity papers are whole for whoever asks to see them. */
function Numbers({ lang, title, numbers, isWhole, reported }: NumbersProps) {
  const said = words(lang);
  const kinds: Readonly<Record<string, string>> = said.numberKinds;
  const isShort = (kind: string) => kind !== "bhxh" && !isWhole;
  return (
    <div class="numbers" id="numbers">
      <h2>{title}</h2>
      <SummaryList
        rows={numbers.map(({ kind, number }) => ({
          key: kinds[kind] ?? kind,
          value: isShort(kind) ? maskNumber(number) : groupNumber(number),
        }))}
      />
      {numbers.some(({ kind }) => kind !== "bhxh") ? (
        <p>
          <a href={isWhole ? "/app#numbers" : "/app?numbers=whole#numbers"}>
            {isWhole ? said.numbersShort : said.numbersWhole}
          </a>
        </p>
      ) : null}
      <ReportedNote reported={reported} />
      <p>
        <a href={reportHref(IDENTITY)}>{said.identityWrong}</a>
      </p>
    </div>
  );
}

/** Who keeps the record: the office on the card, else that of the last unit. */
function officeOf(cards: readonly ShownCard[], rows: readonly ParticipationRow[], lang: Lang): string {
  const byCard = cards.find(({ issuedBy }) => issuedBy)?.issuedBy;
  return byCard ?? rows.find(({ officeName }) => officeName)?.officeName ?? lawWords(lang).anyOffice;
}

interface HomeCardProps {
  person: Person;
  cards: readonly ShownCard[];
  now: Date;
  lang: Lang;
  /** Signed codes are given here. */
  canVerify: boolean;
}

function HomeCard({ person, cards, now, lang, canVerify }: HomeCardProps) {
  const said = cardWords(lang);
  const day = dayOf(now);
  const shown = cardToShow(cards, day);
  if (person.managedBy !== "bhxh") {
    return (
      <Notice kind="info" title={said.elsewhere}>
        <p>{said.elsewhereHelp}</p>
      </Notice>
    );
  }
  if (!shown) {
    return (
      <Notice kind="info" title={said.none}>
        <p>{said.noneHelp}</p>
      </Notice>
    );
  }
  return (
    <>
      <CardFace person={person} {...shown} daysLeft={endsSoon(shown.card, day)} lang={lang} now={now} />
      <p>
        <a href="/app/card">{said.more}</a>
      </p>
      {canVerify && shown.state === "valid" ? (
        <p>
          <a href="/app/card/pass">{passWords(lang).open}</a>
        </p>
      ) : null}
      <p>
        <a href="/app/keep">{keepWords(lang).offer}</a>
      </p>
    </>
  );
}

function ParticipationFact({ rows, lang }: { rows: readonly ParticipationRow[]; lang: Lang }) {
  const said = words(lang);
  const totals = totalsOf(rows, "bhxh");
  return (
    <Panel title={<a href="/app/participation">{said.seeParticipation}</a>}>
      <p>{totals.paid > 0 ? said.participation(spanText(lang, totals.paid)) : said.participationNone}</p>
      {totals.unpaid > 0 ? <p>{said.unpaid(spanText(lang, totals.unpaid))}</p> : null}
    </Panel>
  );
}

/** Day and cost only: whoever looks over the shoulder learns no illness and no hospital. */
function VisitFact({ visit, lang }: { visit: VisitHead | undefined; lang: Lang }) {
  const said = words(lang);
  const costs = visit && shownCosts(visit.costs);
  return (
    <Panel title={<a href="/app/visits">{said.seeVisits}</a>}>
      <p>{visit ? said.visit(formatDay(plainDate(visit.admittedAt.slice(0, 10)), lang)) : said.visitNone}</p>
      {costs ? <p>{said.ownPaid(formatWhole(costs.co + costs.self, lang))}</p> : null}
    </Panel>
  );
}
