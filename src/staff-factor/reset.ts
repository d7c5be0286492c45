import { forgetSessions } from "../account/session-cache.ts";
import { endSessionsOfSubject } from "../account/store-session.ts";
import { findStaffById, findStaffByUsername, officesOfStaff } from "../account/store-staff.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { officesOf, type Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Forbidden, Invalid, NotFound } from "../kernel/failures.ts";
import { parseReason } from "./rules.ts";
import { deleteStaffAuthenticator, deleteStaffPasskey, lockStaff, replaceStaffSpareCodes } from "./store.ts";
import { tellStaff } from "./tell.ts";

/**
 * A member lost the second factor: a supervisor of the same office, or the operator, takes it away. Sessions end, the
 * member is told, and the next sign-in asks for a new factor. The password stays as it is and is told to nobody, so that
 * neither of the two can sign in as the other.
 */
export async function resetStaffFactors(
  house: House,
  by: Staff | { kind: "operator" },
  asked: { staffId: string; reason: string; now: Date },
): Promise<{ name: string }> {
  const { staffId, now } = asked;
  const reason = parseReason(asked.reason);
  if (!reason) throw new Invalid([{ field: "reason", key: "reason_missing" }]);
  const member = await findStaffById(house.db, staffId);
  if (!member?.is_active) throw new NotFound("staff");
  if (by.kind === "staff") await needSameOffice(house, by, staffId, now);
  await inTransaction(house.db, async (tx) => {
    await lockStaff(tx, staffId);
    await deleteStaffAuthenticator(tx, staffId);
    await replaceStaffSpareCodes(tx, staffId, []);
    const passkeys = await deleteStaffPasskey(tx, staffId);
    await endSessionsOfSubject(tx, { staffId }, now);
    await tellStaff(tx, house, { staffId, what: "factors_removed", now });
    const object = { kind: "staff", id: staffId };
    const detail = { reason, passkeys };
    await record(tx, { at: now, actor: by, action: "staff_factors_reset", purpose: "operation", object, detail });
  });
  forgetSessions(house, { staffId });
  return { name: member.full_name };
}

/** The operator's way, by the name of signing in. */
export async function resetFactorsOf(house: House, username: string, reason: string): Promise<{ name: string }> {
  const member = await findStaffByUsername(house.db, username);
  if (!member) throw new NotFound("staff");
  const asked = { staffId: member.staff_id, reason, now: house.clock.now() };
  return resetStaffFactors(house, { kind: "operator" }, asked);
}

/** Nobody resets their own: whoever holds a stolen session could add another factor. */
async function needSameOffice(house: House, by: Staff, staffId: string, now: Date): Promise<void> {
  const mine = officesOf(by, "supervisor");
  const theirs = await officesOfStaff(house.db, staffId, dayOf(now).toString());
  if (by.staffId === staffId || !theirs.some((office) => mine.includes(office))) throw new Forbidden();
}
