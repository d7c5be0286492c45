/** /app/participation: the total in a sentence, the calendar strip, what is unpaid or empty, every period. */
import { noteLook } from "../audit/record.ts";
import { dayOf, formatMonth, type Lang } from "../kernel/calendar.ts";
import { readerOf } from "../me/reader.ts";
import { ButtonLink, DataTable, Layout, Notice } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import { showMonth } from "./month.tsx";
import style from "./participation.css?inline";
import { FUNDS, type Fund, monthsIn, parseFund, pensionMark, type Totals, totalsOf, unpaidOf } from "./rules.ts";
import { type ParticipationRow, readParticipation } from "./store.ts";
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
  const { rows = [] } = await readParticipation(house.pool, actor.personId);
  noteLook(house, { at: now, actor, action: "read_participation", purpose: "own_record", personId: actor.personId });
  const said = words(lang);
  const totals = totalsOf(rows, fund);
  return page(
    <Layout ask={ask} face="app" title={said.title} styles={[style]} nowAt="participation">
      <h1>{said.title}</h1>
      <FundLinks now={fund} lang={lang} />
      {totals.firstMonth === undefined ? (
        <NoTime fund={fund} lang={lang} />
      ) : (
        <>
          <Total fund={fund} totals={totals} now={now} lang={lang} />
          <Unpaid rows={rows} fund={fund} totals={totals} lang={lang} />
          <CalendarStrip periods={rows} fund={fund} lang={lang} />
          <Gaps fund={fund} totals={totals} lang={lang} />
          <Periods rows={rows.filter((row) => row.fund === fund)} lang={lang} />
        </>
      )}
    </Layout>,
  );
}

/** Four funds, four links; the fund in words stands under the chosen one's short name. */
function FundLinks({ now, lang }: { now: Fund; lang: Lang }) {
  const said = words(lang);
  return (
    <nav aria-label={said.fundsLabel}>
      <ul class="funds">
        {FUNDS.map((fund) => (
          <li key={fund}>
            <a href={`/app/participation?fund=${fund}`} aria-current={fund === now ? "page" : undefined}>
              {said.funds[fund]}
            </a>
          </li>
        ))}
      </ul>
      <p class="hint fund-name">{said.fundNames[now]}</p>
    </nav>
  );
}

function NoTime({ fund, lang }: { fund: Fund; lang: Lang }) {
  const said = words(lang);
  return (
    <div class="empty">
      <p class="lead">{said.none(said.funds[fund])}</p>
      <p>{said.noneHelp}</p>
      <ButtonLink kind="quiet" href={`/app/disputes/new?about=participation&fact=${fund}`}>
        {said.noneAct}
      </ButtonLink>
    </div>
  );
}

function Total({ fund, totals, now, lang }: { fund: Fund; totals: Totals; now: Date; lang: Lang }) {
  const said = words(lang);
  const mark = fund === "bhxh" ? pensionMark(totals.paid, dayOf(now)) : undefined;
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
      {mark ? <p class="hint">{said.pensionWhy(mark.years)}</p> : null}
      {totals.refunded > 0 ? <p>{said.refunded(spanText(lang, totals.refunded))}</p> : null}
    </>
  );
}

interface UnpaidProps {
  rows: readonly ParticipationRow[];
  fund: Fund;
  totals: Totals;
  lang: Lang;
}

function Unpaid({ rows, fund, totals, lang }: UnpaidProps) {
  const said = words(lang);
  if (totals.unpaid === 0) return null;
  return (
    <Notice kind="danger" title={said.unpaidTitle(spanText(lang, totals.unpaid))}>
      <ul>
        {unpaidOf(rows, fund).map((row) => (
          <li key={row.fromMonth + row.unitCode}>
            {said.unpaidLine(row.unitName, formatMonth(row.fromMonth), formatMonth(row.toMonth))}
          </li>
        ))}
      </ul>
      <p>{said.unpaidHelp}</p>
    </Notice>
  );
}

function Gaps({ fund, totals, lang }: { fund: Fund; totals: Totals; lang: Lang }) {
  const said = words(lang);
  if (totals.gaps.length === 0) return null;
  return (
    <>
      <h2>{said.gaps}</h2>
      <ul class="gap-list">
        {totals.gaps.map(({ fromMonth, toMonth, months }) => (
          <li key={fromMonth}>
            {said.gapLine(formatMonth(fromMonth), formatMonth(toMonth), spanText(lang, months))}
            <a href={`/app/participation/${fund}/${fromMonth.slice(0, 7)}`}>
              {said.wrong}
              <span class="unseen"> {formatMonth(fromMonth)}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Periods({ rows, lang }: { rows: readonly ParticipationRow[]; lang: Lang }) {
  const said = words(lang);
  return (
    <>
      <h2>{said.list}</h2>
      <DataTable
        caption={said.list}
        hideCaption
        rows={rows}
        rowKey={(row) => row.fromMonth + row.unitCode}
        columns={[
          {
            head: said.columns.from,
            isMain: true,
            cell: (row) => (
              <a href={`/app/participation/${row.fund}/${row.fromMonth.slice(0, 7)}`}>
                {formatMonth(row.fromMonth)} – {formatMonth(row.toMonth)}
              </a>
            ),
          },
          { head: said.columns.months, isNumber: true, cell: (row) => monthsIn(row) },
          { head: said.columns.unit, cell: (row) => row.unitName },
          { head: said.columns.title, cell: (row) => row.title ?? "–" },
          { head: said.columns.status, cell: (row) => said.legend[row.status] },
        ]}
      />
    </>
  );
}
