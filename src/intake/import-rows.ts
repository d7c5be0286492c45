/** Cards, participation and benefits (each row is a person's), facilities and units (no one's): table → register. */
import type { House } from "../db/house.ts";
import { foldName } from "../kernel/names.ts";
import type { Columns, RowOf } from "./columns.ts";
import { benefitColumns, cardColumns, facilityColumns, participationColumns, unitColumns } from "./formats.ts";
import { type ImportOptions, type ImportResult, importFile, type Run } from "./import-file.ts";
import { keepRows } from "./keep-rows.ts";
import { type Fault, type Layout, ownLayout, readTable, type TableRow } from "./read-table.ts";
import { type Cell, type FitRow, RowTaking } from "./row-taking.ts";
import { keyOf } from "./rules-match.ts";
import type { Source } from "./source.ts";
import { findPersonsByKeys } from "./store-claims.ts";
import type { ImportKind } from "./store-files.ts";
import * as store from "./store-rows.ts";
import type { RejectCode } from "./words.ts";

/** How one kind of table becomes rows. `cells` gives the columns after person_id, in the order of the target. */
interface Importer<C extends Columns> {
  kind: RowKind;
  columns: C;
  target: store.Target;
  /** Set where rows of persons of whom the table holds nothing go straight into it. */
  freshTarget?: store.FreshTarget;
  isPersons: boolean;
  cells(row: RowOf<C>): Cell[] | Fault;
}

/** What a kind does with the rows of a file, or with kept ones that are run again. */
interface Taker {
  kind: RowKind;
  layouts: () => Layout<object>[];
  take(run: Run): Promise<void>;
}

type RowKind = Exclude<ImportKind, "claims" | "documents" | "persons">;

const SOURCE = "import";
/** Batches of rows that may wait for the database: some megabytes. */
const BATCHES_AHEAD = 16;
const isBefore = (end: string | null, start: string) => end !== null && end < start;

export const takeCards = taker({
  kind: "cards",
  columns: cardColumns,
  target: store.cardTarget,
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

/** A salary of at most 100 is a coefficient (D02-LT). */
const COEFFICIENT_MAX = 100;

export const takeParticipation = taker({
  kind: "participation",
  columns: participationColumns,
  target: store.participationTarget,
  freshTarget: store.participationTarget,
  isPersons: true,
  cells: (row) => {
    if (isBefore(row.to_month, row.from_month)) return { field: "to_month", code: "bad_period" };
    const isCoefficient = row.salary !== null && Number(row.salary) <= COEFFICIENT_MAX && Number(row.salary) > 0;
    const salaryKind = row.salary_kind ?? (isCoefficient ? "coefficient" : "vnd");
    return [
      ...[row.fund, row.from_month, row.unit_code ?? "", row.to_month, row.unit_name, row.title, row.workplace],
      ...[salaryKind, row.salary, row.contribution_base, row.rate, row.object_type, row.status ?? "paid"],
    ];
  },
});

export const takeBenefits = taker({
  kind: "benefits",
  columns: benefitColumns,
  target: store.benefitTarget,
  freshTarget: store.benefitTarget,
  isPersons: true,
  cells: (row) => {
    if (isBefore(row.to_on, row.from_on)) return { field: "to_on", code: "bad_period" };
    // Only the last four digits are ever kept.
    const tail = row.bank_account?.replace(/\D/g, "").slice(-4) || null;
    return [
      ...[row.kind, row.decision_no, row.from_on, row.to_on, row.regime, row.decided_on, row.amount, row.agency],
      ...[row.unit_name, row.paid_by, row.bank_name, tail, row.status ?? "paid"],
    ];
  },
});

export const takeFacilities = taker({
  kind: "facilities",
  columns: facilityColumns,
  target: store.facilityTarget,
  isPersons: false,
  cells: (row) => {
    if (isBefore(row.valid_to, row.valid_from)) return { field: "valid_to", code: "bad_period" };
    const place = [row.level, row.province_code, row.address, row.phone];
    return [row.facility_code, row.valid_from, row.valid_to, row.name, foldName(row.name), ...place, SOURCE];
  },
});

export const takeUnits = taker({
  kind: "units",
  columns: unitColumns,
  target: store.unitTarget,
  isPersons: false,
  cells: (row) => {
    if (isBefore(row.valid_to, row.valid_from)) return { field: "valid_to", code: "bad_period" };
    const place = [row.kind, row.office_code, row.address, row.valid_from, row.valid_to];
    return [row.unit_code, row.name, foldName(row.name), ...place, SOURCE];
  },
});

function taker<C extends Columns>(own: Importer<C>): Taker {
  const layouts = () => [ownLayout(own.columns)];
  return {
    kind: own.kind,
    layouts: layouts as unknown as Taker["layouts"],
    async take(run) {
      await store.createIntake(run.tx, own.target);
      const taking = new RowTaking(run, own.target, run.again ? undefined : own.freshTarget);
      const underWay: Promise<void>[] = [];
      let last = Promise.resolve();
      for await (const rows of readTable(run, layouts())) {
        // Rows are read while the database takes those before; each batch is waited for in its turn.
        last = last.then(async () => taking.add(await fitting(run, own, rows)));
        last.catch(() => {});
        underWay.push(last);
        if (underWay.length > BATCHES_AHEAD) await underWay.shift();
      }
      await last;
      await taking.flush();
      await taking.bumpTouched();
      const { tx, counts } = run;
      const lastKey = own.target.key.at(-1) ?? "";
      if (own.target === store.cardTarget)
        await rejectAll(run, await store.claimCardKeys(tx), "card_number", "key_taken");
      await rejectAll(run, await store.dropRepeatedRows(tx, own.target), lastKey, "repeated_row");
      const earlier = taking.fresh > 0 ? await store.dropEarlierRows(tx, own.target, run.fileId) : [];
      await rejectAll(run, earlier, lastKey, "repeated_row");
      if (run.again) await rejectAll(run, await store.dropOvertaken(tx, own.target, run.fileId), lastKey, "overtaken");
      const { staged, written } = await store.mergeRows(tx, own.target);
      counts.taken += taking.fresh - earlier.length + written;
      counts.unchanged += staged - written;
    },
  };
}

export const importCards = importer(takeCards);
export const importParticipation = importer(takeParticipation);
export const importBenefits = importer(takeBenefits);
export const importFacilities = importer(takeFacilities);
export const importUnits = importer(takeUnits);

function importer({ kind, layouts, take }: Taker) {
  return (house: House, source: Source, options: ImportOptions = {}): Promise<ImportResult> =>
    importFile(house, kind, source, options, async (run) => {
      await take(run);
      await keepRows(run, layouts());
    });
}

/** The rows that fit, as cells; the others are rejected. */
async function fitting<C extends Columns>(run: Run, own: Importer<C>, rows: TableRow<RowOf<C>>[]): Promise<FitRow[]> {
  const holders = own.isPersons ? await holdersOf(run, rows) : undefined;
  const fit: FitRow[] = [];
  for (const { record, line, value } of rows) {
    const cells = own.cells(value);
    const person = holders ? personOf(value, holders) : [];
    const fault = "code" in cells ? cells : "code" in person ? person : undefined;
    if (fault) await run.reject({ record, line, ...fault });
    else fit.push({ record, cells: [...(person as Cell[]), ...(cells as Cell[])] });
  }
  return fit;
}

async function rejectAll(run: Run, records: readonly number[], field: string, code: RejectCode): Promise<void> {
  for (const record of records) await run.reject({ record, line: undefined, field, code });
}

/** What kind of number it is, its length tells: 10 mã số BHXH, 12 personal number, 9 CMND. */
const KIND_OF_LENGTH: Readonly<Record<number, string>> = { 10: "bhxh", 12: "personal_id", 9: "cmnd" };

function keysOf(row: Record<string, unknown>): { kind: string; key: string }[] {
  return [row.insurance_number, row.personal_id].flatMap((number) => {
    const kind = typeof number === "string" ? KIND_OF_LENGTH[number.length] : undefined;
    return kind === undefined ? [] : [{ kind, key: String(number) }];
  });
}

/** Of a row as it is written. */
export const keysOfCells = (cells: Readonly<Record<string, string>>) =>
  ["insurance_number", "personal_id", "cmnd", "paper"].flatMap((name) => {
    const number = cells[name]?.replace(/\s/g, "") ?? "";
    const kind = KIND_OF_LENGTH[number.length];
    return kind === undefined ? [] : [{ kind, key: number }];
  });

async function holdersOf(run: Run, rows: readonly TableRow<Record<string, unknown>>[]): Promise<Map<string, string>> {
  const keys = new Map(rows.flatMap((row) => keysOf(row.value)).map((key) => [keyOf(key), key]));
  const found = keys.size > 0 ? await findPersonsByKeys(run.tx, [...keys.values()]) : [];
  return new Map(found.map((person) => [keyOf(person), person.personId]));
}

/** Every number that the row gives must be known and name one person. */
function personOf(row: Record<string, unknown>, holders: ReadonlyMap<string, string>): Cell[] | Fault {
  const keys = keysOf(row);
  const [first, ...others] = new Set(keys.map((key) => holders.get(keyOf(key))));
  if (keys.length === 0) return { field: "insurance_number", code: "no_person_number" };
  if (others.length > 0) return { field: "insurance_number", code: "person_conflict" };
  return first === undefined ? { field: "insurance_number", code: "person_unknown" } : [first];
}
