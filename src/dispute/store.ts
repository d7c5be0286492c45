/** Cases of a person. */
import type { Selectable } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { Dispute as DisputeRow } from "../db/types.ts";
import type { RecordOwner } from "../kernel/actor.ts";
import { type DisputeAnswers, type DisputeKind, type DisputeOutcome, type FactKind, OF_CARE } from "./rules.ts";

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

export interface DisputesPage {
  disputes: Dispute[];
  /** Id of the last one, after which the list goes on. */
  next: string | undefined;
}

/** A person's cases, newest first; without those on facts of care where private visits are not shown. */
export async function disputesOf(
  db: Db,
  { personId, hidesSensitive }: RecordOwner,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<DisputesPage> {
  let own = db.selectFrom("dispute").selectAll().where("person_id", "=", personId);
  if (hidesSensitive) own = own.where("fact_kind", "not in", OF_CARE);
  if (after !== undefined) {
    const last = db
      .selectFrom("dispute")
      .select("created_at")
      .where("person_id", "=", personId)
      .where("dispute_id", "=", after);
    own = own.where((eb) =>
      eb.or([eb("created_at", "<", last), eb.and([eb("created_at", "=", last), eb("dispute_id", ">", after)])]),
    );
  }
  const rows = await own
    .orderBy("created_at", "desc")
    .orderBy("dispute_id")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  return { disputes: shown.map(disputeOf), next: rows.length > limit ? shown.at(-1)?.dispute_id : undefined };
}

/** The newest case on each reported fact of one kind, by the fact's id. */
export async function disputesAbout(db: Db, personId: string, kind: FactKind): Promise<Map<string, Dispute>> {
  const rows = await db
    .selectFrom("dispute")
    .distinctOn("fact_id")
    .selectAll()
    .where("person_id", "=", personId)
    .where("fact_kind", "=", kind)
    .orderBy("fact_id")
    .orderBy("created_at", "desc")
    .execute();
  return new Map(rows.map((row) => [row.fact_id, disputeOf(row)]));
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
