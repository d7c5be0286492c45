import { type AuditEntry, record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff, StaffRole } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Invalid, NotFound } from "../kernel/failures.ts";
import { tidyName } from "../kernel/names.ts";
import { parseEmail } from "../kernel/numbers.ts";
import { getOffice } from "../units/store.ts";
import { hashSecret } from "./hash-lane.ts";
import { staffMarks } from "./marks.ts";
import { drawAccepted } from "./new-password.ts";
import { secretOf } from "./rules-password.ts";
import { parseUsername, type RoleAsked, roleFaults } from "./rules-staff.ts";
import { forgetSessions } from "./session-cache.ts";
import { endSessionsOfSubject } from "./store-session.ts";
import {
  deactivateStaff,
  endRoles,
  findStaffByUsername,
  insertRole,
  insertStaff,
  issueStaffPassword,
  type RolesAt,
} from "./store-staff.ts";
import { clearWindows } from "./store-window.ts";
import { passwordFault } from "./strength.ts";

/** Accounts of staff: made, changed and ended by the operator of the system, or made by an invitation to a unit. */

const operator = { kind: "operator" } as const;

export interface NewMember extends RoleAsked {
  username: string;
  name: string;
  /** Where a person chose it; else one is made, which opens the page for one of their own. */
  password?: string | undefined;
  /** Where the member is told of changes to the sign-in. */
  email?: string | undefined;
}

/** Who answers for a new account, and what is written in the same transaction once it has its id. */
export interface Adding {
  actor?: AuditEntry["actor"];
  alongside?(tx: Tx, staffId: string): Promise<void>;
}

/** Adds a member of staff with a first role. The password is answered once and kept nowhere. */
export async function addStaff(
  house: House,
  member: NewMember,
  { actor = operator, alongside }: Adding = {},
): Promise<{ username: string; password: string }> {
  const now = house.clock.now();
  const today = dayOf(now).toString();
  const username = parseUsername(member.username);
  const name = tidyName(member.name);
  const email = member.email === undefined ? undefined : parseEmail(member.email);
  const chosenFault = member.password === undefined ? undefined : passwordFault(member.password);
  const faults = [
    ...(username ? [] : [{ field: "username", key: "username_shape" }]),
    ...(name ? [] : [{ field: "name", key: "name_missing" }]),
    ...(chosenFault ? [{ field: "password", key: chosenFault }] : []),
    ...(member.email === undefined || email ? [] : [{ field: "email", key: "email_shape" }]),
    ...roleFaults(member),
  ];
  if (!username || faults.length > 0) throw new Invalid(faults);
  const password = member.password ?? drawAccepted();
  const hash = await hashSecret(secretOf(password));
  await inTransaction(house.db, async (tx) => {
    const kind = member.password === undefined ? ("issued" as const) : ("chosen" as const);
    const owned = { password_hash: hash, password_kind: kind, password_set_on: today };
    const row = { username, full_name: name, email: email ?? null, ...owned };
    const staffId = await insertStaff(tx, row);
    if (!staffId) throw new Conflict("username_taken");
    await writeRole(tx, staffId, member, now);
    await note(tx, "staff_added", staffId, now, { role: member.role }, actor);
    await alongside?.(tx, staffId);
  });
  return { username, password };
}

/** Gives a role from today on, or ends it at once: at the office or unit that is named, else wherever it is held. */
export async function changeRole(
  house: House,
  username: string,
  asked: RoleAsked & { isEnding: boolean },
): Promise<void> {
  const now = house.clock.now();
  const staff = await getStaff(house, username);
  const faults = asked.isEnding ? roleFaults({ ...asked, office: "-" }) : roleFaults(asked);
  if (faults.length > 0) throw new Invalid(faults);
  if (!asked.isEnding && !staff.is_active) throw new Conflict("staff_not_active");
  await inTransaction(house.db, async (tx) => {
    if (asked.isEnding) {
      const { role, office, unit } = asked;
      const held = { staffId: staff.staff_id, role, ...(office ? { office } : {}), ...(unit ? { unit } : {}) };
      if ((await endRole(tx, held, operator, now)) === 0) throw new NotFound("held");
      return;
    }
    await writeRole(tx, staff.staff_id, asked, now);
    await note(tx, "staff_role_given", staff.staff_id, now, { role: asked.role });
  });
  forgetSessions(house, { staffId: staff.staff_id });
}

/** A member of staff takes on a unit beside what they do already; `alongside` writes in the same transaction. */
export async function takeOnUnit(
  house: House,
  by: Staff,
  { role, unit }: { role: StaffRole; unit: string },
  alongside: (tx: Tx) => Promise<void>,
): Promise<void> {
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    await writeRole(tx, by.staffId, { role, unit }, now);
    await note(tx, "staff_role_given", by.staffId, now, { role, unit }, by);
    await alongside(tx);
  });
  forgetSessions(house, { staffId: by.staffId });
}

/** A new password in the place of a forgotten one, until the member chooses their own: open sessions end. */
export async function renewStaffPassword(house: House, username: string): Promise<{ password: string }> {
  const now = house.clock.now();
  const staff = await getStaff(house, username);
  if (!staff.is_active) throw new Conflict("staff_not_active");
  const password = drawAccepted();
  const hash = await hashSecret(password);
  await inTransaction(house.db, async (tx) => {
    await issueStaffPassword(tx, staff, hash, now, dayOf(now).toString());
    await endSessionsOfSubject(tx, { staffId: staff.staff_id }, now);
    await clearWindows(tx, staffMarks(house, staff.username));
    await note(tx, "staff_password_renewed", staff.staff_id, now, {});
  });
  forgetSessions(house, { staffId: staff.staff_id });
  return { password };
}

/** Someone leaves: no sign-in and no session from now on; what they did stays in the record. */
export async function removeStaff(house: House, username: string): Promise<void> {
  const now = house.clock.now();
  const staff = await getStaff(house, username);
  await inTransaction(house.db, async (tx) => {
    await deactivateStaff(tx, staff.staff_id);
    await endRoles(tx, staff.staff_id, yesterday(now));
    await endSessionsOfSubject(tx, { staffId: staff.staff_id }, now);
    await note(tx, "staff_removed", staff.staff_id, now, {});
  });
  forgetSessions(house, { staffId: staff.staff_id });
}

/** Ends one role at one unit: whoever holds nothing else is let in nowhere from this moment on. */
export async function endUnitRole(
  house: House,
  by: Staff,
  held: { staffId: string; role: StaffRole; unit: string },
): Promise<void> {
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    if ((await endRole(tx, held, by, now)) === 0) throw new NotFound("staff");
  });
  forgetSessions(house, { staffId: held.staffId });
}

/**
 * Ends a role from now on, where it is named at one unit or office and else wherever it is held, and writes down by whom.
 * Answers how many were. The caller forgets the member's sessions once it is committed.
 */
export async function endRole(
  tx: Tx,
  { staffId, ...which }: RolesAt & { staffId: string; role: string },
  by: AuditEntry["actor"],
  now: Date,
): Promise<number> {
  const ended = await endRoles(tx, staffId, yesterday(now), which);
  await note(tx, "staff_role_ended", staffId, now, { ...which }, by);
  return ended;
}

/** A role that ends now was held through yesterday. */
function yesterday(now: Date): string {
  return dayOf(now).subtract({ days: 1 }).toString();
}

async function getStaff(house: House, username: string) {
  const staff = await findStaffByUsername(house.db, parseUsername(username) ?? "");
  if (!staff) throw new NotFound("staff");
  return staff;
}

async function writeRole(tx: Tx, staffId: string, asked: RoleAsked, now: Date): Promise<void> {
  if (asked.office && !(await getOffice(tx, asked.office))) {
    throw new Invalid([{ field: "office", key: "office_unknown" }]);
  }
  await insertRole(tx, {
    staff_id: staffId,
    role: asked.role,
    office_code: asked.office ?? null,
    unit_code: asked.unit ?? null,
    valid_from: dayOf(now).toString(),
  });
}

async function note(
  tx: Tx,
  action: string,
  staffId: string,
  at: Date,
  detail: Record<string, string>,
  actor: AuditEntry["actor"] = operator,
): Promise<void> {
  const object = { kind: "staff", id: staffId };
  await record(tx, { at, actor, action, purpose: "operation", object, detail });
}
