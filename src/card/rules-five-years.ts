/**
 * The day from which five continuous years of health insurance are reached (thời điểm đủ 05 năm liên tục).
 * NĐ 146/2018/NĐ-CP, art. 12.5; NĐ 188/2025/NĐ-CP, art. 18; docs/laws/five-year-mark.md.
 */
import { addMonths, daysBetween, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { type Clause, type Dated, inForce } from "../kernel/laws.ts";

type Allowed = { months: number } | { days: number };

/**
 * The longest gap that leaves cover continuous, by the day on which cover begins again. The decree of 2025 is in force
 * from 15/08/2025, and of its articles those that art. 70.2 lists, art. 18 among them, from 01/07/2025.
 */
const allowedGaps: readonly Dated<Allowed>[] = [
  { from: "2015-02-01", value: { months: 3 }, clause: { act: "health41", at: "5.1" } },
  { from: "2018-12-01", value: { months: 3 }, clause: { act: "health146", at: "12.5" } },
  { from: "2025-07-01", value: { days: 90 }, clause: { act: "health188", at: "18" } },
];
const oldest: Allowed = { months: 3 };

export const fiveYearClauses: readonly Clause[] = [
  { act: "health", at: "22.1" },
  { act: "health146", at: "12.5" },
  { act: "health188", at: "18" },
  { act: "health188", at: "70.2" },
  { act: "cards1666" },
];

/**
 * Is cover that ended on one day and began again on another continuous?
 * @law five-year-mark
 */
export function isContinuous(endedOn: PlainDate, beginsOn: PlainDate): boolean {
  const allowed = inForce(allowedGaps, beginsOn.toString())?.value ?? oldest;
  const firstDayOut = endedOn.add({ days: 1 });
  if ("days" in allowed) return daysBetween(firstDayOut, beginsOn) <= allowed.days;
  return beginsOn.toString() <= addMonths(firstDayOut, allowed.months).toString();
}

export interface Cover {
  from: string;
  /** Undefined while it has no end. */
  to: string | undefined;
}

export interface FiveYearMark {
  /** Cover is continuous since this day, as far as the record reaches. */
  since: PlainDate;
  /** The first day of the sixth year. */
  on: PlainDate;
  /** The break that ended the cover before, when there was one. */
  brokenFrom: PlainDate | undefined;
}

/** What the cards of a person come to; one that was revoked gave no cover. */
export function markOfCards(
  cards: readonly { status: string; validFrom: string; validTo: string | undefined }[],
): FiveYearMark | undefined {
  return fiveYearMark(
    cards
      .filter(({ status }) => status !== "revoked")
      .map(({ validFrom, validTo }) => ({ from: validFrom, to: validTo })),
  );
}

/** Whoever had five years before this day has this day on the card. */
const EARLIEST_MARK = "2015-01-01";

/**
 * From the cover on record; gaps that are short enough do not move the day. Undefined without cover.
 * @law five-year-mark
 */
export function fiveYearMark(covers: readonly Cover[]): FiveYearMark | undefined {
  const [first, ...rest] = covers.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  if (!first) return undefined;
  let since = plainDate(first.from);
  let to = first.to;
  let brokenFrom: PlainDate | undefined;
  for (const cover of rest) {
    if (to !== undefined && !isContinuous(plainDate(to), plainDate(cover.from))) {
      brokenFrom = plainDate(to).add({ days: 1 });
      since = plainDate(cover.from);
      to = cover.to;
    } else if (to !== undefined && (cover.to === undefined || cover.to > to)) {
      to = cover.to;
    }
  }
  const on = addMonths(since, 60);
  return { since, on: on.toString() < EARLIEST_MARK ? plainDate(EARLIEST_MARK) : on, brokenFrom };
}
