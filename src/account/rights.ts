/**
 * Rights beyond a role, given to one member of staff by name: health data need one, HIV data one more (NĐ 356/2025
 * art. 4); what rejected rows of tables say of persons needs another.
 */
import { type AuditEntry, record } from "../audit/record.ts";
import type { Db, House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { Conflict, Invalid, NotFound } from "../kernel/failures.ts";
import { endRight, findRight, insertRight } from "./store-rights.ts";
import { findStaffByUsername } from "./store-staff.ts";

const staffRights = ["claims", "hiv", "rows"] as const;
export type StaffRight = (typeof staffRights)[number];

const operator = { kind: "operator" } as const;

/** Asked at every look: a right that ended a moment ago opens nothing. */
export async function holdsRight(db: Db, staffId: string, right: StaffRight): Promise<boolean> {
  return (await findRight(db, staffId, right)) !== undefined;
}

export interface RightAsked {
  username: string;
  right: string;
  /** Whose decision: document or person. */
  by?: string | undefined;
  isEnding: boolean;
}

export async function changeRight(house: House, { username, right, by, isEnding }: RightAsked): Promise<void> {
  const known = staffRights.find((one) => one === right);
  const faults = [
    ...(known ? [] : [{ field: "right", key: "right_unknown" }]),
    ...(isEnding || by?.trim() ? [] : [{ field: "by", key: "by_missing" }]),
  ];
  if (!known || faults.length > 0) throw new Invalid(faults);
  const at = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const staff = await findStaffByUsername(tx, username);
    if (!staff) throw new NotFound("staff");
    const held = { staffId: staff.staff_id, right: known };
    if (isEnding) {
      if (!(await endStaffRight(tx, held, operator, at))) throw new NotFound("held");
      return;
    }
    if (!staff.is_active) throw new Conflict("staff_not_active");
    await insertRight(tx, { ...held, at, by: by?.trim() ?? "" });
    await note(tx, "staff_right_given", held, operator, at);
  });
}

interface Held {
  staffId: string;
  right: string;
}

/** Ends a right from now on, and writes down by whom; false when it was not held. */
export async function endStaffRight(tx: Tx, held: Held, by: AuditEntry["actor"], at: Date): Promise<boolean> {
  const isEnded = await endRight(tx, held.staffId, held.right, at);
  await note(tx, "staff_right_ended", held, by, at);
  return isEnded;
}

async function note(tx: Tx, action: string, { staffId, right }: Held, actor: AuditEntry["actor"], at: Date) {
  const object = { kind: "staff", id: staffId };
  await record(tx, { at, actor, action, purpose: "operation", object, detail: { right } });
}
