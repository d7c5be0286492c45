import { timingSafeEqual } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { anyone } from "../kernel/actor.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { contactsOf } from "../register/store.ts";
import { codeMark } from "./marks.ts";
import { chosenPassword, faultOfNext, tellChanged } from "./new-password.ts";
import { parseCode } from "./rules.ts";
import { forgetSessions } from "./session-cache.ts";
import { type AccountRow, clearWindows, findAccount, replacePassword } from "./store.ts";
import { closeRecoveries, giveTryBack, takeCodeTry, useRecovery } from "./store-recovery.ts";
import { endSessionsOfSubject } from "./store-session.ts";
import { passwordFault } from "./strength.ts";

export interface Recovery {
  requestId: string;
  code: string;
  newPassword: string;
  lang: Lang;
  now: Date;
}

/**
 * Sets a new password with the code of a request. A request that never was, has ended, was used or
 * belongs to nobody is answered alike; of several uses at the same moment exactly one succeeds.
 */
export async function recover(house: House, asked: Recovery): Promise<void> {
  const { requestId, newPassword, now } = asked;
  const code = parseCode(asked.code);
  const fault = passwordFault(newPassword);
  const faults = [
    ...(code ? [] : [{ field: "code", key: "code_shape" }]),
    ...(fault ? [{ field: "newPassword", key: fault }] : []),
  ];
  if (!code || faults.length > 0) throw new Invalid(faults);
  const { account, mark } = await proveCode(house, requestId, code, now);
  const ownFault = await faultOfNext(house.db, account, newPassword);
  if (ownFault) {
    await giveTryBack(house.db, requestId);
    throw new Invalid([{ field: "newPassword", key: ownFault }]);
  }
  await save(house, account, mark, asked);
  forgetSessions(house, { personId: account.person_id });
}

async function proveCode(house: House, requestId: string, code: string, now: Date) {
  const request = await takeCodeTry(house.db, requestId, now);
  if (!request) throw ended();
  const isRight = timingSafeEqual(request.code_mark, codeMark(house, requestId, code));
  const account = await findAccount(house.db, request.person_id ?? "0");
  if (isRight && account && account.password_kind !== "none") return { account, mark: request.subject_mark };
  const personId = request.person_id ?? undefined;
  await record(house.db, { at: now, actor: anyone, action: "recovery_refused", purpose: "account", personId });
  if (request.tries_left === 0) throw ended();
  throw new Invalid([{ field: "code", key: "code_wrong", values: { left: request.tries_left } }]);
}

const ended = () => new Invalid([{ field: "code", key: "code_ended" }]);

async function save(house: House, account: AccountRow, mark: Buffer, asked: Recovery): Promise<void> {
  const { requestId, newPassword, lang, now } = asked;
  const personId = account.person_id;
  const next = await chosenPassword(newPassword, now);
  await inTransaction(house.db, async (tx) => {
    if (!(await useRecovery(tx, requestId, now))) throw ended();
    if (!(await replacePassword(tx, account, next, now))) throw new Conflict("password_changed_meanwhile");
    await closeRecoveries(tx, mark, now);
    await clearWindows(tx, mark);
    await endSessionsOfSubject(tx, { personId }, now);
    await tellChanged(tx, house, { personId, lang, contacts: await contactsOf(tx, personId), now });
    await record(tx, { at: now, actor: anyone, action: "password_recovered", purpose: "account", personId });
  });
}
