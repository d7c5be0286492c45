/** Which messages were opened in the account, and by whom. */
import type { Db } from "../db/house.ts";

/** The person themselves, or the guardian who reads for them: each has marks of their own. */
export interface Opener {
  personId: string;
  /** "0": the person themselves. */
  guardianId: string;
}

export async function readMarks(db: Db, opener: Opener, noticeIds: readonly string[]): Promise<Set<string>> {
  if (noticeIds.length === 0) return new Set();
  const rows = await db
    .selectFrom("inbox_read")
    .select("notice_id")
    .where("person_id", "=", opener.personId)
    .where("guardian_id", "=", opener.guardianId)
    .where("notice_id", "in", [...noticeIds])
    .execute();
  return new Set(rows.map((row) => row.notice_id));
}

export async function markRead(db: Db, opener: Opener, noticeId: string, at: Date): Promise<void> {
  await db
    .insertInto("inbox_read")
    .values({ person_id: opener.personId, guardian_id: opener.guardianId, notice_id: noticeId, read_at: at })
    .onConflict((conflict) => conflict.columns(["person_id", "guardian_id", "notice_id"]).doNothing())
    .execute();
}
