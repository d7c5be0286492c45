import { sql } from "kysely";
import { deleteOld } from "../db/delete-old.ts";
import type { Db, Tx } from "../db/house.ts";
import { amongMarks, lockMarks, type Marks } from "../db/marks.ts";

/** Who is at the identity provider, and whose identity has been seen. */

export interface EidRequest {
  state_mark: Buffer;
  bound_mark: Buffer;
  sealed_secrets: Buffer;
  person_id: string | null;
  next: string;
  created_at: Date;
  ends_at: Date;
}

export async function insertRequest(db: Db, request: EidRequest): Promise<void> {
  await db.insertInto("eid_request").values(request).execute();
}

/** Takes a request out of the world: a state that comes back a second time finds nothing. */
export async function takeRequest(db: Db, stateMarks: readonly Buffer[], now: Date) {
  const taken = await db
    .deleteFrom("eid_request")
    .where("state_mark", "in", stateMarks)
    .returning(["bound_mark", "sealed_secrets", "person_id", "next", "ends_at"])
    .executeTakeFirst();
  return taken && taken.ends_at > now ? taken : undefined;
}

/**
 * The person to whom an identity belongs; the first sign-in with it says so, later ones must agree. What was linked
 * under another secret is linked under the one in front from now on.
 */
export async function linkSubject(tx: Tx, subjectMarks: Marks, personId: string, now: Date): Promise<boolean> {
  const [subjectMark, ...others] = subjectMarks;
  if (others.length > 0) {
    await lockMarks(tx, subjectMarks);
    await sql`
      update eid_link set subject_mark = ${subjectMark} where subject_mark ${amongMarks(others)}
         and not exists (select from eid_link where subject_mark = ${subjectMark})`.execute(tx);
  }
  const done = await tx
    .insertInto("eid_link")
    .values({ subject_mark: subjectMark, person_id: personId, linked_at: now, last_used_at: now })
    .onConflict((conflict) =>
      conflict.column("subject_mark").doUpdateSet({ last_used_at: now }).where("eid_link.person_id", "=", personId),
    )
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

export async function dropOldRequests(db: Db, now: Date): Promise<number> {
  return deleteOld(db, "eid_request", { age: "ends_at", key: ["state_mark"], before: now });
}
