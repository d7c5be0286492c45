import { z } from "zod";
import { daysBetween, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { definePolicy } from "../kernel/policy.ts";

/** What the watch cries out about, and when. Pure. */
export const receiptPercent = definePolicy({
  name: "promise.receipt_percent",
  meaning: "Share of text messages with a good receipt below which the alarm is raised, by provider",
  schema: z.number().int().min(1).max(100),
  values: [{ from: "2021-01-01", value: 95, source: "proposal" }],
});

export const receiptsAtLeast = definePolicy({
  name: "promise.receipts_at_least",
  meaning: "Text messages of the last day below which the share of receipts raises no alarm",
  schema: z.number().int().min(1).max(100_000),
  values: [{ from: "2021-01-01", value: 20, source: "proposal: one lost message of three is no sign" }],
});

export const alarmPolicies = [receiptPercent, receiptsAtLeast];

/** The whole window, from the complete file (letter 330, annex 1, step 4). */
export const WINDOW_MINUTES = 15;

/** In the order of what must be looked at first. */
export const ALARMS = [
  "standby_away",
  "clock_distrusted",
  "database_restarted",
  "offices_missing",
  "sender_stopped",
  "schedule_stopped",
  "sweep_failed",
  "lapse_refused",
  "message_stalled",
  "message_late",
  "message_warned",
  "message_two_thirds",
  "message_third",
  "receipts_low",
  "retention_overdue",
  "backup_old",
  "rehearsal_old",
  "log_not_kept",
  "looks_broken",
  "looks_unchained",
  "breach_open",
  "rights_pressing",
  "guessing",
  "codes_spent",
  "codes_held",
  "passkeys_unsealed",
  "line_refused",
  "certificate_ending",
  "keys_due",
  "holidays_ending",
  "reviews_late",
] as const;
export type AlarmName = (typeof ALARMS)[number];

export interface Alarm {
  name: AlarmName;
  /** Messages or requests concerned; seconds since the last deletions; seconds by which the clock is off; seconds without a sign of life (-1: there never was one); percent of receipts, or of the budget of codes; blocks of numbers; hours (of a breach those left, negative when over); asks that led nowhere; passkeys; offices; files that are not ended; starts of the database that nobody asked for; megabytes of log that the server keeps for nobody; days left of a certificate, a key or the table of holidays (negative: past its end); 1 where there is nothing to count. */
  value: number;
  /** A provider of messages, another place to which a line of ours leads, a kind of key, or a sweep. */
  provider?: string;
  /** Told anew when it becomes another one. */
  mark?: number;
}

const SILENT_AFTER_MS = { sender: 60_000, schedule: 180_000 };

/** A part of the worker that gives no sign of life. Another machine's clock may run ahead: that is no silence. */
export function isSilent(part: keyof typeof SILENT_AFTER_MS, lastAt: Date | undefined, at: Date): boolean {
  return lastAt === undefined || at.getTime() - lastAt.getTime() > SILENT_AFTER_MS[part];
}

const FAILING_AFTER_MS = 600_000;

/** The failures of a part of the regular work with none that went well between them. */
export interface Failures {
  since: Date;
  lastRun: Date | undefined;
  lastTurn: Date | undefined;
}

/**
 * A run that failed is followed by the next, be it tomorrow's: once is nothing. Work that turns every few seconds and
 * has not failed for long is done by another worker, and the one that failed is switched off.
 */
export function isFailing({ since, lastRun, lastTurn }: Failures, at: Date): boolean {
  const isAgain = (last: Date | undefined) => last !== undefined && last.getTime() - since.getTime() > FAILING_AFTER_MS;
  const isTurning = lastTurn !== undefined && at.getTime() - lastTurn.getTime() <= FAILING_AFTER_MS;
  return isAgain(lastRun) || (isTurning && isAgain(lastTurn));
}

/** Holidays of a year are known by a notice of the autumn before. */
export const HOLIDAYS_AHEAD_DAYS = 60;

/** Days to the end of the table of holidays, where it ends within these sixty or is over. */
export function holidaysLeft(years: ReadonlySet<number>, today: PlainDate): number | undefined {
  const ahead = today.add({ days: HOLIDAYS_AHEAD_DAYS }).year;
  if (years.has(today.year) && years.has(ahead)) return undefined;
  const last = years.has(today.year) ? today.year : today.year - 1;
  return daysBetween(today, plainDate(`${last}-12-31`));
}

/** The sealer turns every three seconds, and notes it once a minute. */
const UNCHAINED_AFTER_MS = 300_000;

/** Not before it ever turned: that is the schedule's alarm. */
export function isUnchained(lastAt: Date | undefined, at: Date): boolean {
  return lastAt !== undefined && at.getTime() - lastAt.getTime() > UNCHAINED_AFTER_MS;
}

/** The nightly run of deletions may fail once. */
const DELETIONS_AFTER_MS = 2 * 86_400_000;

/** Not before there was a first run: it comes with the schedule, whose own alarm tells of its silence. */
export function isRetentionOverdue(lastAt: Date | undefined, at: Date): boolean {
  return lastAt !== undefined && at.getTime() - lastAt.getTime() > DELETIONS_AFTER_MS;
}

export interface Receipts {
  receiptsDue: number;
  receiptsCame: number;
}

/** Undefined where too few are due to say anything. Cut down, never rounded up: 94.99 is below 95. */
export function receiptShare({ receiptsDue, receiptsCame }: Receipts, atLeast: number): number | undefined {
  return receiptsDue < Math.max(1, atLeast) ? undefined : Math.floor((receiptsCame / receiptsDue) * 1000) / 10;
}

/** The narrowest of the marks that waiting messages have passed tells most: one alarm, not four. */
export function waitingAlarm(waiting: {
  third: number;
  twoThirds: number;
  warned: number;
  late: number;
}): Alarm | undefined {
  const { late, warned, twoThirds, third } = waiting;
  if (late > 0) return { name: "message_late", value: late };
  if (warned > 0) return { name: "message_warned", value: warned };
  if (twoThirds > 0) return { name: "message_two_thirds", value: twoThirds };
  return third > 0 ? { name: "message_third", value: third } : undefined;
}
