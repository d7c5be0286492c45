import type { Db, Tx } from "../db/house.ts";

/** For whom a session acts: kept with the session, never in an address. */
export async function setActingFor(db: Db | Tx, tokenSha256: Buffer, wardId: string | null): Promise<void> {
  await db
    .updateTable("session")
    .set({ acting_for: wardId })
    .where("token_sha256", "=", tokenSha256)
    .where("ended_at", "is", null)
    .execute();
}
