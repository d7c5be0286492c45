/** Cases of a person. */
import type { Selectable } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { Dispute as DisputeRow } from "../db/types.ts";
import type { RecordOwner } from "../kernel/actor.ts";
import type { DisputeAnswers, DisputeKind, DisputeOutcome, Fact, FactKind } from "./rules.ts";

export interface Dispute extends DisputeAnswers {
  disputeId: string;
  status: "open" | "answered";
  createdAt: Date;
  answerDueOn: string | undefined;
  answer: string | undefined;
  outcome: DisputeOutcome | undefined;
}

interface NewDispute extends DisputeAnswers {
  personId: string;
  disputeId: string;
  createdAt: Date;
  answerDueOn: string | undefined;
  officeCode: string | undefined;
}

/** False when the person has an open case on that fact already. */
export async function insertDispute(tx: Db | Tx, dispute: NewDispute): Promise<boolean> {
  const row = await tx
    .insertInto("dispute")
    .values({
      person_id: dispute.personId,
      dispute_id: dispute.disputeId,
      kind: dispute.kind,
      fact_kind: dispute.fact.kind,
      fact_id: dispute.fact.id,
      says: dispute.says,
      created_at: dispute.createdAt,
      answer_due_on: dispute.answerDueOn ?? null,
      office_code: dispute.officeCode ?? null,
    })
    .onConflict((conflict) =>
      conflict.columns(["person_id", "fact_kind", "fact_id"]).where("status", "=", "open").doNothing(),
    )
    .returning("dispute_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** A person's cases, newest first; without those on visits where private visits are not shown. */
export async function disputesOf(db: Db, owner: RecordOwner, limit: number): Promise<Dispute[]> {
  const own = db.selectFrom("dispute").selectAll().where("person_id", "=", owner.personId);
  const rows = await (owner.hidesSensitive ? own.where("fact_kind", "!=", "visit") : own)
    .orderBy("created_at", "desc")
    .orderBy("dispute_id")
    .limit(limit)
    .execute();
  return rows.map(disputeOf);
}

/** The newest case on one fact of a person. */
export async function disputeOn(db: Db, personId: string, fact: Fact): Promise<Dispute | undefined> {
  const row = await db
    .selectFrom("dispute")
    .selectAll()
    .where("person_id", "=", personId)
    .where("fact_kind", "=", fact.kind)
    .where("fact_id", "=", fact.id)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && disputeOf(row);
}

export function disputeOf(row: Selectable<DisputeRow>): Dispute {
  return {
    disputeId: row.dispute_id,
    kind: row.kind as DisputeKind,
    fact: { kind: row.fact_kind as FactKind, id: row.fact_id },
    says: row.says,
    status: row.status as Dispute["status"],
    createdAt: row.created_at,
    answerDueOn: row.answer_due_on ?? undefined,
    answer: row.answer ?? undefined,
    outcome: (row.outcome ?? undefined) as DisputeOutcome | undefined,
  };
}
