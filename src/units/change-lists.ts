/** An operator changes the dated lists that come with a release: what they enter or strike out, no release touches. */
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { plainDate } from "../kernel/calendar.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { detailNames, enterRow, holidaysOf, type ListChange, strikeRow } from "./store-lists-change.ts";
import { keyOf } from "./store-reference.ts";

/** Whose decision it is, and why: both stand in the audit. */
export interface Warrant {
  by: string;
  why: string;
}

export async function addHoliday(
  house: House,
  asked: Warrant & { day: string; name: string; isWorking: boolean },
): Promise<void> {
  const { day, name, isWorking, by, why } = asked;
  const date = readDay("day", day);
  if (isWorking && date.dayOfWeek <= 5) throw refused("day", "weekend_only");
  const kind = isWorking ? "working_weekend" : "holiday";
  const row = { on_day: date.toString(), year: date.year, kind, name, source: by };
  await change(house, { list: "public_holiday", row, by, why }, enterRow);
}

export async function strikeHoliday(house: House, { day, by, why }: Warrant & { day: string }): Promise<void> {
  const row = { on_day: readDay("day", day).toString() };
  await change(house, { list: "public_holiday", row, by, why }, struck);
}

/** From then on the year counts as known: files lapse in it. */
export async function completeYear(house: House, { year, by, why }: Warrant & { year: number }): Promise<void> {
  if (!Number.isInteger(year) || (await holidaysOf(house.db, year)).length === 0) throw refused("year", "year_empty");
  await change(house, { list: "public_holiday_year", row: { year, source: by }, by, why }, enterRow);
}

export async function setBaseWage(
  house: House,
  { from, amount, by, why }: Warrant & { from: string; amount: string },
): Promise<void> {
  const first = readDay("from", from).toString();
  if (!/^[1-9]\d{5,8}$/.test(amount)) throw refused("amount", "wage_amount");
  await change(
    house,
    { list: "base_wage", row: { valid_from: first, amount_vnd: amount, source: by }, by, why },
    enterRow,
  );
}

export async function strikeBaseWage(house: House, { from, by, why }: Warrant & { from: string }): Promise<void> {
  const row = { valid_from: readDay("from", from).toString() };
  await change(house, { list: "base_wage", row, by, why }, struck);
}

export interface NewEntry extends Warrant {
  list: string;
  code: string;
  from: string;
  to: string | undefined;
  vi: string;
  en: string;
  detail: string | undefined;
}

/** An entry is never struck out: what was done by its code names it. It ends by its last day. */
export async function setEntry(house: House, asked: NewEntry): Promise<void> {
  const { list, code, from, to, vi, en, by, why } = asked;
  const first = readDay("from", from).toString();
  const last = to === undefined ? null : readDay("to", to).toString();
  if (last !== null && last < first) throw refused("to", "bad_period");
  const detail = readDetail(asked.detail);
  const known = await detailNames(house.db, list);
  if (known.length === 0) throw refused("list", "list_unknown");
  if (!known.includes(Object.keys(detail).sort().join(" "))) throw refused("detail", "detail_names");
  const names = { name_vi: vi, name_en: en, detail, source: by };
  const row = { list, code, valid_from: first, valid_to: last, ...names };
  await change(house, { list: "code_list_entry", row, by, why }, enterRow);
}

function readDetail(text: string | undefined): object {
  if (text === undefined) return {};
  try {
    const detail: unknown = JSON.parse(text);
    if (typeof detail === "object" && detail !== null && !Array.isArray(detail)) return detail;
  } catch {
    // Told below.
  }
  throw refused("detail", "detail_names");
}

async function struck(tx: Tx, one: ListChange, at: Date): Promise<void> {
  if (!(await strikeRow(tx, one, at))) throw new NotFound(one.list);
}

async function change(
  house: House,
  one: ListChange,
  work: (tx: Tx, one: ListChange, at: Date) => Promise<void>,
): Promise<void> {
  const at = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    await work(tx, one, at);
    await record(tx, {
      at,
      actor: { kind: "operator" },
      action: work === struck ? "reference.struck" : "reference.entered",
      purpose: "operation",
      object: { kind: one.list, id: keyOf(one.list, one.row) },
      detail: { by: one.by, why: one.why },
    });
  });
}

function readDay(field: string, text: string) {
  try {
    return plainDate(text);
  } catch {
    throw refused(field, "list_day");
  }
}

const refused = (field: string, key: string) => new Invalid([{ field, key }]);
