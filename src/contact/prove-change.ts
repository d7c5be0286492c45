import { randomInt } from "node:crypto";
import { needTwoProofs } from "../account/proof.ts";
import { refuseLimited } from "../account/refuse-limited.ts";
import { record } from "../audit/record.ts";
import { codeEnded, proveCode } from "../codes/prove.ts";
import { useCode } from "../codes/store.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { lockPerson } from "../register/store-merge.ts";
import { apply } from "./apply.ts";
import { boundTo } from "./ask-change.ts";
import { coolingHours, effectiveAt, STOP_DIGITS } from "./rules.ts";
import { type ChangeRow, findChange, moveChange } from "./store.ts";
import { tellComing } from "./tell.ts";

/** The code of a change that was asked for, checked: whoever brings it holds the new telephone or mailbox. */
export async function provenChange(
  house: House,
  { personId, changeId, code, now }: { personId: string; changeId: string; code: string; now: Date },
): Promise<ChangeRow & { code_id: string }> {
  const change = await findChange(house.db, personId, changeId);
  if (!change?.code_id || change.state !== "asked") throw codeEnded();
  const purpose = change.kind === "phone" ? "change_phone" : "change_email";
  await proveCode(house, { codeId: change.code_id, purpose, boundTo: boundTo(changeId), code, now });
  return { ...change, code_id: change.code_id };
}

/**
 * The new place is proved. It takes effect after the hours of the policy; until then the old one, which is told now,
 * can stop it. Of several uses of one code at the same moment exactly one counts.
 */
export async function proveChange(
  house: House,
  citizen: Citizen,
  asked: { changeId: string; code: string; now: Date },
): Promise<{ effectiveAt: Date; isDone: boolean }> {
  const { personId } = citizen;
  const { now } = asked;
  refuseLimited(citizen, now);
  await needTwoProofs(house.db, citizen, now);
  const change = await provenChange(house, { ...asked, personId });
  return inTransaction(house.db, async (tx) => {
    await lockPerson(tx, personId);
    if (!(await useCode(tx, change.code_id, now))) throw codeEnded();
    const hours = await policyOn(tx, coolingHours, dayOf(now));
    if (hours === 0) {
      if (!(await apply(tx, house, change, { by: citizen, from: "asked", now }))) throw new Conflict("phone_taken");
      return { effectiveAt: now, isDone: true };
    }
    const at = effectiveAt(now, hours);
    const stopCode = String(randomInt(10 ** STOP_DIGITS)).padStart(STOP_DIGITS, "0");
    const stopMark = house.vault.mark("stop-change", `${change.change_id}:${stopCode}`);
    const isFirst = await moveChange(tx, change, { from: ["asked"], to: "waiting", now, effectiveAt: at, stopMark });
    if (!isFirst) throw codeEnded();
    await tellComing(tx, house, change, { stopCode, at, now });
    const action = `${change.kind}_change_proved`;
    await record(tx, { at: now, actor: citizen, action, purpose: "account", personId, detail: { hours } });
    return { effectiveAt: at, isDone: false };
  });
}
