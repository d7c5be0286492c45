import { record } from "../audit/record.ts";
import { codeEnded, proveCode } from "../codes/prove.ts";
import { DIGITS, parseCode } from "../codes/rules.ts";
import { findCode, useCode } from "../codes/store.ts";
import type { House } from "../db/house.ts";
import { anyone } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { resetPassword } from "./reset-password.ts";
import { boundToRequest, isRecoverable } from "./rules-ways.ts";
import { findAccount } from "./store.ts";
import { passwordFault } from "./strength.ts";

export interface Recovery {
  requestId: string;
  code: string;
  newPassword: string;
  now: Date;
}

const NOBODY = "0";

/**
 * Sets a new password with the code of a request. A request that never was, has ended, was used or
 * belongs to nobody is answered alike; of several uses at the same moment exactly one succeeds. The device
 * on which that was done is a known one from then on.
 */
export async function recover(house: House, asked: Recovery): Promise<{ deviceCookie: string }> {
  const { requestId, newPassword, now } = asked;
  const fault = passwordFault(newPassword);
  const faults = [
    ...(parseCode(asked.code, "recover")
      ? []
      : [{ field: "code", key: "code_shape", values: { digits: DIGITS.recover } }]),
    ...(fault ? [{ field: "newPassword", key: fault }] : []),
  ];
  if (faults.length > 0) throw new Invalid(faults);
  const { account, way } = await prove(house, asked);
  return resetPassword(house, account, { newPassword, way, now }, async (tx) => {
    if (!(await useCode(tx, requestId, now))) throw codeEnded();
  });
}

async function prove(house: House, { requestId, code, now }: Recovery) {
  const held = await findCode(house.db, requestId);
  const account = await findAccount(house.db, held?.person_id ?? NOBODY);
  try {
    await proveCode(house, { codeId: requestId, purpose: "recover", boundTo: boundToRequest(requestId), code, now });
  } catch (error) {
    const personId = account?.person_id;
    await record(house.db, { at: now, actor: anyone, action: "recovery_refused", purpose: "account", personId });
    throw error;
  }
  if (!held || !account || !isRecoverable(account)) throw codeEnded();
  return { account, way: held.channel };
}
