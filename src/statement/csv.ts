/** The same rows as on the papers, for a spreadsheet: exact amounts, ISO days and months, one head in words. */
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Reader } from "../kernel/actor.ts";
import { toCsv } from "../kernel/csv.ts";
import { exactVnd } from "../kernel/money.ts";
import type { Lang } from "../kernel/words.ts";
import { monthsIn } from "../participation/rules.ts";
import { words as participationWords } from "../participation/words.ts";
import { words as visitWords } from "../visits/words.ts";
import { illnessOf, participationOf, visitsOf } from "./rows.ts";
import type { Wish } from "./rules.ts";
import { words } from "./words-paper.ts";

/** UTF-8 with a byte-order mark; cells that a spreadsheet would take for a formula are shown as text. */
export async function makeCsv(
  house: House,
  reader: Reader,
  wish: Wish,
  { lang, now }: { lang: Lang; now: Date },
): Promise<string> {
  const text = wish.year
    ? await visitsCsv(house, reader, { ...wish, year: wish.year }, lang)
    : await participationCsv(house, reader, lang);
  await record(house.db, {
    at: now,
    actor: reader,
    action: "statement.csv",
    purpose: "own_record",
    personId: reader.personId,
    detail: { kind: wish.kind, ...(wish.year ? { year: wish.year } : {}), private: wish.withPrivate },
  });
  return text;
}

async function participationCsv(house: House, reader: Reader, lang: Lang): Promise<string> {
  const { rows } = await participationOf(house, reader);
  const { columns } = words(lang);
  const shown = participationWords(lang);
  const head = [
    columns.fund,
    columns.from,
    columns.to,
    columns.months,
    shown.detail.unitCode,
    columns.unit,
    columns.title,
    shown.detail.workplace,
    columns.base,
    shown.detail.rate,
    columns.state,
  ];
  const lines = rows.map((row) => [
    shown.funds[row.fund],
    row.fromMonth.slice(0, 7),
    row.toMonth.slice(0, 7),
    String(monthsIn(row)),
    row.unitCode,
    row.unitName,
    row.title ?? "",
    row.workplace ?? "",
    row.contributionBase ?? "",
    row.rate ?? "",
    shown.legend[row.status],
  ]);
  return toCsv([head, ...lines]);
}

async function visitsCsv(house: House, reader: Reader, wish: Wish & { year: number }, lang: Lang): Promise<string> {
  const { rows } = await visitsOf(house, reader, wish.year);
  const said = words(lang);
  const { payers, facility, in: admitted, out } = visitWords(lang);
  const head = [
    admitted,
    out,
    said.facilityCode,
    facility,
    said.visitColumns.illness,
    payers.fund,
    payers.co,
    payers.self,
    payers.other,
    said.visitColumns.total,
  ];
  const lines = rows.map(({ visit }) => [
    visit.admittedAt.slice(0, 16),
    visit.dischargedAt.slice(0, 16),
    visit.facilityCode,
    visit.facilityName,
    illnessOf(visit, { withPrivate: wish.withPrivate, private: said.private }, lang),
    ...[visit.costs.fund, visit.costs.co, visit.costs.self, visit.costs.other, visit.costs.total].map(exactVnd),
  ]);
  return toCsv([head, ...lines]);
}
