import type { Db, Tx } from "../db/house.ts";

/** Deaths recorded at a counter, and the wrong ones that were undone. */
export interface DeathRecord {
  id: string;
  personId: string;
  diedOn: string;
  paperKind: string;
  paperNumber: string;
  officeCode: string;
  recordedAt: Date;
  recordedBy: string;
  accountBefore: string | null;
}

/** The record that stands: by the counter, not by an imported file. */
export async function findDeath(db: Db | Tx, personId: string): Promise<DeathRecord | undefined> {
  return db
    .selectFrom("person_death")
    .select([
      "death_id as id",
      "person_id as personId",
      "died_on as diedOn",
      "paper_kind as paperKind",
      "paper_number as paperNumber",
      "office_code as officeCode",
      "recorded_at as recordedAt",
      "recorded_by as recordedBy",
      "account_before as accountBefore",
    ])
    .where("person_id", "=", personId)
    .where("undone_at", "is", null)
    .executeTakeFirst();
}

export async function insertDeath(tx: Tx, death: Omit<DeathRecord, "id">): Promise<string> {
  const row = await tx
    .insertInto("person_death")
    .values({
      person_id: death.personId,
      died_on: death.diedOn,
      paper_kind: death.paperKind,
      paper_number: death.paperNumber,
      office_code: death.officeCode,
      recorded_at: death.recordedAt,
      recorded_by: death.recordedBy,
      account_before: death.accountBefore,
    })
    .returning("death_id")
    .executeTakeFirstOrThrow();
  return row.death_id;
}

export async function saveUndoneDeath(
  tx: Tx,
  id: string,
  undone: { at: Date; by: string; reason: string },
): Promise<void> {
  await tx
    .updateTable("person_death")
    .set({ undone_at: undone.at, undone_by: undone.by, undo_reason: undone.reason })
    .where("death_id", "=", id)
    .execute();
}

/** The day of death in the register; what the person reads has changed. */
export async function setDiedOn(tx: Tx, personId: string, diedOn: string | null): Promise<void> {
  await tx
    .updateTable("person")
    .set((column) => ({ died_on: diedOn, data_version: column("data_version", "+", "1") }))
    .where("person_id", "=", personId)
    .execute();
}

/** Who has died, after `personId` in the order of numbers, and how the account stands. */
export async function deadAfter(
  db: Db,
  personId: string,
  limit: number,
): Promise<{ personId: string; accountStatus: string | null }[]> {
  return db
    .selectFrom((from) =>
      from
        .selectFrom("person")
        .select("person_id")
        .where("died_on", "is not", null)
        .where("person_id", ">", personId)
        .orderBy("person_id")
        .limit(limit)
        .as("dead"),
    )
    .leftJoin("account", "account.person_id", "dead.person_id")
    .select(["dead.person_id as personId", "account.status as accountStatus"])
    .orderBy("dead.person_id")
    .execute();
}
