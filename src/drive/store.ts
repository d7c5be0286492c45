import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { NotFound } from "../kernel/failures.ts";
import { foldName } from "../kernel/names.ts";
import type { Unit } from "./rules.ts";

const unitColumns = [
  "unit_code as code",
  "kind",
  "name",
  "parent_code as parentCode",
  "office_code as officeCode",
  "province_code as provinceCode",
  "commune_code as communeCode",
  "employer_code as employerCode",
  "headcount",
  "headcount_source as headcountSource",
  "valid_from as validFrom",
  "valid_to as validTo",
] as const;

/** Units by code, whatever their days; whoever asks has found the codes by `unitsInSight`. */
export async function unitsByCode(db: Db | Tx, codes: readonly string[]): Promise<Unit[]> {
  if (codes.length === 0) return [];
  const rows = await db
    .selectFrom("drive_unit")
    .select(unitColumns)
    .where("unit_code", "in", [...codes])
    .execute();
  return rows as Unit[];
}

export async function findUnit(db: Db | Tx, code: string): Promise<Unit | undefined> {
  return (await unitsByCode(db, [code]))[0];
}

/** The same, held until the transaction ends. */
export async function lockUnit(tx: Tx, code: string): Promise<Unit> {
  const row = await tx
    .selectFrom("drive_unit")
    .select(unitColumns)
    .where("unit_code", "=", code)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new NotFound("unit");
  return row as Unit;
}

/** A unit that is there with this code is written anew; false when nothing about it differs. */
export async function saveUnit(tx: Tx, unit: Unit): Promise<boolean> {
  const row = {
    unit_code: unit.code,
    kind: unit.kind,
    name: unit.name,
    folded_name: foldName(unit.name),
    parent_code: unit.parentCode,
    office_code: unit.officeCode,
    province_code: unit.provinceCode,
    commune_code: unit.communeCode,
    employer_code: unit.employerCode,
    headcount: unit.headcount,
    headcount_source: unit.headcountSource,
    valid_from: unit.validFrom,
    valid_to: unit.validTo,
  };
  const { unit_code: _, ...content } = row;
  const differs = Object.keys(content).map(
    (name) => sql`drive_unit.${sql.ref(name)} is distinct from excluded.${sql.ref(name)}`,
  );
  const done = await tx
    .insertInto("drive_unit")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column("unit_code")
        .doUpdateSet(content)
        .where(sql<boolean>`${sql.join(differs, sql` or `)}`),
    )
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** In the place of those named before; true when that changes something. */
export async function saveSuccessors(tx: Tx, code: string, successors: readonly string[]): Promise<boolean> {
  const known = (await successorsOf(tx, [code])).map(({ successor }) => successor);
  const wanted = [...new Set(successors)];
  if (known.length === wanted.length && wanted.every((one) => known.includes(one))) return false;
  await tx.deleteFrom("drive_unit_successor").where("unit_code", "=", code).execute();
  const rows = wanted.map((successor) => ({ unit_code: code, successor_code: successor }));
  if (rows.length > 0) await tx.insertInto("drive_unit_successor").values(rows).execute();
  return true;
}

export async function successorsOf(
  db: Db | Tx,
  codes: readonly string[],
): Promise<{ code: string; successor: string; name: string }[]> {
  if (codes.length === 0) return [];
  return db
    .selectFrom("drive_unit_successor as link")
    .innerJoin("drive_unit as next", "next.unit_code", "link.successor_code")
    .select(["link.unit_code as code", "link.successor_code as successor", "next.name"])
    .where("link.unit_code", "in", [...codes])
    .orderBy("next.name")
    .execute();
}

/** What a unit took over. */
export async function predecessorsOf(db: Db | Tx, code: string): Promise<{ code: string; name: string }[]> {
  return db
    .selectFrom("drive_unit_successor as link")
    .innerJoin("drive_unit as old", "old.unit_code", "link.unit_code")
    .select(["old.unit_code as code", "old.name"])
    .where("link.successor_code", "=", code)
    .orderBy("old.name")
    .execute();
}
