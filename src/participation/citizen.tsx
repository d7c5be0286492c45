/** /app/participation: the total in a sentence, the calendar with its list and table, what is unpaid, what counts. */
import { noteLook } from "../audit/record.ts";
import { unemploymentPayFrom } from "../benefits/store.ts";
import { reportHref } from "../dispute/rules.ts";
import { newestReceipt } from "../intake/file-times.ts";
import { dayOf, formatDay, type Lang, type PlainDate } from "../kernel/calendar.ts";
import { readerOf } from "../me/reader.ts";
import { policyOn } from "../policy/store.ts";
import { ButtonLink, LawNote, Layout } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import { Arrears } from "./arrears.tsx";
import { Marks } from "./marks.tsx";
import { showMonth } from "./month.tsx";
import style from "./participation.css?inline";
import { Gaps, PeriodList, PeriodTable, VIEWS, type View } from "./periods.tsx";
import { FUNDS, type Fund, parseFund, type Totals, totalsClauses, totalsOf } from "./rules.ts";
import { arrearsNotice, arrearsOf } from "./rules-arrears.ts";
import { pensionMark } from "./rules-marks.ts";
import { Salary } from "./salary.tsx";
import { type ParticipationRow, readParticipation } from "./store.ts";
import { noticesSentTo } from "./store-notice.ts";
import { CalendarStrip } from "./strip.tsx";
import { spanText, words } from "./words.ts";

export const routes: Route[] = [
  pageRoute({
    method: "GET",
    path: "/app/participation",
    who: ["citizen"],
    purpose: "own_record",
    handle: showParticipation,
  }),
  pageRoute({
    method: "GET",
    path: "/app/participation/:fund/:month",
    who: ["citizen"],
    purpose: "own_record",
    handle: showMonth,
  }),
];

async function showParticipation(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const actor = readerOf(ask.actor);
  const fund = parseFund(ask.query.fund) ?? "bhxh";
  const view = VIEWS.find((one) => one === ask.query.view) ?? "calendar";
  const { rows, person } = await readParticipation(house.pool, actor.personId);
  noteLook(house, { at: now, actor, action: "read_participation", purpose: "own_record", personId: actor.personId });
  const said = words(lang);
  const day = dayOf(now);
  const totals = totalsOf(rows, fund);
  const upTo = await newestReceipt(
    house.db,
    rows.map((row) => row.sourceFileId),
  );
  const allowancesFrom = fund === "bhtn" ? await unemploymentPayFrom(house.db, actor.personId) : [];
  const notices =
    totals.unpaid > 0
      ? {
          terms: await policyOn(house.db, arrearsNotice, day),
          sent: await noticesSentTo(house.db, actor.personId),
        }
      : undefined;
  return page(
    <Layout ask={ask} face="app" title={said.title} styles={[style]} nowAt="participation">
      <h1>{said.title}</h1>
      <FundLinks now={fund} view={view} lang={lang} />
      {totals.firstMonth === undefined ? (
        <NoTime fund={fund} lang={lang} />
      ) : (
        <>
          <Total {...{ fund, totals, day, lang }} isUsedUp={allowancesFrom.length > 0} />
          {notices ? (
            <Arrears
              fund={fund}
              arrears={arrearsOf(rows, fund, day, notices.terms)}
              day={day}
              {...notices}
              lang={lang}
            />
          ) : null}
          <Views now={view} fund={fund} lang={lang} />
          {view === "calendar" ? <CalendarStrip periods={rows} fund={fund} lang={lang} /> : null}
          {view === "list" ? <PeriodList rows={rows} fund={fund} lang={lang} /> : null}
          {view === "table" ? <PeriodTable rows={rows} fund={fund} lang={lang} /> : null}
          <Gaps fund={fund} totals={totals} lang={lang} />
          <Salary rows={rows} fund={fund} lang={lang} />
          <Marks rows={rows} person={person} allowancesFrom={allowancesFrom} fund={fund} day={day} lang={lang} />
        </>
      )}
      <p>
        <a href="/app/statements?kind=participation">{said.paper}</a>
      </p>
      {upTo ? <p class="hint">{said.upTo(officeOf(rows, lang), formatDay(dayOf(upTo), lang))}</p> : null}
    </Layout>,
  );
}

/** The office in charge of the unit that was declared for last; the offices in general when it is not known. */
function officeOf(rows: readonly ParticipationRow[], lang: Lang): string {
  const newest = rows.toSorted((a, b) => (a.toMonth < b.toMonth ? 1 : -1))[0];
  return newest?.officeName ?? words(lang).anyOffice;
}

const hrefOf = (fund: Fund, view: View) =>
  `/app/participation?fund=${fund}${view === "calendar" ? "" : `&view=${view}`}`;

/** Four funds, four links; the fund in words stands under the chosen one's short name. */
function FundLinks({ now, view, lang }: { now: Fund; view: View; lang: Lang }) {
  const said = words(lang);
  return (
    <nav aria-label={said.fundsLabel}>
      <ul class="funds">
        {FUNDS.map((fund) => (
          <li key={fund}>
            <a href={hrefOf(fund, view)} aria-current={fund === now ? "page" : undefined}>
              {said.funds[fund]}
            </a>
          </li>
        ))}
      </ul>
      <p class="hint fund-name">{said.fundNames[now]}</p>
    </nav>
  );
}

function Views({ now, fund, lang }: { now: View; fund: Fund; lang: Lang }) {
  const said = words(lang);
  return (
    <nav class="views" aria-label={said.viewsLabel}>
      <ul>
        {VIEWS.map((view) => (
          <li key={view}>
            <a href={hrefOf(fund, view)} aria-current={view === now ? "page" : undefined}>
              {said.views[view]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function NoTime({ fund, lang }: { fund: Fund; lang: Lang }) {
  const said = words(lang);
  return (
    <div class="empty">
      <p class="lead">{said.none(said.funds[fund])}</p>
      <p>{said.noneHelp}</p>
      <ButtonLink kind="quiet" href={reportHref({ kind: "participation", id: fund })}>
        {said.noneAct}
      </ButtonLink>
    </div>
  );
}

interface TotalProps {
  fund: Fund;
  totals: Totals;
  /** Some of it was counted for an unemployment allowance. */
  isUsedUp: boolean;
  day: PlainDate;
  lang: Lang;
}

function Total({ fund, totals, isUsedUp, day, lang }: TotalProps) {
  const said = words(lang);
  const mark = fund === "bhxh" ? pensionMark(totals.paid, day) : undefined;
  return (
    <>
      <p class="total">
        <strong>{said.paid(said.funds[fund], spanText(lang, totals.paid))}</strong>
        {mark
          ? mark.missing > 0
            ? said.toPension(spanText(lang, mark.missing), mark.years)
            : said.reached(mark.years)
          : said.stop}
      </p>
      {isUsedUp ? <p>{said.usedUp}</p> : null}
      {totals.refunded > 0 ? <p>{said.refunded(spanText(lang, totals.refunded))}</p> : null}
      <LawNote clauses={totalsClauses}>
        <p>{said.totalsHow}</p>
      </LawNote>
    </>
  );
}
