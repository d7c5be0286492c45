import { refusal, takeTryOrWait, WrongLogin } from "../account/guard.ts";
import { clearWindow } from "../account/store-window.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { matchingStep, parseDigits, parseSpareCode } from "../factor/rules-totp.ts";
import { anyone } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { openStaffSecret, staffSpareMarks } from "./marks.ts";
import { findStaffAuthenticator, useStaffSpareCode, useStaffStep } from "./store.ts";

/**
 * Checks the six digits of a member's authenticator, or one of the spare codes: right once only. Five wrong ones, then
 * a quarter of an hour. Throws Invalid (totp_shape, totp_wrong) or TryLater("locked").
 */
export async function proveStaffCode(house: House, staffId: string, code: string, now: Date): Promise<void> {
  const digits = parseDigits(code);
  const spare = digits ? undefined : parseSpareCode(code);
  if (!digits && !spare) throw new Invalid([{ field: "code", key: "totp_shape" }]);
  const window = { subjectMarks: house.vault.everyMark("sign-in-subject", `staff-factor:${staffId}`), device: "" };
  const triesLeft = await takeTryOrWait(house, window, now);
  const isRight = digits
    ? await isRightNow(house, staffId, digits, now)
    : await useStaffSpareCode(house.db, staffId, staffSpareMarks(house, staffId, spare ?? ""), now);
  if (isRight) return clearWindow(house.db, window);
  const object = { kind: "staff", id: staffId };
  await record(house.db, {
    at: now,
    actor: anyone,
    action: "staff_second_factor_refused",
    purpose: "account",
    object,
  });
  const refused = refusal(triesLeft);
  if (!(refused instanceof WrongLogin)) throw refused;
  throw new Invalid([{ field: "code", key: "totp_wrong", values: { left: triesLeft } }]);
}

async function isRightNow(house: House, staffId: string, digits: string, now: Date): Promise<boolean> {
  const held = await findStaffAuthenticator(house.db, staffId);
  if (!held?.sealed_secret) return false;
  const step = matchingStep(openStaffSecret(house, staffId, held.sealed_secret), digits, now);
  return step !== undefined && (await useStaffStep(house.db, staffId, step, now));
}
