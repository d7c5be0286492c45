import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Forbidden, Invalid, NotSignedIn } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { refusal, takeTryOrWait, WrongLogin } from "./guard.ts";
import { hashSecret, isSecret } from "./hash-lane.ts";
import { staffMarks } from "./marks.ts";
import { isLikeOld, secretOf } from "./rules-password.ts";
import { passwordsRemembered } from "./rules-policies.ts";
import { forgetSessions } from "./session-cache.ts";
import { endSessionsOfSubject } from "./store-session.ts";
import { chooseStaffPassword, earlierStaffPasswords, findStaffById, type MemberRow } from "./store-staff.ts";
import { clearWindow } from "./store-window.ts";
import { passwordFault } from "./strength.ts";

/**
 * A member of staff puts a password of their own in the place of the operator's, of an outlived one, or whenever they
 * like, by the rules that hold for people (decision 8). This session goes on, all others end. Throws Invalid.
 */
export async function changeStaffPassword(
  house: House,
  staff: Staff,
  change: { currentPassword: string; newPassword: string; now: Date },
): Promise<void> {
  const { now, newPassword } = change;
  const { staffId } = staff;
  if (staff.owes && staff.owes !== "password") throw new Forbidden("must_settle");
  const member = await findStaffById(house.db, staffId);
  if (!member?.is_active) throw new NotSignedIn();
  await checkCurrent(house, staff, member, change);
  const fault = await faultOf(house, member, change);
  if (fault) throw new Invalid([{ field: "newPassword", key: fault }]);
  const hash = await hashSecret(secretOf(newPassword));
  await inTransaction(house.db, async (tx) => {
    const isDone = await chooseStaffPassword(tx, member, hash, now, dayOf(now).toString());
    if (!isDone) throw new Conflict("password_changed_meanwhile");
    await endSessionsOfSubject(tx, { staffId }, now, Buffer.from(staff.sessionId, "hex"));
    await record(tx, { at: now, actor: staff, action: "staff_password_changed", purpose: "account" });
  });
  forgetSessions(house, { staffId });
}

async function faultOf(
  house: House,
  member: MemberRow,
  { currentPassword, newPassword, now }: { currentPassword: string; newPassword: string; now: Date },
): Promise<string | undefined> {
  const own = { fullName: member.full_name, birthOn: "", numbers: [member.username] };
  const fault = passwordFault(newPassword, own);
  if (fault) return fault;
  if (isLikeOld(currentPassword, newPassword)) return "password_like_old";
  const remembered = await policyOn(house.db, passwordsRemembered, dayOf(now));
  for (const hash of await earlierStaffPasswords(house.db, member.staff_id, remembered)) {
    if (await isSecret(hash, secretOf(newPassword), true)) return "password_used_before";
  }
  return undefined;
}

/** A stolen session may not guess at leisure: five wrong ones, then a quarter of an hour. */
async function checkCurrent(
  house: House,
  staff: Staff,
  member: MemberRow,
  { currentPassword, now }: { currentPassword: string; now: Date },
): Promise<void> {
  const window = { subjectMarks: staffMarks(house, member.username), device: `session:${staff.sessionId}` };
  const triesLeft = await takeTryOrWait(house, window, now);
  if (await isSecret(member.password_hash, secretOf(currentPassword), true)) return clearWindow(house.db, window);
  const refused = refusal(triesLeft);
  if (!(refused instanceof WrongLogin)) throw refused;
  throw new Invalid([{ field: "currentPassword", key: "current_wrong", values: { left: triesLeft } }]);
}
