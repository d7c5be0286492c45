import { randomInt, randomUUID } from "node:crypto";
import { endUnitRole } from "../account/staff.ts";
import { staffOfUnits } from "../account/store-staff.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf, formatInstant } from "../kernel/calendar.ts";
import { Conflict, Forbidden, Invalid, NotAllowed, NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { enqueue } from "../notices/enqueue.ts";
import { policyOn } from "../policy/store.ts";
import { lookAtUnit } from "./look.ts";
import { isOn, type Unit } from "./rules.ts";
import { invitationDays, makeInvitationCode, parseInvited, SENT_AT_MOST, stateOf } from "./rules-invitation.ts";
import {
  findOpenInvitation,
  type Invitation,
  insertInvitation,
  lockInvitation,
  renewInvitation,
  withdrawRow,
} from "./store-invitation.ts";

/**
 * A named person is invited to coordinate a unit: by the office that serves it, or by a coordinator of a unit above.
 * The code is sent once, kept as a mark, and opens one account.
 */
export const codeMarks = ({ vault }: Pick<House, "vault">, code: string) => vault.marks("drive.invitation", code);

const SENT_WITHIN_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

export async function invite(
  house: House,
  staff: Staff,
  unitCode: string,
  form: { name?: string; phone?: string; email?: string },
): Promise<Invitation> {
  const now = house.clock.now();
  const parsed = parseInvited(form);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  const { name, phone, email } = parsed.value;
  return inTransaction(house.db, async (tx) => {
    const unit = await unitToInviteTo(tx, staff, unitCode, now);
    const open = await findOpenInvitation(tx, unitCode, { phone, email });
    if (open && stateOf(open, now) === "waiting") throw new Conflict("invited_already");
    if (open) await withdrawRow(tx, open.id, staff.staffId, now);
    const { code, mark, endsAt } = await drawCode(house, tx, now);
    const id = randomUUID();
    const row = { id, unitCode, name, phone, email, invitedBy: staff.staffId, invitedAt: now, endsAt, codeMark: mark };
    await insertInvitation(tx, row);
    const invitation = await lockInvitation(tx, unitCode, id);
    await send(house, tx, { unit, invitation, code, now });
    await note(tx, staff, unit, invitation, "drive.invited", now);
    return invitation;
  });
}

/** Another code takes the place of the one before; the days begin anew. */
export async function resendInvitation(house: House, staff: Staff, unitCode: string, id: string): Promise<void> {
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const { unit, invitation } = await openInvitation(tx, staff, unitCode, id, now);
    if (invitation.sentNo >= SENT_AT_MOST) throw new NotAllowed("sent_often", ["withdraw"], "invitation_sent_often");
    const { code, mark, endsAt } = await drawCode(house, tx, now);
    await renewInvitation(tx, id, mark, endsAt);
    const renewed = await lockInvitation(tx, unitCode, id);
    await send(house, tx, { unit, invitation: renewed, code, now });
    await note(tx, staff, unit, renewed, "drive.invited_again", now);
  });
}

export async function withdrawInvitation(house: House, staff: Staff, unitCode: string, id: string): Promise<void> {
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const { unit, invitation } = await openInvitation(tx, staff, unitCode, id, now);
    await withdrawRow(tx, id, staff.staffId, now);
    await note(tx, staff, unit, invitation, "drive.invitation_withdrawn", now);
  });
}

/** From now on this person coordinates the unit no more; what they did stays in the record. Answers their name. */
export async function endCoordinator(house: House, staff: Staff, unitCode: string, staffId: string): Promise<string> {
  const { rights } = await lookAtUnit(house.db, staff, unitCode, house.clock.now());
  if (!rights.invites) throw new Forbidden();
  const held = await staffOfUnits(house.db, [unitCode], dayOf(house.clock.now()).toString());
  const coordinator = held.find((one) => one.staff_id === staffId && one.role === "coordinator");
  if (!coordinator) throw new NotFound("staff");
  await endUnitRole(house, staff, { staffId, role: "coordinator", unit: unitCode });
  return coordinator.full_name;
}

async function unitToInviteTo(tx: Tx, staff: Staff, unitCode: string, now: Date): Promise<Unit> {
  const { unit, rights } = await lookAtUnit(tx, staff, unitCode, now);
  if (!rights.invites) throw new Forbidden();
  if (!isOn(unit, dayOf(now).toString())) throw new Invalid([{ field: "name", key: "unit_over" }]);
  return unit;
}

async function openInvitation(tx: Tx, staff: Staff, unitCode: string, id: string, now: Date) {
  const unit = await unitToInviteTo(tx, staff, unitCode, now);
  if (!isUuid(id)) throw new NotFound("invitation");
  const invitation = await lockInvitation(tx, unitCode, id);
  const state = stateOf(invitation, now);
  if (state === "accepted" || state === "withdrawn") throw new NotAllowed(state, [], "invitation_ended");
  return { unit, invitation };
}

async function drawCode(house: House, tx: Tx, now: Date): Promise<{ code: string; mark: Buffer; endsAt: Date }> {
  const code = makeInvitationCode((below) => randomInt(below));
  const days = await policyOn(tx, invitationDays, dayOf(now));
  return { code, mark: codeMarks(house, code)[0], endsAt: new Date(now.getTime() + days * DAY_MS) };
}

interface Sending {
  unit: Unit;
  invitation: Invitation;
  code: string;
  now: Date;
}

async function send(house: House, tx: Tx, { unit, invitation, code, now }: Sending): Promise<void> {
  await enqueue(tx, house.vault, {
    dedupeKey: `invitation:${invitation.id}:${invitation.sentNo}`,
    class: "code",
    template: "unit_invitation",
    lang: "vi",
    phone: invitation.phone ?? undefined,
    email: invitation.email ?? undefined,
    fields: { unit: unit.name, until: formatInstant(invitation.endsAt) },
    secrets: { invite: code },
    dueAt: new Date(now.getTime() + SENT_WITHIN_MS),
    now,
    officeCode: unit.officeCode,
  });
}

async function note(tx: Tx, staff: Staff, unit: Unit, { id }: Invitation, action: string, at: Date): Promise<void> {
  await record(tx, {
    ...{ at, actor: staff, action, purpose: "rollout", officeCode: unit.officeCode },
    ...{ object: { kind: "drive_invitation", id }, detail: { unit: unit.code } },
  });
}
