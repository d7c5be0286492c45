import { record } from "../audit/record.ts";
import { closeCodesOf } from "../codes/store.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { anyone } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { contactsOf } from "../register/store.ts";
import { deviceCookie, newDevice, subjectMarks } from "./marks.ts";
import { chosenPassword, faultOfNext, tellChanged } from "./new-password.ts";
import { HOUR_MS } from "./rules.ts";
import { smsResetLimitHours } from "./rules-policies.ts";
import { type WayName, ways } from "./rules-ways.ts";
import { forgetSessions } from "./session-cache.ts";
import { signOutEverywhere } from "./sign-out-everywhere.ts";
import { type AccountRow, replacePassword } from "./store.ts";
import { clearWindows } from "./store-window.ts";

export interface Reset {
  newPassword: string;
  /** The way that proved who it is. */
  way: WayName;
  now: Date;
}

/**
 * A new password in the place of a forgotten one, for whoever proved in some way who they are. `use` spends
 * the proof in the same transaction and throws when it was spent already. All sessions end, all locks open,
 * and the person is told wherever they are reached. Answers a cookie that makes this device a known one: a
 * storm of guesses cannot close the door before the person has walked through it.
 */
export async function resetPassword(
  house: House,
  account: AccountRow,
  reset: Reset,
  use: (tx: Tx) => Promise<void>,
): Promise<{ deviceCookie: string }> {
  const { newPassword, way, now } = reset;
  const personId = account.person_id;
  const fault = await faultOfNext(house.db, account, newPassword, now);
  if (fault) throw new Invalid([{ field: "newPassword", key: fault }]);
  const next = { ...(await chosenPassword(newPassword, now)), limitedUntil: await limitAfter(house, way, now) };
  await inTransaction(house.db, async (tx) => {
    await use(tx);
    if (!(await replacePassword(tx, account, next, now))) throw new Conflict("password_changed_meanwhile");
    await closeCodesOf(tx, "recover", personId, now);
    await clearWindows(tx, subjectMarks(house, personId));
    await signOutEverywhere(tx, personId, now);
    await tellChanged(tx, house, { personId, contacts: await contactsOf(tx, personId), now });
    const detail = { way };
    await record(tx, { at: now, actor: anyone, action: "password_recovered", purpose: "account", personId, detail });
  });
  forgetSessions(house, { personId });
  return { deviceCookie: deviceCookie(house, `person:${personId}`, newDevice()) };
}

/** Undefined leaves a limit as it was: only another factor or the counter lifts it. */
async function limitAfter(house: House, way: WayName, now: Date): Promise<Date | undefined> {
  if (!ways.some(({ name, isLimiting }) => name === way && isLimiting)) return undefined;
  const hours = await policyOn(house.db, smsResetLimitHours, dayOf(now));
  return new Date(now.getTime() + hours * HOUR_MS);
}
