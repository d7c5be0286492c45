/**
 * Persons that another register found twice: each row is proposed as an officer would, in the name of one, and a second
 * person decides on each at the desk (QĐ 346/QĐ-BHXH: one person, one mã số BHXH). Nothing moves before.
 */
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import { proposeMerge } from "../register/propose-merge.ts";
import { findPersonByKey } from "../register/store.ts";
import { columnName } from "./csv.ts";
import { openTable } from "./open-table.ts";
import { FileRefused } from "./refusal.ts";
import type { Source } from "./source.ts";
import type { RejectCode } from "./words.ts";

/** Headings of the table; their Vietnamese names are as good. */
const columns = {
  kept: ["kept", "so_giu_lai"],
  merged: ["merged", "so_gop_vao"],
  reason: ["reason", "ly_do"],
} as const;
type Column = keyof typeof columns;

export interface MergesProposed {
  /** Proposals that stand now, those of an earlier run among them. */
  proposed: number;
  rejects: { record: number; line: number; field: string; code: RejectCode }[];
}

/** Throws FileRefused when the table as a whole cannot be read. Run again, it proposes nothing twice. */
export async function importMerges(house: House, staff: Staff, source: Source): Promise<MergesProposed> {
  const places = Object.entries(columns) as [Column, readonly string[]][];
  const table = await openTable(
    source,
    () => undefined,
    (heading) => places.some(([, names]) => names.includes(heading)),
  );
  const at = Object.fromEntries(
    places.map(([column, names]) => [column, table.header.findIndex((heading) => names.includes(columnName(heading)))]),
  ) as Record<Column, number>;
  if (Object.values(at).includes(-1)) throw new FileRefused("missing_column");
  const result: MergesProposed = { proposed: 0, rejects: [] };
  for await (const lines of table.lines) {
    for (const { record, line, cells } of lines) {
      const cell = (column: Column) => (cells[at[column]] ?? "").trim();
      const fault = await proposeRow(house, staff, {
        kept: cell("kept"),
        merged: cell("merged"),
        reason: cell("reason"),
      });
      if (fault) result.rejects.push({ record, line, ...fault });
      else result.proposed += 1;
    }
  }
  return result;
}

type Row = Record<Column, string>;

async function proposeRow(
  house: House,
  staff: Staff,
  { kept, merged, reason }: Row,
): Promise<{ field: Column; code: RejectCode } | undefined> {
  const survivor = await findByNumber(house, kept);
  if (!survivor) return { field: "kept", code: "person_unknown" };
  const other = await findByNumber(house, merged);
  if (!other) return { field: "merged", code: "person_unknown" };
  try {
    await proposeMerge(house, staff, { survivor: survivor.publicId, merged: other.publicId, reason });
    return undefined;
  } catch (failure) {
    if (failure instanceof Invalid) return { field: "reason", code: "reason_missing" };
    if (!(failure instanceof Conflict)) throw failure;
    return { field: "merged", code: failure.code === "merged_already" ? "one_already" : "merge_proposed" };
  }
}

/** Mã số BHXH of ten digits, or the personal number of twelve; spaces and dots between do not matter. */
async function findByNumber(house: House, typed: string) {
  const digits = typed.replace(/[\s.-]/g, "");
  if (/^\d{10}$/.test(digits)) return findPersonByKey(house.db, "bhxh", digits);
  return /^\d{12}$/.test(digits) ? findPersonByKey(house.db, "personal_id", digits) : undefined;
}
