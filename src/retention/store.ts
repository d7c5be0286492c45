import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { RetentionClass } from "./rules.ts";

/** Proofs of deletion, and holds. */
export interface Proof {
  class: RetentionClass;
  ruleFrom: string;
  days: number;
  deleted: number;
  firstAt: Date;
  lastAt: Date;
  idsSha256: Buffer;
  at: Date;
}

export async function insertProof(tx: Tx, proof: Proof): Promise<string> {
  const row = await tx
    .insertInto("retention_proof")
    .values({
      class: proof.class,
      rule_from: proof.ruleFrom,
      days: proof.days,
      deleted: proof.deleted,
      first_at: proof.firstAt,
      last_at: proof.lastAt,
      ids_sha256: proof.idsSha256,
      at: proof.at,
    })
    .returning("proof_id as proofId")
    .executeTakeFirstOrThrow();
  return row.proofId;
}

/** Deletions of a class as proved, and proofs and lines of the record that do not meet each other. */
export async function readProofs(db: Db | Tx): Promise<{ class: string; deleted: number; unmatched: number }[]> {
  const { rows } = await sql<{ class: string; deleted: number; unmatched: number }>`
    select coalesce(p.class, e.detail ->> 'class') as class, coalesce(sum(p.deleted), 0)::integer as deleted,
           count(*) filter (where p.proof_id is null or e.event_id is null)::integer as unmatched
      from retention_proof p
      full join (select * from audit_event where action = 'retention.delete') e
        on e.object_id = p.proof_id::text and e.detail ->> 'class' = p.class
       and (e.detail ->> 'deleted')::integer = p.deleted and e.detail ->> 'ids' = encode(p.ids_sha256, 'hex')
     group by 1 order by 1`.execute(db);
  return rows;
}

/** One batch of a run at a time, and no hold begins meanwhile, until the transaction ends. */
export async function lockRetention(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${RETENTION_LOCK})`.execute(tx);
}

const RETENTION_LOCK = 8_330_043;

export type HoldReason = "investigation" | "complaint" | "lawsuit";

/** False when the file is held already. */
export async function insertHold(
  tx: Tx,
  hold: { holdId: string; declarationId: string; personId: string | null; reason: HoldReason; at: Date },
): Promise<boolean> {
  const done = await tx
    .insertInto("retention_hold")
    .values({
      hold_id: hold.holdId,
      declaration_id: hold.declarationId,
      person_id: hold.personId,
      reason: hold.reason,
      opened_at: hold.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

export async function endHold(tx: Tx, declarationId: string, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable("retention_hold")
    .set({ ended_at: at })
    .where("declaration_id", "=", declarationId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}
