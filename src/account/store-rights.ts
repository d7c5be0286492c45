import type { Db, Tx } from "../db/house.ts";

export async function findRight(db: Db | Tx, staffId: string, name: string) {
  return db
    .selectFrom("staff_right")
    .select("given_at")
    .where("staff_id", "=", staffId)
    .where("name", "=", name)
    .where("ended_at", "is", null)
    .executeTakeFirst();
}

/** One that is held already stays as it is. */
export async function insertRight(
  tx: Tx,
  { staffId, right, at, by }: { staffId: string; right: string; at: Date; by: string },
): Promise<void> {
  if (await findRight(tx, staffId, right)) return;
  await tx
    .insertInto("staff_right")
    .values({ staff_id: staffId, name: right, given_at: at, given_by: by })
    .onConflict((on) => on.constraint("staff_right_pk").doUpdateSet({ ended_at: null, given_by: by }))
    .execute();
}

/** False when it was not held. */
export async function endRight(tx: Tx, staffId: string, right: string, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable("staff_right")
    .set({ ended_at: at })
    .where("staff_id", "=", staffId)
    .where("name", "=", right)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}
