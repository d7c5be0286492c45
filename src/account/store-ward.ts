import type { Tx } from "../db/house.ts";

/** The account of somebody who does not sign in: opened by acting for them. */
export interface NewWardAccount {
  person_id: string;
  password_hash: string;
  password_set_on: string;
  activated_at: Date;
  lang: string;
  declaration_id: string | null;
}

/** False when this person has an account already. */
export async function insertWardAccount(tx: Tx, account: NewWardAccount): Promise<boolean> {
  const done = await tx
    .insertInto("account")
    .values({ ...account, password_kind: "none" })
    .onConflict((conflict) => conflict.column("person_id").doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}
