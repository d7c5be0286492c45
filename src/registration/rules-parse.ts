import { dayFromParts, daysBetween, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { tidyTyped } from "../kernel/names.ts";
import {
  type IdPaperKind,
  parseEmail,
  parseIdNumber,
  parseInsuranceNumber,
  parsePhone,
  readCardNumber,
} from "../kernel/numbers.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import {
  type Birth,
  type ForWhom,
  type Insurance,
  type Name,
  type Paper,
  type Question,
  readBirth,
  spread,
  type Who,
} from "./rules-answers.ts";

/** Fields as typed on a page, or laid out by the API: the same parser serves both. */
export type Fields = Readonly<Record<string, string | undefined>>;

/** What the address parser can say without a list of places; the verb adds the names. */
export type TypedAddress = { communeCode: string; street: string; oldCode: string | undefined } | { old: string };

/** What each question becomes once it is clean. */
export interface Parsed {
  who: Who;
  paper: Paper;
  name: Name;
  birth: Birth;
  insurance: Insurance;
  phone: { number: string };
  email: { address: string | null };
  address: TypedAddress;
  office: { code: string; methodCode: string | undefined };
}

type Parser<Q extends Question> = (fields: Fields, today: PlainDate) => Outcome<Parsed[Q], Fault[]>;

export const NAME_AT_MOST = 200;
const TEXT_AT_MOST = 200;
const ISSUER_AT_MOST = 100;
const OLDEST_YEARS = 130;
const PAPERS: readonly IdPaperKind[] = ["cccd", "cmnd", "passport"];
const FOR_WHOM: readonly ForWhom[] = ["self", "child", "helped"];

export const parsers: { [Q in Question]: Parser<Q> } = {
  who: parseWho,
  paper: parsePaper,
  name: parseName,
  birth: parseBirth,
  insurance: parseInsurance,
  phone: parsePhoneAnswer,
  email: parseEmailAnswer,
  address: parseAddress,
  office: parseOffice,
};

function parseWho(fields: Fields): Outcome<Who, Fault[]> {
  const forWhom = FOR_WHOM.find((known) => known === fields.for_whom);
  if (!forWhom) return fault("for_whom", "for_whom_missing");
  if (forWhom === "self") return good({ forWhom, declarer: null });
  const declarer = tidyTyped(fields.declarer ?? "");
  const wrong = nameFault("declarer", declarer);
  const declarerAs = tidyTyped(fields.declarer_as ?? "");
  const faults = [...(wrong ? [wrong] : []), ...declarerAsFaults(forWhom, fields, declarerAs)];
  return faults.length > 0 ? bad(faults) : good({ forWhom, declarer, ...(declarerAs ? { declarerAs } : {}) });
}

/** A helper says as what they help; programs of before this question leave the box out, and are taken. */
function declarerAsFaults(forWhom: ForWhom, { declarer_as: typed }: Fields, declarerAs: string): Fault[] {
  if (forWhom === "helped" && typed !== undefined && !/\p{L}/u.test(declarerAs)) {
    return [{ field: "declarer_as", key: "declarer_as_missing" }];
  }
  return lineFaults("declarer_as", declarerAs, ISSUER_AT_MOST);
}

function parsePaper(fields: Fields, today: PlainDate): Outcome<Paper, Fault[]> {
  const faults: Fault[] = [];
  const kind = PAPERS.find((known) => known === fields.paper_kind);
  if (!kind) faults.push({ field: "paper_kind", key: "paper_kind_missing" });
  const typed = (fields.paper_number ?? "").trim();
  const number = parseIdNumber(kind ?? "passport", kind === "passport" ? typed : digitsOf(typed));
  if (kind && !number) faults.push({ field: "paper_number", key: `paper_number_${kind}` });
  const issued = parseIssuedOn(fields, today);
  if (!issued.ok) faults.push(...issued.faults);
  const issuedBy = tidyTyped(fields.issued_by ?? "");
  faults.push(...lineFaults("issued_by", issuedBy, ISSUER_AT_MOST));
  const country = kind === "passport" ? tidyTyped(fields.paper_country ?? "") : "";
  faults.push(...lineFaults("paper_country", country, ISSUER_AT_MOST));
  if (faults.length > 0 || !kind || !number || !issued.ok) return bad(faults);
  const paper = {
    kind,
    number,
    issuedOn: issued.value,
    issuedBy: issuedBy || null,
    ...(country ? { country } : {}),
  };
  return good(kind !== "passport" && digitsOf(typed) !== typed ? { ...paper, typed } : paper);
}

/** O for 0, l for 1: a number of digits alone is put right; the check page shows it, what was typed is kept. */
function digitsOf(typed: string): string {
  return typed.replace(/[OoQ]/g, "0").replace(/[IlL|]/g, "1");
}

/** Optional; a day that exists and is not in the future. */
function parseIssuedOn(fields: Fields, today: PlainDate): Outcome<string | null, Fault[]> {
  const typed = spread(boxesOf("issued", fields));
  if (!typed.day && !typed.month && !typed.year) return good(null);
  const isWhole = [typed.day, typed.month].every((part) => /^\d{1,2}$/.test(part)) && /^\d{4}$/.test(typed.year);
  const on = isWhole ? dayFromParts(Number(typed.year), Number(typed.month), Number(typed.day)) : undefined;
  if (!on) return fault("issued", "date_wrong");
  if (daysBetween(on, today) < 0) return fault("issued", "date_in_future");
  return daysBetween(on, today) > OLDEST_YEARS * 366 ? fault("issued", "date_wrong") : good(on.toString());
}

function parseName(fields: Fields): Outcome<Name, Fault[]> {
  const full = tidyTyped(fields.full_name ?? "");
  const wrong = nameFault("full_name", full);
  const sex = ([1, 2, 3] as const).find((known) => String(known) === fields.sex);
  const faults = [...(wrong ? [wrong] : []), ...(sex ? [] : [{ field: "sex", key: "sex_missing" }])];
  return faults.length > 0 || !sex ? bad(faults) : good({ full, sex });
}

function nameFault(field: string, name: string): Fault | undefined {
  if (!/\p{L}/u.test(name)) return { field, key: `${field}_missing` };
  if (name.length > NAME_AT_MOST) return { field, key: "text_long", values: { atMost: NAME_AT_MOST } };
  return /^[\p{Script=Latin}\p{M} .'’-]+$/u.test(name) ? undefined : { field, key: "name_signs" };
}

function parseBirth(fields: Fields, today: PlainDate): Outcome<Birth, Fault[]> {
  const typed = boxesOf("birth", fields);
  if (!typed.day.trim() && !typed.month.trim() && !typed.year.trim()) return fault("birth", "birth_missing");
  const birth = readBirth(typed);
  if (!birth) return fault("birth", "date_wrong");
  const age = daysBetween(plainDate(birth.on), today);
  if (age < 0) return fault("birth", "date_in_future");
  return age > OLDEST_YEARS * 366 ? fault("birth", "birth_too_old") : good(birth);
}

function parseInsurance(fields: Fields): Outcome<Insurance, Fault[]> {
  const typed = fields.insurance_number ?? "";
  if (fields.insurance_known === "no") return good({ number: null });
  if (!typed.trim()) return fault("insurance_number", "insurance_number_missing");
  // The old card's last ten digits are the number; many people know only the card.
  const card = readCardNumber(typed);
  const number = parseInsuranceNumber(card?.form === "card15" ? card.number.slice(-10) : typed);
  return number ? good({ number }) : fault("insurance_number", "insurance_number_wrong");
}

function parsePhoneAnswer(fields: Fields): Outcome<{ number: string }, Fault[]> {
  const typed = fields.phone ?? "";
  if (!typed.trim()) return fault("phone", "phone_missing");
  const number = parsePhone(typed);
  return number ? good({ number }) : fault("phone", "phone_wrong");
}

function parseEmailAnswer(fields: Fields): Outcome<{ address: string | null }, Fault[]> {
  const typed = fields.email ?? "";
  if (!typed.trim()) return good({ address: null });
  const address = parseEmail(typed);
  return address ? good({ address }) : fault("email", "email_wrong");
}

function parseAddress(fields: Fields): Outcome<TypedAddress, Fault[]> {
  if (fields.address_kind === "old") {
    const old = tidyTyped(fields.old_address ?? "");
    if (!/\p{L}/u.test(old)) return fault("old_address", "address_missing");
    const wrong = lineFaults("old_address", old);
    return wrong.length > 0 ? bad(wrong) : good({ old });
  }
  const faults: Fault[] = [];
  const communeCode = (fields.commune ?? "").trim();
  if (!/^\d{5}$/.test(communeCode)) faults.push({ field: "commune", key: "commune_missing" });
  const street = tidyTyped(fields.street ?? "");
  if (!/[\p{L}\d]/u.test(street)) faults.push({ field: "street", key: "street_missing" });
  faults.push(...lineFaults("street", street));
  const oldCode = /^\d{5}$/.test(fields.old_commune ?? "") ? fields.old_commune : undefined;
  return faults.length > 0 ? bad(faults) : good({ communeCode, street, oldCode });
}

function parseOffice(fields: Fields): Outcome<Parsed["office"], Fault[]> {
  const code = (fields.office ?? "").trim();
  const methodCode = (fields.submission_method ?? "").trim() || undefined;
  return /^[\w.-]{1,20}$/.test(code) ? good({ code, methodCode }) : fault("office", "office_missing");
}

/** The three boxes of a date. */
export function boxesOf(name: string, fields: Fields): { day: string; month: string; year: string } {
  return {
    day: fields[`${name}_day`] ?? "",
    month: fields[`${name}_month`] ?? "",
    year: fields[`${name}_year`] ?? "",
  };
}

const fault = (field: string, key: string): { ok: false; faults: Fault[] } => bad([{ field, key }]);

/** What one line of the form can hold: its length, and letters that its typeface has. */
function lineFaults(field: string, text: string, atMost = TEXT_AT_MOST): Fault[] {
  if (text.length > atMost) return [{ field, key: "text_long", values: { atMost } }];
  return /^[\p{Script=Latin}\p{M}\d .,;:/()'"’“”–+#&@*°_-]*$/u.test(text) ? [] : [{ field, key: "text_signs" }];
}
