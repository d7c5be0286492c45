/** /app/participation/:fund/:month: who declared what for one month of one fund. */
import { noteLook } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { besideFact } from "../dispute/beside.ts";
import { reportHref } from "../dispute/rules.ts";
import { dayOf, formatMonth, type Lang, type PlainDate } from "../kernel/calendar.ts";
import { NotFound } from "../kernel/failures.ts";
import { formatVnd, type Vnd, vnd } from "../kernel/money.ts";
import { formatDecimal } from "../me/decimal.ts";
import { readerOf } from "../me/reader.ts";
import { ButtonLink, LawNote, Layout, Notice, Panel, ReportedNote, SummaryList, type SummaryRow } from "../ui/index.ts";
import { codeOn, nameOn, nameThenAndNow, officeClause } from "../units/rules-names.ts";
import { officesOfUnit } from "../units/store-names.ts";
import { type Ask, page, type Reply } from "../web/route.ts";
import style from "./participation.css?inline";
import { monthIso, monthNumber, parseFund, parseMonth, rowsCovering } from "./rules.ts";
import { type ParticipationRow, readParticipation } from "./store.ts";
import { words } from "./words.ts";

export async function showMonth(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const actor = readerOf(ask.actor);
  const fund = parseFund(ask.params.fund);
  const month = parseMonth(ask.params.month ?? "");
  if (!fund || !month) throw new NotFound("page");
  const { rows } = await readParticipation(house.pool, actor.personId);
  const covering = rowsCovering(rows, fund, month);
  const office = covering[0] && (await officeText(house, covering[0].unitCode, month, dayOf(now), lang));
  noteLook(house, { at: now, actor, action: "read_participation", purpose: "own_record", personId: actor.personId });
  const said = words(lang);
  const title = said.monthOf(said.funds[fund], formatMonth(month));
  const fact = { kind: "participation", id: `${fund}.${month.slice(0, 7)}` } as const;
  const reported = await besideFact(house, actor, fact, lang);
  const at = (step: number) => `/app/participation/${fund}/${monthIso(monthNumber(month) + step).slice(0, 7)}`;
  return page(
    <Layout
      ask={ask}
      face="app"
      title={title}
      styles={[style]}
      back={`/app/participation?fund=${fund}`}
      nowAt="participation"
    >
      <h1>{title}</h1>
      <ReportedNote reported={reported} />
      {covering.length === 0 ? (
        <Notice kind="info" title={said.monthGap}>
          <p>{said.monthGapHelp}</p>
        </Notice>
      ) : (
        covering.map((row) => <PeriodPanel key={row.unitCode + row.fromMonth} row={row} lang={lang} />)
      )}
      {office ? (
        <>
          <p>{said.office(office)}</p>
          <LawNote clauses={[officeClause]} />
        </>
      ) : null}
      <nav class="month-nav" aria-label={said.month(formatMonth(month))}>
        <a href={at(-1)} rel="prev">
          {said.before}
        </a>
        <a href={at(1)} rel="next">
          {said.after}
        </a>
      </nav>
      <h2>{said.wrong}</h2>
      <ButtonLink kind="quiet" href={reportHref(fact)}>
        {said.wrongAct}
      </ButtonLink>
    </Layout>,
  );
}

/**
 * "Bảo hiểm xã hội huyện Tuy Phước (nay là …)": the office in charge as it was called in that month; by today's name
 * alone where that is not known.
 */
async function officeText(
  house: House,
  unitCode: string,
  month: string,
  today: PlainDate,
  lang: Lang,
): Promise<string | undefined> {
  const found = await officesOfUnit(house.db, unitCode);
  if (!found) return undefined;
  const code = codeOn(found.offices, found.code, month);
  const name = code && nameThenAndNow(found.offices, code, month, today.toString());
  if (!name) return nameOn(found.offices, found.code, today.toString());
  return name.isNow ? words(lang).nowCalled(name.was, name.isNow) : name.was;
}

function PeriodPanel({ row, lang }: { row: ParticipationRow; lang: Lang }) {
  const said = words(lang);
  return (
    <Panel title={row.unitName}>
      <SummaryList rows={rowsOf(row, lang)} />
      {row.contributionBase && row.salary ? <p class="hint">{said.baseHelp}</p> : null}
      <p class="hint">{said.source}</p>
    </Panel>
  );
}

function rowsOf(row: ParticipationRow, lang: Lang): SummaryRow[] {
  const said = words(lang);
  const { detail } = said;
  const contribution = contributionOf(row);
  const salary =
    row.salary && (row.salaryKind === "vnd" ? formatVnd(vnd(row.salary), lang) : formatDecimal(row.salary, lang));
  const facts: [string, string | undefined][] = [
    [detail.status, said.legend[row.status]],
    [detail.range, `${formatMonth(row.fromMonth)} – ${formatMonth(row.toMonth)}`],
    [detail.unitCode, row.unitCode],
    [detail.title, row.title],
    [detail.workplace, row.workplace],
    [detail.base, row.contributionBase && formatVnd(vnd(row.contributionBase), lang)],
    [row.salaryKind === "vnd" ? detail.salary : detail.coefficient, salary],
    [detail.rate, row.rate && `${formatDecimal(row.rate, lang)} %`],
    [detail.amount, contribution === undefined ? undefined : formatVnd(contribution, lang)],
    [detail.objectType, row.objectType],
  ];
  return facts.flatMap(([key, value]) => (value ? [{ key, value }] : []));
}

/** Base times rate, for one month; only when both are on record and the month was paid. */
function contributionOf(row: ParticipationRow): Vnd | undefined {
  if (!row.contributionBase || !row.rate || row.status !== "paid") return undefined;
  return ((vnd(row.contributionBase) * vnd(row.rate)) / 10000n) as Vnd;
}
