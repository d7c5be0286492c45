import { generateSecret } from "otplib";
import { refusal, takeTryOrWait, WrongLogin } from "../account/guard.ts";
import { subjectMarks } from "../account/marks.ts";
import { resetPassword } from "../account/reset-password.ts";
import { parseLogin } from "../account/rules.ts";
import { isRecoverable } from "../account/rules-ways.ts";
import { findAccount } from "../account/store.ts";
import { clearWindow } from "../account/store-window.ts";
import { passwordFault } from "../account/strength.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { anyone } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import { findPersonByKey } from "../register/store.ts";
import { knownSpareMarks } from "./known-spare-marks.ts";
import { openSecret, sealSecret } from "./marks.ts";
import { matchingPair, parseDigits, parseSpareCode } from "./rules-totp.ts";
import { findAuthenticator, hasSpareCode, useSpareCode, useStep } from "./store-totp.ts";

export interface TotpRecovery {
  login: string;
  /** Six digits of the authenticator, or a spare code. */
  code: string;
  /** The six digits that came next; empty with a spare code. */
  nextCode: string;
  newPassword: string;
  now: Date;
}

type Typed = { first: string; second: string } | { spare: string };

const NOBODY = "0";

/**
 * Sets a new password by the authenticator: two of its codes in a row, or a spare code. A number that nobody has, an
 * account without an authenticator and wrong digits are answered alike. Five tries a number, then a quarter of an
 * hour. Throws Invalid or TryLater("locked").
 */
export async function recoverByTotp(house: House, asked: TotpRecovery): Promise<{ deviceCookie: string }> {
  const { newPassword, now } = asked;
  const login = parseLogin(asked.login);
  const typed = readTyped(asked);
  const fault = passwordFault(newPassword);
  const faults: Fault[] = [
    ...(login ? [] : [{ field: "login", key: "login_shape" }]),
    ...(fault ? [{ field: "newPassword", key: fault }] : []),
    ...(Array.isArray(typed) ? typed : []),
  ];
  if (!login || Array.isArray(typed) || faults.length > 0) throw new Invalid(faults);
  const person = await findPersonByKey(house.db, login.kind, login.number);
  const account = await findAccount(house.db, person?.personId ?? NOBODY);
  const window = { subjectMarks: subjectMarks(house, account?.person_id, login), device: "recovery" };
  const triesLeft = await takeTryOrWait(house, window, now);
  const spend = await provedBy(house, account && isRecoverable(account) ? account.person_id : NOBODY, typed, now);
  if (!account || !spend) {
    const personId = account?.person_id;
    await record(house.db, { at: now, actor: anyone, action: "recovery_refused", purpose: "account", personId });
    const refused = refusal(triesLeft);
    throw refused instanceof WrongLogin ? wrong(triesLeft) : refused;
  }
  await clearWindow(house.db, window);
  return resetPassword(house, account, { newPassword, way: "authenticator", now }, async (tx) => {
    if (!(await spend(tx))) throw wrong(triesLeft);
  });
}

const wrong = (left: number) => new Invalid([{ field: "code", key: "totp_recovery_wrong", values: { left } }]);

function readTyped({ code, nextCode }: TotpRecovery): Typed | Fault[] {
  const first = parseDigits(code);
  const spare = first ? undefined : parseSpareCode(code);
  if (spare) return { spare };
  const second = parseDigits(nextCode);
  if (first && second) return { first, second };
  return [
    ...(first ? [] : [{ field: "code", key: "totp_shape" }]),
    ...(second ? [] : [{ field: "nextCode", key: "next_shape" }]),
  ];
}

/** How to use up what was typed, or undefined when it is not right. Nobody's takes the same work. */
async function provedBy(
  house: House,
  personId: string,
  typed: Typed,
  now: Date,
): Promise<((tx: Tx) => Promise<boolean>) | undefined> {
  if ("spare" in typed) {
    const marks = await knownSpareMarks(house, personId, typed.spare);
    const isThere = await hasSpareCode(house.db, personId, marks);
    return isThere ? (tx) => useSpareCode(tx, personId, marks, now) : undefined;
  }
  const decoy = sealSecret(house, personId, generateSecret());
  const held = await findAuthenticator(house.db, personId);
  const secret = openSecret(house, personId, held?.confirmed_at ? held.sealed_secret : decoy);
  const step = matchingPair(secret, typed.first, typed.second, now);
  if (step === undefined || !held?.confirmed_at || step <= Number(held.last_step)) return undefined;
  return (tx) => useStep(tx, personId, step, now);
}
