import { record } from "../audit/record.ts";
import type { Db, House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import { Conflict, Invalid, NotSignedIn } from "../kernel/failures.ts";
import { contactsOf } from "../register/store.ts";
import { refusal, takeTryOrWait, WrongLogin } from "./guard.ts";
import { isSecret } from "./hash-lane.ts";
import { sessionWindow } from "./marks.ts";
import { chosenPassword, faultOfNext, tellChanged } from "./new-password.ts";
import { needProof, proofsOf, raise } from "./proof.ts";
import { bareOneTimePassword } from "./rules-one-time.ts";
import { secretOf } from "./rules-password.ts";
import { isStrong } from "./rules-proof.ts";
import { forgetSessions } from "./session-cache.ts";
import { signOutEverywhere } from "./sign-out-everywhere.ts";
import { type AccountRow, findAccount, replacePassword } from "./store.ts";
import { widenSession } from "./store-session.ts";
import { clearWindow } from "./store-window.ts";

export interface PasswordChange {
  currentPassword: string;
  newPassword: string;
  now: Date;
}

/**
 * The person puts a password of their own in the place of the present one: at the first sign-in, after
 * six months, or whenever they like. This session opens fully, all others end, and the person is told.
 */
export async function changePassword(house: House, citizen: Citizen, change: PasswordChange): Promise<void> {
  const { personId } = citizen;
  const { now } = change;
  const account = await findAccount(house.db, personId);
  if (!account) throw new NotSignedIn();
  const isProved = await isProvedOtherwise(house.db, citizen, account, now);
  if (!isProved) await checkCurrent(house, citizen, account, change);
  const old = isProved ? undefined : change.currentPassword;
  const fault = await faultOfNext(house.db, account, change.newPassword, now, old);
  if (fault) throw new Invalid([{ field: "newPassword", key: fault }]);
  const next = await chosenPassword(change.newPassword, now);
  const here = Buffer.from(citizen.sessionId, "hex");
  await inTransaction(house.db, async (tx) => {
    if (!(await replacePassword(tx, account, next, now))) throw new Conflict("password_changed_meanwhile");
    await signOutEverywhere(tx, personId, now, here);
    await widenSession(tx, here);
    if (!isProved) await raise(tx, citizen, "password", now);
    await tellChanged(tx, house, { personId, contacts: await contactsOf(tx, personId), now });
    await record(tx, { at: now, actor: citizen, action: "password_changed", purpose: "account", personId });
  });
  forgetSessions(house, { personId });
}

/**
 * A passkey or the electronic identity, shown in the last ten minutes, stands in the place of the present password:
 * the way back in for who has forgotten it. Who has dropped it has nothing else to show.
 */
export async function isProvedOtherwise(db: Db, citizen: Citizen, account: AccountRow, now: Date): Promise<boolean> {
  if (account.password_dropped_at) {
    await needProof(db, citizen, now);
    return true;
  }
  const { proofs, isFresh } = await proofsOf(db, citizen, now);
  return isFresh && isStrong(proofs);
}

/** A stolen session may not guess at leisure: five wrong ones, then a quarter of an hour. */
async function checkCurrent(house: House, citizen: Citizen, account: AccountRow, change: PasswordChange) {
  const window = sessionWindow(house, account.person_id, citizen.sessionId);
  const triesLeft = await takeTryOrWait(house, window, change.now);
  const typed = change.currentPassword;
  const secret = account.password_kind === "issued" ? bareOneTimePassword(typed) : secretOf(typed);
  if (await isSecret(account.password_hash, secret, true)) return clearWindow(house.db, window);
  const refused = refusal(triesLeft);
  if (!(refused instanceof WrongLogin)) throw refused;
  throw new Invalid([{ field: "currentPassword", key: "current_wrong", values: { left: triesLeft } }]);
}
