import { deleteOld } from "../db/delete-old.ts";
import type { Db, Tx } from "../db/house.ts";

/** True when this request is the first with its key. */
export async function claimKey(
  db: Db,
  claim: { asker: string; key: string; request: Buffer; at: Date },
): Promise<boolean> {
  const inserted = await db
    .insertInto("idempotency_key")
    .values({ asker: claim.asker, key: claim.key, request_sha256: claim.request, created_at: claim.at })
    .onConflict((conflict) => conflict.columns(["asker", "key"]).doNothing())
    .executeTakeFirst();
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** True when a killed run's key, older than `before` and with the same request, is now ours. */
export async function takeOverKey(
  db: Db,
  claim: { asker: string; key: string; request: Buffer; at: Date; before: Date },
): Promise<boolean> {
  const updated = await db
    .updateTable("idempotency_key")
    .set({ created_at: claim.at })
    .where("asker", "=", claim.asker)
    .where("key", "=", claim.key)
    .where("status", "is", null)
    .where("request_sha256", "=", claim.request)
    .where("created_at", "<", claim.before)
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

/** True while the key is still this run's own; nobody takes it over until the transaction ends. */
export async function holdKey(tx: Tx, claim: { asker: string; key: string; at: Date }): Promise<boolean> {
  const row = await tx
    .selectFrom("idempotency_key")
    .select("created_at")
    .where("asker", "=", claim.asker)
    .where("key", "=", claim.key)
    .where("status", "is", null)
    .forUpdate()
    .executeTakeFirst();
  return row?.created_at.getTime() === claim.at.getTime();
}

export async function findAnswer(
  db: Db,
  asker: string,
  key: string,
): Promise<{ request: Buffer; status: number | null; body: Buffer | null } | undefined> {
  const row = await db
    .selectFrom("idempotency_key")
    .select(["request_sha256 as request", "status", "body"])
    .where("asker", "=", asker)
    .where("key", "=", key)
    .executeTakeFirst();
  return row;
}

export async function keepAnswer(
  tx: Tx,
  answer: { asker: string; key: string; status: number; body: Buffer },
): Promise<void> {
  await tx
    .updateTable("idempotency_key")
    .set({ status: answer.status, body: answer.body })
    .where("asker", "=", answer.asker)
    .where("key", "=", answer.key)
    .execute();
}

/** Only one's own: whoever took an abandoned key over keeps it. */
export async function dropKey(db: Db, claim: { asker: string; key: string; at: Date }): Promise<void> {
  await db
    .deleteFrom("idempotency_key")
    .where("asker", "=", claim.asker)
    .where("key", "=", claim.key)
    .where("created_at", "=", claim.at)
    .where("status", "is", null)
    .execute();
}

/** Forgets answers older than 30 days. */
export async function forgetKeysBefore(db: Db, before: Date): Promise<void> {
  await deleteOld(db, "idempotency_key", { age: "created_at", key: ["asker", "key"], before });
}
