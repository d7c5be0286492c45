import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";

/** When members of staff were last here, and who confirmed what they may do. */

export async function noteStaffSeen(tx: Tx, staffId: string, on: string): Promise<void> {
  await tx.updateTable("staff").set({ last_seen_on: on }).where("staff_id", "=", staffId).execute();
}

/** Whoever has not been counted yet is counted from this day on. */
export async function countFrom(tx: Tx, on: string): Promise<void> {
  await tx
    .updateTable("staff")
    .set({ last_seen_on: on })
    .where("is_active", "=", true)
    .where("last_seen_on", "is", null)
    .execute();
}

/** Stops everybody at work who was last seen before this day; answers whom. */
export async function stopSeenBefore(tx: Tx, before: string, on: string) {
  return tx
    .updateTable("staff")
    .set({ is_active: false, stopped_on: on })
    .where("is_active", "=", true)
    .where("last_seen_on", "<", before)
    .returning(["staff_id", "last_seen_on"])
    .execute();
}

/** False when the account was not stopped by itself: one that was closed stays closed. */
export async function takeUpAgain(tx: Tx, staffId: string, on: string): Promise<boolean> {
  const done = await tx
    .updateTable("staff")
    .set({ is_active: true, stopped_on: null, last_seen_on: on })
    .where("staff_id", "=", staffId)
    .where("is_active", "=", false)
    .where("stopped_on", "is not", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export interface HeldRight {
  staffId: string;
  username: string;
  name: string;
  isActive: boolean;
  /** role@office, role@unit, role, right:name */
  right: string;
  /** ISO days. */
  since: string;
  lastSeenOn: string | null;
  stoppedOn: string | null;
  /** The newest confirmation that named this very right. */
  confirmedAt: Date | null;
  confirmedBy: string | null;
}

/** Every right held on that day, by name of signing in; whose name is given, or everybody's. */
export async function heldRights(db: Db | Tx, on: string, username?: string): Promise<HeldRight[]> {
  const { rows } = await sql<HeldRight>`
    select staff.staff_id as "staffId", staff.username, staff.full_name as name, staff.is_active as "isActive",
           held."right", held.since, staff.last_seen_on as "lastSeenOn", staff.stopped_on as "stoppedOn",
           review.reviewed_at as "confirmedAt", review.reviewed_by as "confirmedBy"
      from staff
      join (
        select staff_id, role || coalesce('@' || office_code, '@' || unit_code, '') as "right", valid_from as since
          from staff_role where valid_from <= ${on}::date and (valid_to is null or valid_to >= ${on}::date)
        union all
        select staff_id, 'right:' || name, (given_at at time zone 'Asia/Ho_Chi_Minh')::date
          from staff_right where ended_at is null
      ) held using (staff_id)
      left join lateral (
        select reviewed_at, reviewed_by from staff_review
         where staff_review.staff_id = staff.staff_id and held."right" = any (staff_review.rights)
         order by reviewed_at desc limit 1
      ) review on true
     where ${username ?? null}::text is null or staff.username = ${username ?? null}
     order by staff.username, held."right"`.execute(db);
  return rows;
}

export async function insertReview(
  tx: Tx,
  { staffId, at, by, rights }: { staffId: string; at: Date; by: string; rights: readonly string[] },
): Promise<void> {
  await tx
    .insertInto("staff_review")
    .values({ staff_id: staffId, reviewed_at: at, reviewed_by: by, rights: [...rights] })
    .execute();
}
