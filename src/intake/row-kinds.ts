/**
 * How the rows of each table become cells, in the order of their table: the key beside the person, then the content.
 * Pure: a thread of its own does this for large files.
 */
import { foldName } from "../kernel/names.ts";
import { COEFFICIENT_MAX, type Columns, type RowOf } from "./columns.ts";
import {
  benefitColumns, cardColumns, facilityColumns, officeColumns, participationColumns, unitColumns,
} from "./formats.ts"; // biome-ignore format: a list
import { type Fault, type Layout, ownLayout } from "./read-table.ts";

export type Cell = string | number | null;
export type RowKindName = "cards" | "participation" | "benefits" | "facilities" | "units" | "offices";
/** `column`: where it stands in the row. */
export type PersonNumber = { kind: string; key: string; column: string };

interface Own<C extends Columns> {
  columns: C;
  /** Is each row a person's? */
  isPersons: boolean;
  cells(row: RowOf<C>): Cell[] | Fault;
}

export interface RowKind {
  /** New for each file. */
  layouts(): Layout<object>[];
  isPersons: boolean;
  cells(row: object): Cell[] | Fault;
}

const SOURCE = "import";
const isBefore = (end: string | null, start: string) => end !== null && end < start;

const cards = kindOf({
  columns: cardColumns,
  isPersons: true,
  cells: (row) => {
    if (isBefore(row.valid_to, row.valid_from)) return { field: "valid_to", code: "bad_period" };
    const { form, number } = row.card_number;
    // The first three signs of the old form are the group and the level.
    const group = row.object_group ?? (form === "card15" ? number.slice(0, 2) : null);
    const level = row.benefit_level ?? (form === "card15" ? number.slice(2, 3) : null);
    const terms = [row.living_area, row.facility_code, row.five_year_on, row.status ?? "valid", row.issued_by];
    return [number, row.valid_from, row.valid_to, form, group, level, ...terms];
  },
});

const participation = kindOf({
  columns: participationColumns,
  isPersons: true,
  cells: (row) => {
    if (isBefore(row.to_month, row.from_month)) return { field: "to_month", code: "bad_period" };
    const pay = payOf(row);
    if (!pay) return { field: "salary", code: "bad_amount" };
    return [
      row.fund, row.from_month, row.unit_code ?? "", row.to_month, row.unit_name, row.title, row.workplace,
      pay.kind, pay.salary, row.contribution_base, row.rate, row.object_type, row.status ?? "paid",
    ]; // biome-ignore format: a table
  },
});

/** Undefined where the salary may be either, and the row does not say which; or it is not what the row says. */
function payOf({ salary, salary_kind: said }: RowOf<typeof participationColumns>) {
  if (salary === null) return { kind: said ?? "vnd", salary };
  if (typeof salary === "string") {
    const isCoefficient = Number(salary) <= COEFFICIENT_MAX && Number(salary) > 0;
    return { kind: said ?? (isCoefficient ? "coefficient" : "vnd"), salary };
  }
  const meant = said === null ? undefined : salary[said];
  return meant === undefined ? undefined : { kind: said, salary: meant };
}

const benefits = kindOf({
  columns: benefitColumns,
  isPersons: true,
  cells: (row) => {
    if (isBefore(row.to_on, row.from_on)) return { field: "to_on", code: "bad_period" };
    // Only the last four digits are ever kept.
    const tail = row.bank_account?.replace(/\D/g, "").slice(-4) || null;
    return [
      row.kind, row.decision_no, row.from_on, row.to_on, row.regime, row.decided_on, row.amount, row.agency,
      row.unit_name, row.paid_by, row.bank_name, tail, row.status ?? "paid",
    ]; // biome-ignore format: a table
  },
});

const facilities = kindOf({
  columns: facilityColumns,
  isPersons: false,
  cells: (row) => {
    if (isBefore(row.valid_to, row.valid_from)) return { field: "valid_to", code: "bad_period" };
    const place = [row.level, row.province_code, row.address, row.phone];
    return [row.facility_code, row.valid_from, row.valid_to, row.name, foldName(row.name), ...place, SOURCE];
  },
});

const units = kindOf({
  columns: unitColumns,
  isPersons: false,
  cells: (row) => {
    if (isBefore(row.valid_to, row.valid_from)) return { field: "valid_to", code: "bad_period" };
    const place = [row.kind, row.office_code, row.address, row.valid_from, row.valid_to];
    return [row.unit_code, row.name, foldName(row.name), ...place, SOURCE];
  },
});

const offices = kindOf({
  columns: officeColumns,
  isPersons: false,
  cells: (row) => {
    if (isBefore(row.valid_to, row.valid_from)) return { field: "valid_to", code: "bad_period" };
    if (row.replaced_by !== null && row.valid_to === null) return { field: "valid_to", code: "missing_field" };
    const communes = row.communes && [...new Set(row.communes.match(/\d+/g))].sort().join(" ");
    return [
      row.office_code, row.kind, row.name, foldName(row.name), row.parent_code, row.province_code, row.commune_code,
      row.address, row.phone, row.opening_hours, row.takes_files ?? "true", row.valid_from, row.valid_to,
      row.replaced_by, communes,
    ]; // biome-ignore format: a table
  },
});

export const rowKinds: Readonly<Record<RowKindName, RowKind>> = {
  ...{ cards, participation, benefits, facilities, units, offices },
};

function kindOf<C extends Columns>({ columns, isPersons, cells }: Own<C>): RowKind {
  // A layout gives these very rows.
  return {
    layouts: () => [ownLayout(columns)] as unknown as Layout<object>[],
    isPersons,
    cells: cells as unknown as RowKind["cells"],
  };
}

/** What kind of number it is, its length tells: 10 mã số BHXH, 12 personal number, 9 CMND. */
const KIND_OF_LENGTH: Readonly<Record<number, string>> = { 10: "bhxh", 12: "personal_id", 9: "cmnd" };

function numberOf(text: string, column: string): PersonNumber[] {
  const kind = KIND_OF_LENGTH[text.length];
  return kind === undefined ? [] : [{ kind, key: text, column }];
}

/** Whose row it says that it is. */
export function numbersOf(row: Readonly<Record<string, unknown>>): PersonNumber[] {
  return ["insurance_number", "personal_id"].flatMap((column) => {
    const text = row[column];
    return typeof text === "string" ? numberOf(text, column) : [];
  });
}

/** Of a row as it is written. */
export const keysOfCells = (cells: Readonly<Record<string, string>>): PersonNumber[] =>
  ["insurance_number", "personal_id", "cmnd", "paper"].flatMap((name) =>
    numberOf(cells[name]?.replace(/\s/g, "") ?? "", name),
  );
