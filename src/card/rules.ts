/**
 * Which health card (thẻ BHYT) is valid on a day, what it gives, and what its dates mean.
 * Amounts follow the base wage (lương cơ sở) of the day (Luật BHYT, art. 22.1; NĐ 188/2025/NĐ-CP);
 * docs/laws/benefit-level.md.
 */
import { daysBetween, type PlainDate, plainDate } from "../kernel/calendar.ts";
import type { Clause } from "../kernel/laws.ts";
import type { CardForm } from "../kernel/numbers.ts";
import { type CardState, type CardStatus, cardOnDay, stateOnDay } from "./rules-state.ts";

/** What the rights of a card stand on. */
export const rightsClauses: readonly Clause[] = [
  { act: "health", at: "22.1" },
  { act: "groups1351" },
  { act: "resolution261" },
];

export type Level = 1 | 2 | 3 | 4 | 5;

/** What the fund pays within scope, percent, by benefit level (mức hưởng; QĐ 1351/QĐ-BHXH). */
const PERCENT_OF_LEVEL: Record<Level, number> = { 1: 100, 2: 100, 3: 95, 4: 80, 5: 100 };

/** An object group (nhóm đối tượng) in force from a day to a day: the near-poor went from 95 % to 100 % on 01/01/2026. */
export interface GroupEntry {
  from: string;
  to: string | undefined;
  nameVi: string;
  nameEn: string;
  level: Level | undefined;
  /** Where it differs from the level's own. */
  percent: number | undefined;
}

export interface Card {
  number: string;
  form: CardForm;
  validFrom: string;
  validTo: string | undefined;
  status: CardStatus;
  group: string | undefined;
  /** The list's entries for that group, through time. */
  groupEntries: readonly GroupEntry[];
  level: Level | undefined;
  livingArea: string | undefined;
  facilityCode: string | undefined;
  fiveYearOn: string | undefined;
  issuedBy: string | undefined;
}

/** How a card stands on a day. */
export const stateOf = (card: Card, on: PlainDate): CardState => stateOnDay(card, on.toString());

/** The card to show on a day, with its state; see `cardOnDay`. */
export function cardToShow<C extends Card>(
  cards: readonly C[],
  on: PlainDate,
): { card: C; state: CardState } | undefined {
  return cardOnDay(cards, on.toString());
}

/** The list's newest entry for the card's group that holds on a day. */
export function groupOn(card: Card, on: PlainDate): GroupEntry | undefined {
  const day = on.toString();
  return card.groupEntries
    .filter(({ from, to }) => from <= day && (to === undefined || day <= to))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1);
}

export interface Entitlement {
  /** What the fund pays within scope. */
  percent: number;
  /** Levels 1 and 5 know no payment ratios on listed drugs and services. */
  isWithoutRatios: boolean;
}

/**
 * What the card gives on a day: its printed level or the list's of that day, whichever pays more.
 * @law benefit-level
 */
export function entitlementOn(card: Card, on: PlainDate): Entitlement | undefined {
  const listed = groupOn(card, on);
  const percents = [
    card.level && PERCENT_OF_LEVEL[card.level],
    listed?.percent,
    listed?.level && PERCENT_OF_LEVEL[listed.level],
  ].filter((percent) => percent !== undefined);
  if (percents.length === 0) return undefined;
  const level = card.level ?? listed?.level;
  return { percent: Math.max(...percents), isWithoutRatios: level === 1 || level === 5 };
}

export interface BaseWage {
  from: string;
  /** Whole đồng a month. */
  amount: bigint;
}

export interface Thresholds {
  /** One visit below this is free on the right route: 15 % of the base wage. */
  oneVisit: bigint;
  /** Co-payments of a year above this, after five continuous years, end co-payment: six months' base wage. */
  yearOfCoPayment: bigint;
}

/**
 * From the base wage in force on the day; undefined for a day before the table begins.
 * @law co-payment
 */
export function thresholdsOn(wages: readonly BaseWage[], on: PlainDate): Thresholds | undefined {
  const day = on.toString();
  const wage = wages.filter(({ from }) => from <= day).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0];
  if (!wage) return undefined;
  return { oneVisit: (wage.amount * 15n) / 100n, yearOfCoPayment: wage.amount * 6n };
}

/** Days to the end of a valid card, when it ends within the next 30. */
export function endsSoon(card: Card, on: PlainDate): number | undefined {
  if (card.validTo === undefined || stateOf(card, on) !== "valid") return undefined;
  const days = daysBetween(on, plainDate(card.validTo));
  return days <= 30 ? days : undefined;
}

/** Has the five-year mark (thời điểm đủ 05 năm liên tục) been reached? */
export function hasFiveYears(card: Card, on: PlainDate): boolean {
  return card.fiveYearOn !== undefined && card.fiveYearOn <= on.toString();
}
