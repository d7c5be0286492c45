import { signOutEverywhere } from "../account/sign-out-everywhere.ts";
import { type AccountStatus, setAccountStatus } from "../account/store.ts";
import type { Tx } from "../db/house.ts";

/** Whoever has died acts no more. Answers how the account stood before, if there is one. */
export async function suspendDead(tx: Tx, personId: string, at: Date): Promise<AccountStatus | undefined> {
  const before = await setAccountStatus(tx, personId, "suspended");
  await signOutEverywhere(tx, personId, at);
  return before;
}
