import { parseUsername } from "../account/rules-staff.ts";
import { addStaff } from "../account/staff.ts";
import { passwordFault } from "../account/strength.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { anyone } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import { codeMark } from "./invite.ts";
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
  const invitation = code && (await findByMark(house.db, codeMark(house, code), now));
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
  const mark = codeMark(house, parseInvitationCode(asked.code) ?? "");
  const member = { username, name: invitation.name, role: "coordinator", unit: unit.code, password };
  try {
    const added = await addStaff(house, member, {
      actor: anyone,
      async alongside(tx, staffId) {
        if (!(await acceptRow(tx, invitation.id, mark, staffId, now))) throw wrongCode();
        await record(tx, {
          ...{ at: now, actor: anyone, action: "drive.invitation_accepted", purpose: "rollout" },
          ...{ object: { kind: "drive_invitation", id: invitation.id }, officeCode: unit.officeCode },
          detail: { unit: unit.code, staff: staffId },
        });
      },
    });
    return { username: added.username };
  } catch (error) {
    if (!(error instanceof Conflict) || error.code !== "username_taken") throw error;
    throw new Invalid([{ field: "username", key: "username_taken" }]);
  }
}
