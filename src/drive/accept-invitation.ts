import { parseUsername } from "../account/rules-staff.ts";
import { addStaff, takeOnUnit } from "../account/staff.ts";
import { passwordFault } from "../account/strength.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { anyone, type Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import { codeMarks } from "./invite.ts";
import { isOn, type Unit } from "./rules.ts";
import { parseInvitationCode } from "./rules-invitation.ts";
import { findUnit } from "./store.ts";
import { acceptRow, findByMark, type Invitation } from "./store-invitation.ts";

const wrongCode = () => new Invalid([{ field: "code", key: "code_wrong" }]);

/** What a code opens. One that is wrong, used, withdrawn or over is answered the same. */
export async function readInvitation(house: House, typed: string): Promise<{ invitation: Invitation; unit: Unit }> {
  const now = house.clock.now();
  if (!typed.trim()) throw new Invalid([{ field: "code", key: "code_missing" }]);
  const code = parseInvitationCode(typed);
  const invitation = code && (await findByMark(house.db, codeMarks(house, code), now));
  const unit = invitation && (await findUnit(house.db, invitation.unitCode));
  if (!unit || !isOn(unit, dayOf(now).toString())) throw wrongCode();
  return { invitation, unit };
}

/** The person chooses name and password, and coordinates that one unit from now on. The code is used up. */
export async function acceptInvitation(
  house: House,
  asked: { code: string; username: string; password: string },
): Promise<{ username: string }> {
  const now = house.clock.now();
  const { invitation, unit } = await readInvitation(house, asked.code);
  const { username, password } = asked;
  const weak = passwordFault(password, { fullName: invitation.name, birthOn: "", numbers: [invitation.phone ?? ""] });
  const faults = [
    ...(parseUsername(username) ? [] : [{ field: "username", key: "username_shape" }]),
    ...(weak ? [{ field: "password", key: weak }] : []),
  ];
  if (faults.length > 0) throw new Invalid(faults);
  const marks = codeMarks(house, parseInvitationCode(asked.code) ?? "");
  const member = { username, name: invitation.name, role: "coordinator", unit: unit.code, password };
  try {
    const added = await addStaff(house, member, {
      actor: anyone,
      alongside: (tx, staffId) => useUp(tx, { invitation, unit, marks, staffId, actor: anyone, now }),
    });
    return { username: added.username };
  } catch (error) {
    if (!(error instanceof Conflict) || error.code !== "username_taken") throw error;
    throw new Invalid([{ field: "username", key: "username_taken" }]);
  }
}

/**
 * Whoever is staff already keeps the user name and coordinates that unit beside the rest. Nobody invites themselves:
 * the names of a unit's people are opened by somebody else.
 */
export async function acceptAsStaff(house: House, staff: Staff, typed: string): Promise<void> {
  const now = house.clock.now();
  const { invitation, unit } = await readInvitation(house, typed);
  if (invitation.invitedBy === staff.staffId) throw new Invalid([{ field: "code", key: "invited_self" }]);
  const marks = codeMarks(house, parseInvitationCode(typed) ?? "");
  const { staffId } = staff;
  await takeOnUnit(house, staff, { role: "coordinator", unit: unit.code }, (tx) =>
    useUp(tx, { invitation, unit, marks, staffId, actor: staff, now }),
  );
}

interface Used {
  invitation: Invitation;
  unit: Unit;
  marks: readonly Buffer[];
  staffId: string;
  actor: typeof anyone | Staff;
  now: Date;
}

/** The code is used up, whoever else used it in the meantime. */
async function useUp(tx: Tx, { invitation, unit, marks, staffId, actor, now }: Used): Promise<void> {
  if (!(await acceptRow(tx, invitation.id, marks, staffId, now))) throw wrongCode();
  await record(tx, {
    ...{ at: now, actor, action: "drive.invitation_accepted", purpose: "rollout" },
    ...{ object: { kind: "drive_invitation", id: invitation.id }, officeCode: unit.officeCode },
    detail: { unit: unit.code, staff: staffId },
  });
}
