import { type BirthPrecision, dayFromParts, dayOf, daysBetween, type PlainDate } from "../kernel/calendar.ts";
import { cardDay, type TypedDay } from "../kernel/card-day.ts";
import { tidyName, tidyTyped } from "../kernel/names.ts";
import { type IdPaperKind, parseIdNumber } from "../kernel/numbers.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";

/** What the officer read from the paper in the person's hand, and what was checked at the counter. */
export interface PaperReading {
  kind: IdPaperKind;
  number: string;
  name: string;
  birthOn: PlainDate;
  birthPrecision: BirthPrecision;
  /** Undefined: the paper bears no last day. */
  expiresOn: PlainDate | undefined;
  originalSeen: boolean;
  formSigned: boolean;
  faceMatches: boolean;
  /** A photocopy lies with the signed form (letter 330, annex 1, step 4). */
  copyKept: boolean;
  /** Read beside the paper before it, instead of correcting it: then the officer says which one counts. */
  isAnotherPaper: boolean;
}

/** The fields of the reception form, as posted; the API fills the same ones. */
export type ReadingForm = Record<string, string | undefined>;

/** What an officer checks with their own eyes; the names of the ticks. */
export const CHECKS = ["original_seen", "form_signed", "face_matches", "copy_kept"] as const;

const KINDS: readonly IdPaperKind[] = ["cccd", "cmnd", "passport"];

export function parseReading(form: ReadingForm, now: Date): Outcome<PaperReading, Fault[]> {
  const scanned = readIdCardCode(form.scan ?? "");
  const faults: Fault[] = [];
  const fail = (field: string, key: string) => void faults.push({ field, key });

  const kind = scanned ? "cccd" : KINDS.find((known) => known === form.id_kind);
  if (!kind) fail("id_kind", "kind_missing");
  const number = scanned?.number ?? (kind && parseIdNumber(kind, form.id_number ?? ""));
  if (kind && !number) fail("id_number", `number_${kind}`);
  const name = tidyTyped(scanned?.name ?? form.name ?? "");
  if (!/\p{L}/u.test(name) || name.length > 200) fail("name", "name_missing");
  const birth = scanned ? scanned.birth : birthFrom(form);
  if (!birth) fail("birth", "birth_wrong");
  else if (daysBetween(dayOf(now), birth.on) > 0) fail("birth", "birth_in_future");
  if ((form.scan ?? "").trim() && !scanned) fail("scan", "scan_unreadable");
  const expires = lastDayFrom(form);
  if (expires === "wrong") fail("expires", "expires_wrong");

  if (faults.length > 0 || !kind || !number || !birth || expires === "wrong") return bad(faults);
  return good({
    kind,
    number,
    name,
    birthOn: birth.on,
    birthPrecision: birth.precision,
    expiresOn: expires,
    originalSeen: form.original_seen === "yes",
    formSigned: form.form_signed === "yes",
    faceMatches: form.face_matches === "yes",
    copyKept: form.copy_kept === "yes",
    isAnotherPaper: form.another_paper === "yes",
  });
}

/** Past the last day that the paper itself names. */
export function isOutOfDate(reading: Pick<PaperReading, "expiresOn">, today: PlainDate): boolean {
  return reading.expiresOn !== undefined && daysBetween(today, reading.expiresOn) < 0;
}

/** CMND lost their force on 01/01/2025 (Luật Căn cước 26/2023/QH15, art. 46); the letter of 2021 still names them. */
export function isEndedCmnd(reading: Pick<PaperReading, "kind">, today: PlainDate): boolean {
  return reading.kind === "cmnd" && today.year >= 2025;
}

interface Birth {
  on: PlainDate;
  precision: BirthPrecision;
}

export interface IdCardCode {
  number: string;
  /** The 9-digit CMND before it, when the card names one. */
  oldNumber: string | undefined;
  name: string;
  birth: Birth;
}

/**
 * The code on a chip card: number | old CMND | name | birth (ddMMyyyy, or as much of it as is known) | sex | residence
 * | issued …; seven fields or more. It saves typing and proves nothing: anybody can print one.
 */
export function readIdCardCode(text: string): IdCardCode | undefined {
  const [number, oldNumber, name, birth, ...rest] = text.normalize("NFC").trim().split("|");
  if (rest.length < 3 || !name || !birth) return undefined;
  const id = parseIdNumber("cccd", number ?? "");
  const day = cardDay(birth.trim());
  const born = day && birthOf(day);
  if (!id || !born) return undefined;
  return { number: id, oldNumber: parseIdNumber("cmnd", oldNumber ?? ""), name: tidyName(name), birth: born };
}

/** Papers and old records may know the year, or the month and year, only. */
function birthFrom(form: ReadingForm): Birth | undefined {
  const day = form.birth_day?.trim() ?? "";
  const month = form.birth_month?.trim() ?? "";
  const year = form.birth_year?.trim() ?? "";
  if (!/^(18|19|20)\d\d$/.test(year) || (day && !month)) return undefined;
  if (!/^\d{0,2}$/.test(day) || !/^\d{0,2}$/.test(month)) return undefined;
  return birthOf({ day, month, year });
}

function birthOf({ day, month, year }: TypedDay): Birth | undefined {
  const on = dayFromParts(Number(year), Number(month || 1), Number(day || 1));
  return on && { on, precision: day ? "day" : month ? "month" : "year" };
}

function lastDayFrom(form: ReadingForm): PlainDate | undefined | "wrong" {
  const parts = [form.expires_year, form.expires_month, form.expires_day].map((part) => part?.trim() ?? "");
  if (parts.every((part) => part === "")) return undefined;
  if (!parts.every((part) => /^\d{1,4}$/.test(part))) return "wrong";
  const [year = 0, month = 0, day = 0] = parts.map(Number);
  return (year >= 1900 && dayFromParts(year, month, day)) || "wrong";
}
