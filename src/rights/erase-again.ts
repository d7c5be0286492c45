import { signOutEverywhere } from "../account/sign-out-everywhere.ts";
import { lockAccount, setAccountStatus } from "../account/store.ts";
import { releasePhones } from "../account/store-phone.ts";
import { record } from "../audit/record.ts";
import { isOnRecord } from "../audit/store.ts";
import { dropChanges } from "../contact/drop-changes.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { recordsOf } from "../register/store.ts";
import { lockPerson } from "../register/store-merge.ts";
import { erase } from "./desk.ts";
import { type Erasure, isSamePerson, lockRequest, saveDecision } from "./store.ts";

const ACTION = "rights.erase_again";

/**
 * Data came back from a time before somebody was erased: it is done again, quietly, because the person was told then.
 * False where nothing had come back, it was done again after an earlier restore, or the number is now somebody else's.
 */
export async function eraseAgain(house: House, erasure: Erasure): Promise<boolean> {
  const { personId, requestId, answer, by } = erasure;
  const now = house.clock.now();
  return inTransaction(house.db, async (tx) => {
    await lockPerson(tx, ...(await recordsOf(tx, personId)));
    const request = await lockRequest(tx, requestId);
    if (request?.outcome === "erased" || !(await isSamePerson(tx, erasure))) return false;
    const object = { kind: "data_request", id: requestId };
    // The request itself may not have come back: then the record alone knows.
    if (await isOnRecord(tx, { personId, action: ACTION, object })) return false;
    const account = await lockAccount(tx, personId);
    if (account && account.status !== "closed") {
      await dropChanges(tx, personId, now);
      await setAccountStatus(tx, personId, "closed");
      await releasePhones(tx, personId);
      await signOutEverywhere(tx, personId, now);
    }
    const erased = await erase(tx, personId, now);
    if (request) await saveDecision(tx, request, { outcome: "erased", answer, by, at: erasure.at });
    const detail = { outcome: "erased", erased };
    await record(tx, {
      at: now,
      actor: { kind: "operator" },
      action: ACTION,
      purpose: "account",
      personId,
      object,
      detail,
    });
    return true;
  });
}
