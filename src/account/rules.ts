import { addMonths, dayOf, endOf, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { parseInsuranceNumber, parsePersonalId } from "../kernel/numbers.ts";

/** What holds for accounts, sessions and codes, as figures. Decisions only: no clock, no database. */

/** The letter's annex: the password is changed at least every six months. */
export const PASSWORD_MONTHS = 6;
/** How many earlier passwords may not be used again. */
export const PASSWORDS_REMEMBERED = 10;

/** Life of a one-time password by date of issue: who registers at a desk may reach a telephone days later. */
export const oneTimePasswordHours: readonly { from: string; hours: number }[] = [{ from: "2021-01-01", hours: 72 }];

/** The last day on which a password set that day opens the account (Civil Code 2015, art. 148.3: not rolled). */
export function passwordDueOn(setOn: PlainDate): PlainDate {
  return addMonths(setOn, PASSWORD_MONTHS);
}

/** Six months are over at 24:00 of the due day; from then on the password opens the change page only. */
export function isPasswordOutlived(setOn: PlainDate, now: Date): boolean {
  return now.getTime() >= endOf(passwordDueOn(setOn)).getTime();
}

/** When a one-time password issued now stops opening anything. */
export function oneTimePasswordEnd(now: Date): Date {
  const today = dayOf(now).toString();
  const setting = oneTimePasswordHours.findLast((one) => one.from <= today);
  if (!setting) throw new RangeError("no life of one-time passwords is set for this day");
  return new Date(now.getTime() + setting.hours * HOUR_MS);
}

export type Scope = "full" | "change_password";

/** Why only the change page opens; undefined when everything does. */
export function whyChange(
  account: { password_kind: string; password_set_on: string; password_dropped_at?: Date | null },
  now: Date,
): "first" | "outlived" | undefined {
  // Without a password the duty has no object.
  if (account.password_dropped_at) return undefined;
  if (account.password_kind === "issued") return "first";
  return isPasswordOutlived(plainDate(account.password_set_on), now) ? "outlived" : undefined;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Five wrong passwords close the door for a quarter of an hour. */
export const lock = { tries: 5, minutes: 15, milliseconds: 15 * MINUTE_MS } as const;

/** Counts of tries that nobody touched for a day are forgotten. */
export const WINDOW_KEPT_MS = 24 * HOUR_MS;

/** A session in use is written down once a minute at most. */
export const SEEN_STEP_MS = MINUTE_MS;
/** Ended sessions stay this long for the record, then go. */
export const SESSION_KEPT_MS = 30 * 24 * HOUR_MS;

export const recovery = {
  digits: 8,
  tries: 3,
  minutes: 5,
  lifeMs: 5 * MINUTE_MS,
  mostAnHour: 3,
  mostADay: 5,
  keptMs: 48 * HOUR_MS,
} as const;

export const HOUR_AND_DAY_MS = { hour: HOUR_MS, day: 24 * HOUR_MS } as const;

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

/** The eight digits of a code as typed or pasted, with or without spaces. */
export function parseCode(text: string): string | undefined {
  const digits = text.normalize("NFKC").replace(/[\s.\-–]/gu, "");
  return digits.length === recovery.digits && /^\d+$/.test(digits) ? digits : undefined;
}

/** Whole minutes to wait, never 0 while the lock holds. */
export function minutesLeft(seconds: number): number {
  return Math.max(1, Math.ceil(seconds / 60));
}
