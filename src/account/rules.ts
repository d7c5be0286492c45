import { addMonths, endOf, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { parseInsuranceNumber, parsePersonalId } from "../kernel/numbers.ts";

/** What holds for accounts, sessions and codes, as figures. Decisions only: no clock, no database. */

/** The letter's annex: the password is changed at least every six months. */
export const PASSWORD_MONTHS = 6;
/** The last day on which a password set that day opens the account (Civil Code 2015, art. 148.3: not rolled). */
export function passwordDueOn(setOn: PlainDate, months = PASSWORD_MONTHS): PlainDate {
  return addMonths(setOn, months);
}

/** Six months are over at 24:00 of the due day; from then on the password opens the change page only. */
export function isPasswordOutlived(setOn: PlainDate, now: Date, months = PASSWORD_MONTHS): boolean {
  return now.getTime() >= endOf(passwordDueOn(setOn, months)).getTime();
}

export type Scope = "full" | "change_password";

/** Why only the change page opens; undefined when everything does. Who has no password has nothing to change. */
export function whyChange(
  account: { password_kind: string; password_set_on: string; password_dropped_at?: Date | null },
  now: Date,
): "first" | "outlived" | undefined {
  // Without a password the duty has no object.
  if (account.password_dropped_at) return undefined;
  if (account.password_kind === "issued") return "first";
  if (account.password_kind !== "chosen") return undefined;
  return isPasswordOutlived(plainDate(account.password_set_on), now) ? "outlived" : undefined;
}

/** The password was set again by SMS alone a short while ago: a stolen SIM may not take more than that. */
export function isLimited<T extends { limited_until: Date | null }>(
  account: T,
  now: Date,
): account is T & { limited_until: Date } {
  return account.limited_until !== null && now < account.limited_until;
}

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** Five wrong passwords close the door for a quarter of an hour. */
export const lock = { tries: 5, minutes: 15, milliseconds: 15 * MINUTE_MS } as const;

/** Counts of tries that nobody touched for a day are forgotten. */
export const WINDOW_KEPT_MS = 24 * HOUR_MS;

/** A session in use is written down once a minute at most. */
export const SEEN_STEP_MS = MINUTE_MS;
/** Ended sessions stay this long for the record, then go. */
export const SESSION_KEPT_MS = 30 * 24 * HOUR_MS;

export interface LoginNumber {
  kind: "bhxh" | "personal_id";
  number: string;
}

/** Mã số BHXH (10 digits) or số định danh (12 digits): both open the same account. */
export function parseLogin(text: string): LoginNumber | undefined {
  const insuranceNumber = parseInsuranceNumber(text);
  if (insuranceNumber) return { kind: "bhxh", number: insuranceNumber };
  const personalId = parsePersonalId(text);
  return personalId ? { kind: "personal_id", number: personalId } : undefined;
}

/** Whole minutes to wait, never 0 while the lock holds. */
export function minutesLeft(seconds: number): number {
  return Math.max(1, Math.ceil(seconds / 60));
}
