import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { type Proof, STRONG } from "./rules-proof.ts";

/** What a session has proved beyond being open. */

export async function findProofs(
  db: Db | Tx,
  tokenSha256: Buffer,
): Promise<{ proofs: Proof[]; elevatedUntil: Date | null }> {
  const row = await db
    .selectFrom("session")
    .select(["proofs", "elevated_until"])
    .where("token_sha256", "=", tokenSha256)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return { proofs: (row?.proofs ?? []) as Proof[], elevatedUntil: row?.elevated_until ?? null };
}

/**
 * Adds one proof; the session is raised until then. A proof that alone counts as two counts while it is fresh only:
 * what is shown later does not freshen it. Nothing happens to a session that has ended.
 */
export async function addProof(
  db: Db | Tx,
  tokenSha256: Buffer,
  proof: Proof,
  { now, until }: { now: Date; until: Date },
): Promise<void> {
  await db
    .updateTable("session")
    .set({
      elevated_until: until,
      proofs: sql<string[]>`array(
        select earlier from unnest(proofs) as earlier
         where elevated_until > ${now} or earlier <> all(${[...STRONG]}::text[])
         union select ${proof}::text order by 1)`,
    })
    .where("token_sha256", "=", tokenSha256)
    .where("ended_at", "is", null)
    .execute();
}

export async function countDevicesSince(tx: Tx, personId: string, since: Date): Promise<number> {
  const row = await tx
    .selectFrom("device_seen")
    .select((e) => e.fn.countAll<string>().as("count"))
    .where("person_id", "=", personId)
    .where("first_seen_at", ">=", since)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
