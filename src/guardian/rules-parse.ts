import { dayFromParts, dayOf, daysBetween, type PlainDate } from "../kernel/calendar.ts";
import { tidyName } from "../kernel/names.ts";
import { parseInsuranceNumber, parsePersonalId } from "../kernel/numbers.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import { PAPER_KINDS, type PaperKind, RELATIONS, type Relation } from "./rules.ts";

/** What an officer types of a link, from the paper on the counter. Pages and API share it. */
export type LinkForm = Readonly<Record<string, string | undefined>>;

export interface ReadPaper {
  kind: PaperKind;
  number: string;
  issuedOn: PlainDate;
  issuedBy: string;
}

export interface ReadLink {
  number: PersonNumber;
  relation: Relation;
  paper: ReadPaper;
  /** First and last day that the paper names. */
  fromOn: PlainDate;
  lastOn: PlainDate | undefined;
}

export interface PersonNumber {
  kind: "bhxh" | "personal_id";
  number: string;
}

const NUMBER_AT_MOST = 60;
const ISSUER_AT_MOST = 150;
export const REASON_AT_MOST = 300;

/** Mã số BHXH or số định danh: an organisation has neither, and is never a guardian. */
export function parsePersonNumber(text: string): PersonNumber | undefined {
  const insurance = parseInsuranceNumber(text);
  if (insurance) return { kind: "bhxh", number: insurance };
  const personalId = parsePersonalId(text);
  return personalId ? { kind: "personal_id", number: personalId } : undefined;
}

export function parseLink(form: LinkForm, now: Date): Outcome<ReadLink, Fault[]> {
  const number = parsePersonNumber(form.number ?? "");
  const relation = RELATIONS.find((known) => known === form.relation);
  const paper = parsePaper(form, now);
  const from = optionalDay(form, "from");
  const last = optionalDay(form, "last");
  const faults: Fault[] = [
    ...(number ? [] : [{ field: "number", key: "number_shape" }]),
    ...(relation ? [] : [{ field: "relation", key: "relation_missing" }]),
    ...(paper.ok ? [] : paper.faults),
    ...(from === "wrong" ? [{ field: "from", key: "day_wrong" }] : []),
    ...(last === "wrong" ? [{ field: "last", key: "day_wrong" }] : []),
  ];
  if (!number || !relation || !paper.ok || from === "wrong" || last === "wrong") return bad(faults);
  const fromOn = from ?? paper.value.issuedOn;
  if (last && daysBetween(fromOn, last) < 0) return bad([{ field: "last", key: "last_before_first" }]);
  if (relation === "guardian" && !isDecision(paper.value.kind))
    return bad([{ field: "paper_kind", key: "paper_other" }]);
  return good({ number, relation, paper: paper.value, fromOn, lastOn: last });
}

const isDecision = (kind: PaperKind) => kind === "guardianship_decision" || kind === "court_decision";

export function parsePaper(form: LinkForm, now: Date): Outcome<ReadPaper, Fault[]> {
  const kind = PAPER_KINDS.find((known) => known === form.paper_kind);
  const number = tidyName(form.paper_number ?? "");
  const issuedOn = optionalDay(form, "paper");
  const issuedBy = tidyName(form.paper_issuer ?? "");
  const faults: Fault[] = [];
  const fail = (isWrong: boolean, field: string, key: string) => void (isWrong && faults.push({ field, key }));
  fail(!kind, "paper_kind", "paper_missing");
  fail(number === "" || number.length > NUMBER_AT_MOST, "paper_number", "paper_number_missing");
  fail(!issuedOn || issuedOn === "wrong", "paper", "paper_day_missing");
  fail(issuedOn instanceof Object && daysBetween(issuedOn, dayOf(now)) < 0, "paper", "paper_day_future");
  fail(!/\p{L}/u.test(issuedBy) || issuedBy.length > ISSUER_AT_MOST, "paper_issuer", "paper_issuer_missing");
  fail(form.paper_seen !== "yes", "paper_seen", "paper_not_seen");
  if (faults.length > 0 || !kind || !issuedOn || issuedOn === "wrong") return bad(faults);
  return good({ kind, number, issuedOn, issuedBy });
}

/** Why an officer does something that takes a right away. */
export function parseReason(form: LinkForm): Outcome<string, Fault[]> {
  const reason = tidyName(form.reason ?? "");
  return /\p{L}/u.test(reason) && reason.length <= REASON_AT_MOST
    ? good(reason)
    : bad([{ field: "reason", key: "reason_missing" }]);
}

function optionalDay(form: LinkForm, name: string): PlainDate | "wrong" | undefined {
  const [day, month, year] = ["day", "month", "year"].map((part) => form[`${name}_${part}`]?.trim() ?? "");
  if (!day && !month && !year) return undefined;
  if (!/^\d{1,2}$/.test(day ?? "") || !/^\d{1,2}$/.test(month ?? "") || !/^(19|20|21)\d\d$/.test(year ?? ""))
    return "wrong";
  return dayFromParts(Number(year), Number(month), Number(day)) ?? "wrong";
}
