import type { Tx } from "./house.ts";

/** What the person reads has changed: copies kept elsewhere are out of date. */
export async function bumpVersion(tx: Tx, personId: string): Promise<void> {
  await tx
    .updateTable("person")
    .set((column) => ({ data_version: column("data_version", "+", "1") }))
    .where("person_id", "=", personId)
    .execute();
}
