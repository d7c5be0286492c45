import { type BirthPrecision, formatBirth, type PlainDate } from "../kernel/calendar.ts";
import { compareNames, type Difference } from "../kernel/names.ts";
import { groupNumber, type IdPaperKind } from "../kernel/numbers.ts";

/**
 * The officer's comparison: declaration – ID paper – register (letter 330, annex 1, step 4), and what
 * may be accepted because of it. Pure.
 */
export type Field = "insurance_number" | "id_number" | "name" | "birth" | "sex" | "phone";

export interface Birth {
  on: PlainDate;
  precision: BirthPrecision;
}

/** What one source says. `undefined`: this source never says it (no ID paper holds a phone); "": it could, and is empty. */
export interface Side {
  insuranceNumber?: string;
  paper?: { kind: IdPaperKind; number: string } | "";
  name?: string;
  birth?: Birth | "";
  sex?: 1 | 2 | 3 | "";
  phone?: string;
}

/** From least to most: may be accepted as it is; with a reason written down; by two persons, the second a supervisor; not at all. */
export type Need = "nothing" | "note" | "supervisor" | "impossible";

export interface Row {
  field: Field;
  /** Ready to be read; null where the source does not speak of this field. */
  declared: string | null;
  paper: string | null;
  register: string | null;
  difference: Difference;
  need: Need;
}

const FIELDS: readonly Field[] = ["insurance_number", "id_number", "name", "birth", "sex", "phone"];
/** Who somebody is; the others say how to reach or address them. */
const IDENTITY: ReadonlySet<Field> = new Set(["insurance_number", "id_number", "name", "birth"]);
const DEGREES: readonly Difference[] = [
  "equal",
  "tone_placement",
  "case_or_space",
  "missing_one_side",
  "missing_marks",
  "real",
];
const NEEDS: readonly Need[] = ["nothing", "note", "supervisor", "impossible"];

/** One row a field, differences first and the gravest on top. `register` is undefined when the person is not in it. */
export function compareThreeWay(declared: Side, paper: Side | undefined, register: Side | undefined): Row[] {
  const rows = FIELDS.map((field): Row => {
    const present = [declared, paper, register].filter((side) => side !== undefined && says(side, field)) as Side[];
    const difference = gravest(
      present.flatMap((left, at) => present.slice(at + 1).map((right) => differenceOf(field, left, right))),
    );
    const isGivenByRegister = field === "insurance_number" && declared.insuranceNumber === "";
    return {
      field,
      declared: shown(field, declared),
      paper: paper ? shown(field, paper) : null,
      register: register ? shown(field, register) : null,
      difference,
      need: isGivenByRegister ? "nothing" : needOf(field, difference),
    };
  });
  return rows.sort((a, b) => DEGREES.indexOf(b.difference) - DEGREES.indexOf(a.difference));
}

/** What an officer must add before a field that differs like this may be accepted. */
export function needOf(field: Field, difference: Difference): Need {
  switch (difference) {
    case "equal":
    case "tone_placement":
    case "case_or_space":
      return "nothing";
    case "missing_one_side":
      return IDENTITY.has(field) ? "note" : "nothing";
    case "missing_marks":
      return "note";
    case "real":
      return IDENTITY.has(field) ? "supervisor" : "note";
  }
}

/** Facts about the whole file that no single row shows. */
export interface Circumstances {
  /** No reception yet: nobody has seen the paper. */
  isRead: boolean;
  originalSeen: boolean;
  formSigned: boolean;
  faceMatches: boolean;
  isPaperOutOfDate: boolean;
  isEndedCmnd: boolean;
  /** Scanned here, or photocopied and filed with the signed form. */
  hasCopyOnFile: boolean;
  /** Two papers were read, and nobody has said which one counts. */
  hasPaperToChoose: boolean;
  /** The numbers lead to no person, to one, or to two different ones. */
  personsFound: number;
  /** The numbers lead to nobody, but the register has this name and birth date under other numbers. */
  hasNamesake: boolean;
  hasDied: boolean;
  hasAccount: boolean;
  /** The declared phone serves another person's account. */
  isPhoneTaken: boolean;
  /** Declared for a child or ward, and nobody is named yet who may act for it. */
  lacksGuardian?: boolean;
  /** The declared phone stands in the files of more persons than one family has, as a helper's own would. */
  isPhoneOfMany: boolean;
  /** Neither a mã số BHXH nor a 12-digit number is known: nobody could sign in. */
  hasSignInNumber: boolean;
}

export type Obstacle =
  | "not_read"
  | "original_not_seen"
  | "form_not_signed"
  | "face_differs"
  | "paper_out_of_date"
  | "cmnd_ended"
  | "no_copy_on_file"
  | "paper_to_choose"
  | "not_in_register"
  | "namesake_in_register"
  | "numbers_of_two_persons"
  | "person_died"
  | "has_account"
  | "phone_taken"
  | "phone_of_many"
  | "no_sign_in_number"
  | "guardian_missing";

/** Everything beside the rows that stands in the way, with what it takes. */
export function obstaclesOf(seen: Circumstances): { obstacle: Obstacle; need: Need }[] {
  const found: { obstacle: Obstacle; need: Need }[] = [];
  const add = (isSo: boolean, obstacle: Obstacle, need: Need) => {
    if (isSo) found.push({ obstacle, need });
  };
  add(!seen.isRead, "not_read", "impossible");
  if (seen.isRead) {
    add(!seen.originalSeen, "original_not_seen", "impossible");
    add(!seen.formSigned, "form_not_signed", "impossible");
    add(!seen.faceMatches, "face_differs", "impossible");
    add(seen.isPaperOutOfDate, "paper_out_of_date", "supervisor");
    add(seen.isEndedCmnd, "cmnd_ended", "note");
    add(!seen.hasCopyOnFile, "no_copy_on_file", "note");
    add(seen.hasPaperToChoose, "paper_to_choose", "impossible");
  }
  add(seen.personsFound > 1, "numbers_of_two_persons", "impossible");
  add(seen.personsFound === 0, "not_in_register", "note");
  add(seen.hasNamesake, "namesake_in_register", "note");
  add(seen.hasDied, "person_died", "impossible");
  add(seen.hasAccount, "has_account", "impossible");
  add(seen.isPhoneTaken, "phone_taken", "impossible");
  add(seen.isRead && seen.lacksGuardian === true, "guardian_missing", "impossible");
  add(seen.isPhoneOfMany, "phone_of_many", "note");
  add(!seen.hasSignInNumber, "no_sign_in_number", "impossible");
  return found;
}

/** The most that any row or obstacle asks for. */
export function overallNeed(rows: readonly Row[], obstacles: readonly { need: Need }[]): Need {
  const asked = [...rows, ...obstacles].map(({ need }) => NEEDS.indexOf(need));
  return NEEDS[Math.max(0, ...asked)] ?? "impossible";
}

export type Ruling = "accept" | "second_look_missing" | "impossible";

/** May one person alone accept, whatever they write and whatever their role? */
export function ruleOn(need: Need): Ruling {
  if (need === "impossible") return "impossible";
  return need === "supervisor" ? "second_look_missing" : "accept";
}

export type SecondAnswer = "yes" | "nothing_proposed" | "same_person" | "not_supervisor";

/** Who may say the last word on what a colleague proposed: a supervisor of the office, never the colleague. */
export function mayBeSecond(
  { isSupervisor, proposedBy }: { isSupervisor: boolean; proposedBy: string | null },
  staffId: string,
): SecondAnswer {
  if (proposedBy === null) return "nothing_proposed";
  if (proposedBy === staffId) return "same_person";
  return isSupervisor ? "yes" : "not_supervisor";
}

/** At most so many files lie open with one officer; the rest stay in the queue for colleagues. */
export const HELD_AT_MOST = 3;

function says(side: Side, field: Field): boolean {
  return said(side, field) !== undefined;
}

function said(side: Side, field: Field) {
  switch (field) {
    case "insurance_number":
      return side.insuranceNumber;
    case "id_number":
      return side.paper;
    case "name":
      return side.name;
    case "birth":
      return side.birth;
    case "sex":
      return side.sex;
    case "phone":
      return side.phone;
  }
}

function differenceOf(field: Field, left: Side, right: Side): Difference {
  if (field === "name") return compareNames(left.name ?? "", right.name ?? "");
  if (field === "birth") return compareBirths(left.birth || undefined, right.birth || undefined);
  const a = exact(left, field);
  const b = exact(right, field);
  if (!a !== !b) return "missing_one_side";
  return a === b ? "equal" : "real";
}

/** A number with its kind of paper: 9 digits of a CMND are not the 9 signs of a passport. */
function exact(side: Side, field: Field): string {
  if (field === "id_number") return side.paper ? `${side.paper.kind} ${side.paper.number}` : "";
  return String(said(side, field) ?? "");
}

/** Where one side knows less (only the year), the known parts must agree; then something is missing, not wrong. */
function compareBirths(a: Birth | undefined, b: Birth | undefined): Difference {
  if (!a || !b) return a === b ? "equal" : "missing_one_side";
  if (a.on.year !== b.on.year) return "real";
  const knowsMonths = a.precision !== "year" && b.precision !== "year";
  if (knowsMonths && a.on.month !== b.on.month) return "real";
  if (a.precision !== b.precision) return "missing_one_side";
  return a.precision === "day" && a.on.day !== b.on.day ? "real" : "equal";
}

function shown(field: Field, side: Side): string | null {
  const value = said(side, field);
  if (value === undefined) return null;
  if (value === "") return "";
  if (field === "id_number" && side.paper) return groupNumber(side.paper.number);
  if (field === "birth" && side.birth) return formatBirth(side.birth.on, side.birth.precision);
  if (field === "insurance_number") return groupNumber(side.insuranceNumber ?? "");
  return String(value);
}

function gravest(differences: readonly Difference[]): Difference {
  return DEGREES[Math.max(0, ...differences.map((one) => DEGREES.indexOf(one)))] ?? "equal";
}
