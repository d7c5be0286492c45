import { refusal, takeTryOrWait, WrongLogin } from "../account/guard.ts";
import { subjectMarks } from "../account/marks.ts";
import { clearWindow } from "../account/store-window.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { anyone } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { knownSpareMarks } from "./known-spare-marks.ts";
import { openSecret } from "./marks.ts";
import { matchingStep, parseDigits, parseSpareCode } from "./rules-totp.ts";
import { findAuthenticator, useSpareCode, useStep } from "./store-totp.ts";

/**
 * Checks the six digits of a person's authenticator, or one of the spare codes: right once only. Five wrong
 * ones, then a quarter of an hour. Throws Invalid (totp_shape, totp_wrong) or TryLater("locked").
 */
export async function proveTotp(house: House, personId: string, code: string, now: Date): Promise<void> {
  const digits = parseDigits(code);
  const spare = digits ? undefined : parseSpareCode(code);
  if (!digits && !spare) throw new Invalid([{ field: "code", key: "totp_shape" }]);
  const window = { subjectMarks: subjectMarks(house, personId), device: "authenticator" };
  const triesLeft = await takeTryOrWait(house, window, now);
  const isRight = digits
    ? await isRightNow(house, personId, digits, now)
    : await useSpareCode(house.db, personId, await knownSpareMarks(house, personId, spare ?? ""), now);
  if (isRight) return clearWindow(house.db, window);
  await record(house.db, { at: now, actor: anyone, action: "second_factor_refused", purpose: "account", personId });
  const refused = refusal(triesLeft);
  if (!(refused instanceof WrongLogin)) throw refused;
  throw new Invalid([{ field: "code", key: "totp_wrong", values: { left: triesLeft } }]);
}

async function isRightNow(house: House, personId: string, digits: string, now: Date): Promise<boolean> {
  const held = await findAuthenticator(house.db, personId);
  if (!held?.confirmed_at) return false;
  const step = matchingStep(openSecret(house, personId, held.sealed_secret), digits, now);
  return step !== undefined && (await useStep(house.db, personId, step, now));
}
