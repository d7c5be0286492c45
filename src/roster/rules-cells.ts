/** One cell of a unit's list → its meaning, or why it cannot be read. Pure. */
import { dayFromParts, type PlainDate } from "../kernel/calendar.ts";
import { foldName, isOldFont, tidyTyped, withoutUnseen } from "../kernel/names.ts";
import { parseInsuranceNumber, parsePersonalId, parsePhone, readCardNumber } from "../kernel/numbers.ts";
import { bad, good, type Outcome } from "../kernel/outcome.ts";

export const GROUPS = ["official", "worker", "pupil", "household", "pensioner", "other"] as const;
export type PeopleGroup = (typeof GROUPS)[number];
export type NumberKind = "bhxh" | "personal_id" | "cmnd";
export interface RosterBirth {
  /** yyyy-mm-dd; the first of January when only the year was written. */
  on: string;
  precision: "day" | "year";
}

export const CELL_FAULTS = [
  "name_missing",
  "name_signs",
  "name_long",
  "key_missing",
  "birth_wrong",
  "birth_future",
  "number_wrong",
  "lost_zeros",
  "phone_wrong",
  "smartphone_unclear",
  "note_long",
  "cell_error",
] as const;
export type CellFault = (typeof CELL_FAULTS)[number];

const NAME_AT_MOST = 200;
export const NOTE_AT_MOST = 500;
const OLDEST_YEARS = 130;

export function readName(text: string): Outcome<string, CellFault> {
  const name = tidyTyped(text);
  if (!/\p{L}/u.test(name)) return bad("name_missing");
  if (name.length > NAME_AT_MOST) return bad("name_long");
  return /^[\p{Script=Latin}\p{M} .'’-]+$/u.test(name) && !isOldFont(name) ? good(name) : bad("name_signs");
}

/** 05/03/1990, 5-3-1990, 1990-03-05, 1990; a number of days as Excel counts them, when its format was lost. */
export function readBirth(text: string, isNumber: boolean, today: PlainDate): Outcome<RosterBirth, CellFault> {
  const found = birthFrom(text.trim(), isNumber);
  if (!found) return bad("birth_wrong");
  if (found.on > today.toString()) return bad("birth_future");
  return Number(found.on.slice(0, 4)) < today.year - OLDEST_YEARS ? bad("birth_wrong") : good(found);
}

function birthFrom(text: string, isNumber: boolean): RosterBirth | undefined {
  const year = /^(?:năm\s*)?(\d{4})$/iu.exec(text.normalize("NFC"))?.[1];
  if (year) return { on: `${year}-01-01`, precision: "year" };
  if (isNumber && /^\d{5}$/.test(text)) return daysSince1900(Number(text));
  const plain = /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})(?:\s+0{1,2}:00(?::00)?)?$/.exec(text);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s].*)?$/.exec(text);
  const close = /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  const [day, month, full] = plain?.slice(1) ?? close?.slice(1) ?? iso?.slice(1).toReversed() ?? [];
  const on = full ? dayFromParts(Number(full), Number(month), Number(day)) : undefined;
  return on && { on: on.toString(), precision: "day" };
}

const EPOCH_1900 = Date.UTC(1899, 11, 30);

function daysSince1900(days: number): RosterBirth {
  return { on: new Date(EPOCH_1900 + days * 86_400_000).toISOString().slice(0, 10), precision: "day" };
}

/**
 * Mã số BHXH (10), số định danh (12), CMND (9), or the old card, whose last ten digits are the number. A cell that is
 * a number has lost its zeros in front: eleven digits can only be a personal number, fewer than ten may be anything.
 * No paper has ten: in its column they are a personal number of a place from 001 to 009 without its zeros, however kept.
 */
export function readNumber(
  text: string,
  isNumber: boolean,
  isPaper: boolean,
): Outcome<{ number: string; kind: NumberKind }, CellFault> {
  const typed = withoutUnseen(text).replace(/^['’`]/, "");
  const digits = typed.replace(/[\s.\-–]/gu, "");
  if (isNumber && /^\d{11}$/.test(digits)) return readNumber(`0${digits}`, false, isPaper);
  if (isPaper && parseInsuranceNumber(typed)) return bad("lost_zeros");
  const card = readCardNumber(typed);
  const insurance = parseInsuranceNumber(card?.form === "card15" ? card.number.slice(-10) : typed);
  if (insurance) return good({ number: insurance, kind: "bhxh" });
  const personal = parsePersonalId(typed);
  if (personal) return good({ number: personal, kind: "personal_id" });
  if (/^\d{9}$/.test(digits) && !(isNumber && !isPaper)) return good({ number: digits, kind: "cmnd" });
  return bad(isNumber && /^\d{7,9}$/.test(digits) ? "lost_zeros" : "number_wrong");
}

/** A cell that is a number has lost the zero in front; 84 before nine digits stands in place of it. */
export function readPhone(text: string, isNumber: boolean): Outcome<string, CellFault> {
  const typed = withoutUnseen(text).replace(/^['’`]/, "");
  const digits = typed.replace(/[\s.\-–]/gu, "");
  const isAbroad = /^84\d{9}$/.test(digits);
  const hasLostZero = isNumber && !digits.startsWith("0");
  const phone = parsePhone(isAbroad ? `+${digits}` : hasLostZero ? `0${digits}` : typed);
  return phone ? good(phone) : bad("phone_wrong");
}

const groupWords: readonly [PeopleGroup, RegExp][] = [
  ["pensioner", /\bhuu\b|huu tri|pensioner/],
  ["pupil", /hoc sinh|sinh vien|\bhs(sv)?\b|hoc vien|tre em|pupil|student/],
  ["household", /ho gia dinh|\bhgd\b|\bho\b|nong dan|nguoi dan|tu nguyen|household/],
  ["worker", /cong nhan|lao dong|\bnld\b|nhan vien|worker|employee/],
  ["official", /can bo|cong chuc|vien chuc|giao vien|luc luong|\bcbccvc\b|\bccvc\b|official/],
];

export function readGroup(text: string): PeopleGroup {
  const folded = foldName(text);
  return groupWords.find(([, pattern]) => pattern.test(folded))?.[0] ?? "other";
}

const YES = new Set(["co", "x", "v", "yes", "y", "1", "true", "✓", "✔", "dang dung", "co dung"]);
const NO = new Set(["khong", "ko", "k", "khong co", "no", "n", "0", "false", "-", "chua", "chua co"]);

export function readSmartphone(text: string): Outcome<boolean, CellFault> {
  const folded = foldName(text);
  if (YES.has(folded)) return good(true);
  return NO.has(folded) ? good(false) : bad("smartphone_unclear");
}
