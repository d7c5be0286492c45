import { forgetSessions } from "../account/session-cache.ts";
import { lockAccount } from "../account/store.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { system } from "../kernel/actor.ts";
import { getPerson } from "./store.ts";
import { deadAfter } from "./store-death.ts";
import { lockPerson } from "./store-merge.ts";
import { suspendDead } from "./suspend-dead.ts";

/** Dead persons a statement: ten million of them are gone through in a minute. */
const AT_ONCE = 5000;

/**
 * Accounts that stayed open although the register knows a day of death: a file told it while a version imported that
 * suspended nobody. Answers how many it suspended.
 */
export async function suspendAllDead(house: House, atOnce = AT_ONCE): Promise<number> {
  let suspended = 0;
  let after = "0";
  for (;;) {
    const dead = await deadAfter(house.db, after, atOnce);
    for (const { personId } of dead.filter(({ accountStatus }) => accountStatus === "active")) {
      if (await suspendOne(house, personId)) suspended += 1;
    }
    const last = dead.at(-1);
    if (!last || dead.length < atOnce) return suspended;
    after = last.personId;
  }
}

async function suspendOne(house: House, personId: string): Promise<boolean> {
  const at = house.clock.now();
  const isDead = await inTransaction(house.db, async (tx) => {
    await lockPerson(tx, personId);
    // Meanwhile the death may have been taken back, or the account closed.
    const { diedOn } = await getPerson(tx, personId);
    if (!diedOn || (await lockAccount(tx, personId))?.status !== "active") return false;
    await suspendDead(tx, personId, at);
    await record(tx, { at, actor: system, action: "person.died", purpose: "operation", personId });
    return true;
  });
  forgetSessions(house, { personId });
  return isDead;
}
