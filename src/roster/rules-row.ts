/** A line of a unit's list → one person as the unit wrote them, or why not. Pure. */
import type { PlainDate } from "../kernel/calendar.ts";
import { foldName, tidyName } from "../kernel/names.ts";
import { bad, good, type Outcome } from "../kernel/outcome.ts";
import {
  type CellFault,
  NOTE_AT_MOST,
  type NumberKind,
  type PeopleGroup,
  type RosterBirth,
  readBirth,
  readGroup,
  readName,
  readNumber,
  readPhone,
  readSmartphone,
} from "./rules-cells.ts";
import type { Places, RosterColumn } from "./rules-columns.ts";

export interface RosterLine {
  fullName: string;
  foldedName: string;
  birth: RosterBirth | null;
  number: { number: string; kind: NumberKind } | null;
  phone: string | null;
  group: PeopleGroup | null;
  hasSmartphone: boolean | null;
  note: string | null;
}

export interface LineFault {
  field: RosterColumn;
  reason: CellFault;
}

interface Cells {
  cells: readonly string[];
  numbers?: ReadonlySet<number> | undefined;
}

const textAt = (cells: readonly string[], at: number | undefined) => (at === undefined ? "" : (cells[at] ?? "").trim());

/** As the unit wrote it, in one column or in two. */
export const writtenName = (cells: readonly string[], { name, given }: Places): string =>
  `${textAt(cells, name)} ${textAt(cells, given)}`.trim();

/** Undefined for a line in which none of the known columns holds anything: group titles, signatures, rulers. */
export function readLine({ cells, numbers }: Cells, places: Places, today: PlainDate) {
  const textOf = (column: RosterColumn) => textAt(cells, places[column]);
  const isNumber = (column: RosterColumn) => numbers?.has(places[column] ?? -1) === true;
  const filled = (Object.keys(places) as RosterColumn[]).filter((column) => textOf(column) !== "");
  if (filled.length === 0) return undefined;
  const broken = filled.find((column) => textOf(column).includes("\0"));
  if (broken) return fault(broken, "cell_error");
  return lineOf(writtenName(cells, places), textOf, isNumber, today);
}

/** What is left of a refused line to know somebody on the list by: the birth date only where the name is unreadable. */
export interface Trace {
  number: string | null;
  birth: RosterBirth | null;
}

export function traceOf({ cells, numbers }: Cells, places: Places, today: PlainDate): Trace {
  const textOf = (column: RosterColumn) => textAt(cells, places[column]);
  const isNumber = (column: RosterColumn) => numbers?.has(places[column] ?? -1) === true;
  const column = textOf("bhxh") ? "bhxh" : "paper";
  const number = readNumber(textOf(column), isNumber(column), column === "paper");
  const birth = readBirth(textOf("birth"), isNumber("birth"), today);
  const hasName = readName(writtenName(cells, places)).ok;
  return { number: number.ok ? number.value.number : null, birth: !hasName && birth.ok ? birth.value : null };
}

function lineOf(
  written: string,
  textOf: (column: RosterColumn) => string,
  isNumber: (column: RosterColumn) => boolean,
  today: PlainDate,
): Outcome<RosterLine, LineFault> {
  const name = readName(written);
  if (!name.ok) return fault("name", name.faults);
  const birth = textOf("birth") ? readBirth(textOf("birth"), isNumber("birth"), today) : good(null);
  if (!birth.ok) return fault("birth", birth.faults);
  const column = textOf("bhxh") ? "bhxh" : "paper";
  const number = textOf(column) ? readNumber(textOf(column), isNumber(column), column === "paper") : good(null);
  if (!number.ok) return fault(column, number.faults);
  if (!birth.value && !number.value) return fault("birth", "key_missing");
  const phone = textOf("phone") ? readPhone(textOf("phone"), isNumber("phone")) : good(null);
  if (!phone.ok) return fault("phone", phone.faults);
  const smartphone = textOf("smartphone") ? readSmartphone(textOf("smartphone")) : good(null);
  if (!smartphone.ok) return fault("smartphone", smartphone.faults);
  const note = tidyName(textOf("note"));
  if (note.length > NOTE_AT_MOST) return fault("note", "note_long");
  return good({
    fullName: name.value,
    foldedName: foldName(name.value),
    birth: birth.value,
    number: number.value,
    phone: phone.value,
    group: textOf("group") ? readGroup(textOf("group")) : null,
    hasSmartphone: smartphone.value,
    note: note || null,
  });
}

const fault = (field: RosterColumn, reason: CellFault) => bad<LineFault>({ field, reason });
