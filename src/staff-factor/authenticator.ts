import { randomBytes } from "node:crypto";
import { generateSecret } from "otplib";
import type { OpenedSession } from "../account/open-session.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { SPARE_CODES } from "../factor/rules.ts";
import { matchingStep, parseDigits, spareCodeFrom } from "../factor/rules-totp.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import { forgetHere, goOn, needFactorRight } from "./go-on.ts";
import { openStaffSecret, sealStaffSecret, staffSpareMarks } from "./marks.ts";
import {
  awaitStaffSecret,
  confirmStaffSecret,
  findStaffAuthenticator,
  lockStaff,
  replaceStaffSpareCodes,
} from "./store.ts";
import { tellStaff } from "./tell.ts";

/** The authenticator of a member of staff: its secret is made here, sealed, and shown only until the first right digits. */

const SECRET_BYTES = 20;

/** The secret to be taken over by the application: the one that waits already, or a new one. */
export async function beginStaffAuthenticator(house: House, staff: Staff, now: Date): Promise<string> {
  const { staffId } = staff;
  needFactorRight(staff, now);
  const fresh = sealStaffSecret(house, staffId, generateSecret({ length: SECRET_BYTES }));
  return openStaffSecret(house, staffId, await awaitStaffSecret(house.db, staffId, fresh));
}

/**
 * The first right digits switch it on, in the place of an earlier one. Answers the spare codes, shown once, and the
 * session that begins with them, where one begins.
 */
export async function switchOnStaffAuthenticator(
  house: House,
  staff: Staff,
  { code, device, now }: { code: string; device: string; now: Date },
): Promise<{ codes: string[]; opened: OpenedSession | undefined }> {
  const { staffId } = staff;
  needFactorRight(staff, now);
  const digits = parseDigits(code);
  if (!digits) throw new Invalid([{ field: "code", key: "digits_shape" }]);
  const sealed = (await findStaffAuthenticator(house.db, staffId))?.next_secret;
  if (!sealed) throw new Conflict("authenticator_exists");
  const step = matchingStep(openStaffSecret(house, staffId, sealed), digits, now);
  if (step === undefined) throw new Invalid([{ field: "code", key: "digits_wrong" }]);
  const done = await inTransaction(house.db, async (tx) => {
    await lockStaff(tx, staffId);
    if (!(await confirmStaffSecret(tx, { staffId, sealed, step, now }))) throw new Conflict("authenticator_exists");
    const codes = await drawSpareCodes(tx, house, staffId);
    await tellStaff(tx, house, { staffId, what: "authenticator_on", now });
    await record(tx, { at: now, actor: staff, action: "staff_authenticator_on", purpose: "account" });
    return { codes, opened: await goOn(tx, staff, { proof: "authenticator", device, now }) };
  });
  forgetHere(house, staff);
  return done;
}

/** Eight new ones, answered once; earlier ones end. */
async function drawSpareCodes(tx: Tx, house: House, staffId: string): Promise<string[]> {
  const codes = Array.from({ length: SPARE_CODES }, () => spareCodeFrom(randomBytes(16)));
  const marks = codes.map((code) => staffSpareMarks(house, staffId, code)[0]);
  await replaceStaffSpareCodes(tx, staffId, marks);
  return codes;
}
