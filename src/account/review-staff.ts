import { type AuditEntry, record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Invalid, NotFound } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { tellStaff } from "../staff-factor/tell.ts";
import { staffIdleDays, staffReviewDays, staffReviewGraceDays } from "./rules-policies.ts";
import { isDue } from "./rules-review.ts";
import { parseUsername } from "./rules-staff.ts";
import { forgetSessions } from "./session-cache.ts";
import { endSessionsOfSubject } from "./store-session.ts";
import { findStaffByUsername } from "./store-staff.ts";
import {
  countFrom,
  type HeldRight,
  heldAtOffices,
  heldRights,
  insertReview,
  stopSeenBefore,
  takeUpAgain,
} from "./store-staff-review.ts";

/** TCVN 14423:2026: accounts of staff that nobody uses are stopped; what each may do is confirmed each quarter. */

const operator = { kind: "operator" } as const;

/**
 * Stops whoever has not signed in for the days of the policy: no sign-in and no session from now on, roles stay until
 * somebody decides. Each is on record and told. Made-up staff of a demo come when it is shown, and stay.
 */
export async function stopIdleStaff(house: House): Promise<number> {
  if (house.settings.profile === "demo") return 0;
  const now = house.clock.now();
  const today = dayOf(now);
  const days = await policyOn(house.db, staffIdleDays, today);
  const stopped = await inTransaction(house.db, async (tx) => {
    await countFrom(tx, today.toString());
    const rows = await stopSeenBefore(tx, today.subtract({ days }).toString(), today.toString());
    for (const { staff_id: staffId, last_seen_on: seen } of rows) {
      await endSessionsOfSubject(tx, { staffId }, now);
      await tellStaff(tx, house, { staffId, what: "account_idle", now });
      await record(tx, {
        ...{ at: now, actor: { kind: "system" }, action: "staff_stopped_idle", purpose: "operation" },
        object: { kind: "staff", id: staffId },
        detail: { days, seen: seen ?? "" },
      });
    }
    return rows;
  });
  for (const { staff_id: staffId } of stopped) forgetSessions(house, { staffId });
  return stopped.length;
}

/** Takes an account up again that was stopped by itself: the days begin anew. Throws Conflict where it was closed. */
export async function resumeStaff(house: House, username: string, by: string): Promise<void> {
  const staff = await getStaff(house, username);
  const decidedBy = named(by);
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    if (!(await takeUpAgain(tx, staff.staff_id, dayOf(now).toString()))) throw new Conflict("not_stopped");
    await record(tx, {
      ...{ at: now, actor: operator, action: "staff_resumed", purpose: "operation" },
      object: { kind: "staff", id: staff.staff_id },
      detail: { by: decidedBy },
    });
  });
}

export interface ReviewLine extends Omit<HeldRight, "staffId" | "confirmedAt"> {
  confirmedOn: string | null;
  /** It was given, or last confirmed, longer ago than the policy allows. */
  isDue: boolean;
}

/** Who may do what since when, when they were last here, and who last confirmed it. */
export async function reviewRights(house: House): Promise<ReviewLine[]> {
  const today = dayOf(house.clock.now());
  const days = await policyOn(house.db, staffReviewDays, today);
  return (await heldRights(house.db, today.toString())).map((held) => {
    const { staffId: _id, confirmedAt, ...told } = held;
    return {
      ...told,
      confirmedOn: confirmedAt ? dayOf(confirmedAt).toString() : null,
      isDue: isDue(held, days, today),
    };
  });
}

/** At how many offices nobody confirmed in time what somebody may do there, the days of grace included. */
export async function officesLate({ db, clock }: House): Promise<number> {
  const today = dayOf(clock.now());
  const days = (await policyOn(db, staffReviewDays, today)) + (await policyOn(db, staffReviewGraceDays, today));
  const held = await heldAtOffices(db, today.toString());
  return new Set(held.filter((one) => isDue(one, days, today)).map(({ officeCode }) => officeCode)).size;
}

/** Somebody answers for it that this member still needs what is held today. Throws Invalid where nothing is. */
export async function confirmRights(house: House, username: string, by: string): Promise<{ rights: string[] }> {
  const staff = await getStaff(house, username);
  const decidedBy = named(by);
  const at = house.clock.now();
  return inTransaction(house.db, async (tx) => {
    const rights = (await heldRights(tx, dayOf(at).toString(), staff.username)).map(({ right }) => right);
    if (rights.length === 0) throw new Invalid([{ field: "username", key: "nothing_held" }]);
    await confirmHeld(tx, { staffId: staff.staff_id, rights, by: decidedBy, actor: operator, at });
    return { rights };
  });
}

export interface Confirmed {
  staffId: string;
  /** As heldRights names them. */
  rights: readonly string[];
  /** Who answers for it: document or person. */
  by: string;
  actor: AuditEntry["actor"];
  at: Date;
}

/** Writes down that these rights are still needed, and who answers for it. */
export async function confirmHeld(tx: Tx, { staffId, rights, by, actor, at }: Confirmed): Promise<void> {
  await insertReview(tx, { staffId, at, by, rights });
  await record(tx, {
    ...{ at, actor, action: "staff_rights_confirmed", purpose: "operation" },
    object: { kind: "staff", id: staffId },
    detail: { by, rights: [...rights] },
  });
}

async function getStaff(house: House, username: string) {
  const staff = await findStaffByUsername(house.db, parseUsername(username) ?? "");
  if (!staff) throw new NotFound("staff");
  return staff;
}

function named(by: string): string {
  const name = by.trim();
  if (!name) throw new Invalid([{ field: "by", key: "by_missing" }]);
  return name;
}
