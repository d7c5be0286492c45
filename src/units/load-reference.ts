import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { Db } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { foldName } from "../kernel/names.ts";
import {
  isEmptyReference,
  loadedReference,
  type ReferenceTable,
  rememberReference,
  restoreChanges,
  upsertReference,
} from "./store-reference.ts";

type Row = Record<string, unknown>;

/** The product's own lists, in the order in which they refer to each other. */
const LISTS: readonly {
  table: ReferenceTable;
  file: string;
  columns: readonly string[];
  isNamed?: boolean;
  /** A row that an operator ended stays ended. */
  keepsChanges?: boolean;
}[] = [
  {
    table: "admin_unit",
    file: "admin-units.csv",
    columns: ["level", "code", "valid_from", "valid_to", "name", "parent_level", "parent_code", "source"],
    isNamed: true,
  },
  {
    table: "admin_unit_successor",
    file: "admin-unit-successors.csv",
    columns: ["level", "code", "valid_from", "successor_code", "successor_valid_from"],
  },
  { table: "public_holiday_year", file: "public-holiday-years.csv", columns: ["year", "source"] },
  { table: "public_holiday", file: "public-holidays.csv", columns: ["on_day", "year", "kind", "name", "source"] },
  { table: "base_wage", file: "base-wage.csv", columns: ["valid_from", "amount_vnd", "source"] },
  {
    table: "code_list_entry",
    file: "code-lists.csv",
    columns: ["list", "code", "valid_from", "valid_to", "name_vi", "name_en", "detail", "source"],
  },
  {
    table: "sensitive_mark",
    file: "sensitive-marks.csv",
    columns: ["kind", "from_code", "to_code", "valid_from", "reason", "source", "passes"],
    keepsChanges: true,
  },
];

/** Everything on record was read with the first list of marks; a mark of a later release goes over it once more. */
const PASSES_OF_FIRST_LIST = 2;

/** Made-up offices, facilities and employers of the demo; a real installation imports its own. */
const DEMO_PLACES: typeof LISTS = [
  {
    table: "bhxh_office",
    file: "../seed/offices.csv",
    columns: [
      "office_code",
      "kind",
      "name",
      "parent_code",
      "province_code",
      "commune_code",
      "address",
      "phone",
      "opening_hours",
      "valid_from",
      "valid_to",
      "replaced_by",
    ],
    isNamed: true,
  },
  { table: "bhxh_office_area", file: "../seed/office-areas.csv", columns: ["office_code", "commune_code"] },
  {
    table: "facility",
    file: "../seed/facilities.csv",
    columns: [
      "facility_code",
      "valid_from",
      "valid_to",
      "name",
      "level",
      "province_code",
      "address",
      "phone",
      "source",
    ],
    isNamed: true,
  },
  {
    table: "employer",
    file: "../seed/employers.csv",
    columns: ["unit_code", "name", "kind", "office_code", "address", "valid_from", "valid_to", "source"],
    isNamed: true,
  },
];

/**
 * Brings the dated lists of db/reference into the database. A second call with the same files costs one
 * read; what an operator entered or struck out holds against it. `root` is the project's folder.
 */
export async function loadReference(db: Db, root: string, options: { withDemoPlaces?: boolean } = {}): Promise<void> {
  const lists = options.withDemoPlaces ? [...LISTS, ...DEMO_PLACES] : LISTS;
  const texts = await Promise.all(lists.map(({ file }) => readFile(join(root, "db/reference", file), "utf8")));
  const hash = texts.reduce((sum, text) => sum.update(text), createHash("sha256")).digest("hex");
  if ((await loadedReference(db)) === hash) return;
  await inTransaction(db, async (tx) => {
    for (const [at, list] of lists.entries()) {
      const rows: Row[] = parse(texts[at] ?? "", { columns: true, bom: true, cast: (value) => value || null });
      if (list.isNamed) for (const row of rows) row.folded_name = foldName(String(row.name));
      for (const row of rows) if (typeof row.detail === "string") row.detail = JSON.parse(row.detail);
      if (list.table === "sensitive_mark") {
        const passes = (await isEmptyReference(tx, list.table)) ? PASSES_OF_FIRST_LIST : 0;
        for (const row of rows) row.passes = passes;
      }
      const columns = list.isNamed ? [...list.columns, "folded_name"] : list.columns;
      await upsertReference(tx, list.table, columns, rows, list.keepsChanges);
      await restoreChanges(tx, list.table);
    }
    await rememberReference(tx, hash);
  });
}
