/** Papers, HIV care and earlier versions of a visit; read only when that visit is looked at. */
import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import type { RecordOwner } from "../kernel/actor.ts";

/** XML0 and XML7–XML15 as JSON text, and whether there is XML6; undefined when the claim has costs alone. */
export async function findRest(
  db: Db,
  owner: RecordOwner,
  visitId: string,
): Promise<{ tables: string | null; hasHivTable: boolean } | undefined> {
  return ofVisit(db, owner, visitId)
    .select(["r.tables", sql<boolean>`r.hiv_tables is not null`.as("hasHivTable")])
    .executeTakeFirst();
}

/** XML6 as JSON text: for the person alone, or for staff with the right. */
export async function findHivTables(db: Db, owner: RecordOwner, visitId: string): Promise<string | undefined> {
  if (owner.hidesSensitive) return undefined;
  const row = await ofVisit(db, owner, visitId)
    .select("r.hiv_tables as hivTables")
    .where("r.hiv_tables", "is not", null)
    .executeTakeFirst();
  return row?.hivTables ?? undefined;
}

function ofVisit(db: Db, { personId, hidesSensitive }: RecordOwner, visitId: string) {
  const own = db
    .selectFrom("visit_rest as r")
    .innerJoin("visit as v", (join) =>
      join.onRef("v.person_id", "=", "r.person_id").onRef("v.visit_id", "=", "r.visit_id"),
    )
    .where("r.person_id", "=", personId)
    .where("r.visit_id", "=", visitId);
  return hidesSensitive ? own.where("v.is_sensitive", "=", false) : own;
}

export interface EarlierVersion {
  endedAt: Date;
  reason: string;
  arrivedAt: Date;
  sourceFileId: string;
  sourceRecord: number;
  total: string;
  fundPaid: string;
}

/** Newest first. */
export async function earlierVersions(db: Db, personId: string, visitId: string): Promise<EarlierVersion[]> {
  const rows = await db
    .selectFrom("visit_version")
    .select(["ended_at", "end_reason", "arrived_at", "source_file_id", "source_record", "total", "fund_paid"])
    .where("person_id", "=", personId)
    .where("visit_id", "=", visitId)
    .orderBy("ended_at", "desc")
    .limit(50)
    .execute();
  return rows.map((row) => ({
    endedAt: row.ended_at,
    reason: row.end_reason,
    arrivedAt: row.arrived_at,
    sourceFileId: row.source_file_id,
    sourceRecord: row.source_record,
    total: row.total,
    fundPaid: row.fund_paid,
  }));
}

export interface ClaimEntry extends Omit<EarlierVersion, "endedAt" | "reason"> {
  personId: string;
  facilityCode: string;
  facilityName: string;
  spec: string;
  /** JSON text. */
  flags: string;
  /** Null: the claim as it stands now. */
  endedAt: Date | null;
  reason: string | null;
}

/**
 * A claim as it stands and its earlier versions, newest first, for staff who know it by its facility and MA_LK: where
 * it came from and its sums, nothing of the care. Empty: there is none; only ended ones: it was recalled.
 */
export async function claimLedger(db: Db, visitId: string): Promise<ClaimEntry[]> {
  const { rows } = await sql<ClaimEntry>`
    select person_id as "personId", facility_code as "facilityCode", facility_name as "facilityName", spec, flags,
           arrived_at as "arrivedAt", source_file_id as "sourceFileId", source_record as "sourceRecord", total,
           fund_paid as "fundPaid", ended_at as "endedAt", end_reason as reason
      from claim_ledger(${visitId})`.execute(db);
  return rows;
}
