import { parseFileCode, parsePrintNo } from "../kernel/file-code.ts";
import { foldName } from "../kernel/names.ts";
import { parseIdNumber, parseInsuranceNumber, parsePersonalId, parsePhone } from "../kernel/numbers.ts";
import { readIdCardCode } from "./rules-reading.ts";

/** The code of a file, bare or inside an address of ours. */
export function fileCodeIn(text: string): string | undefined {
  return parseFileCode(text) ?? parseFileCode(/BD-?[0-9A-Z]{4}-?[0-9A-Z]{4}/i.exec(text)?.[0] ?? "");
}

/** What was typed or scanned into the one box of the counter. */
export type CounterQuery =
  /** `printNo`: which print of the form lies on the counter, when that was typed or scanned too. */
  | { kind: "code"; code: string; printNo?: number }
  /** `phone` is set when the digits could be either: 03… is a mobile number and an insurance number. */
  | { kind: "number"; number?: string; oldNumber?: string | undefined; phone?: string }
  | { kind: "name"; folded: string }
  | { kind: "nothing" };

/**
 * A code (bare or inside an address of ours), the code of an ID card, a number of 9, 10 or 12 digits, a
 * phone, a passport, or the beginning of a name with or without marks.
 */
export function readQuery(typed: string): CounterQuery {
  const text = typed.normalize("NFC").trim().slice(0, 500);
  const code = fileCodeIn(text);
  if (code) {
    const printNo = parsePrintNo(text);
    return { kind: "code", code, ...(printNo === undefined ? {} : { printNo }) };
  }
  const card = readIdCardCode(text);
  if (card) return { kind: "number", number: card.number, oldNumber: card.oldNumber };
  const digits = text.replace(/[\s.\-–]/gu, "");
  const phone = parsePhone(text);
  const number = parsePersonalId(digits) ?? parseInsuranceNumber(digits) ?? /^\d{9}$/.exec(digits)?.[0];
  if (number || phone) return { kind: "number", ...(number ? { number } : {}), ...(phone ? { phone } : {}) };
  // Passports of every state: letters and digits in any order. No name has a digit.
  const passport = /\d/.test(digits) ? parseIdNumber("passport", digits) : undefined;
  if (passport) return { kind: "number", number: passport };
  const folded = foldName(text);
  return folded.replace(/\P{L}/gu, "").length >= 2 ? { kind: "name", folded } : { kind: "nothing" };
}
