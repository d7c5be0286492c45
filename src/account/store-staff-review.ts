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

/** What is held at these offices, and beyond any office by those who work there; each told with its office. */
export interface HeldAtOffice extends HeldRight {
  officeCode: string;
}

/** Every right held on that day, by name of signing in; whose name is given, or everybody's. */
export async function heldRights(db: Db | Tx, on: string, username?: string): Promise<HeldRight[]> {
  const { rows } = await sql<HeldRight>`
    select ${heldColumns} from (${rolesOn(on)} union all ${rightsBesides}) held ${ofWhomAndConfirmed}
     where ${username ?? null}::text is null or staff.username = ${username ?? null}
     order by staff.username, held."right"`.execute(db);
  return rows;
}

/** The same of one office, or of each: the roles held there, and the rights beyond a role of whoever holds one. */
export async function heldAtOffices(db: Db | Tx, on: string, office?: string): Promise<HeldAtOffice[]> {
  const { rows } = await sql<HeldAtOffice>`
    with roles as (${rolesOn(on)}), at_office as (
      select staff_id, "right", office_code, min(since) as since from roles
       where office_code is not null and (${office ?? null}::text is null or office_code = ${office ?? null})
       group by staff_id, "right", office_code)
    select ${heldColumns}, held.office_code as "officeCode"
      from (select * from at_office
            union all
            select besides.staff_id, besides."right", at_office.office_code, besides.since
              from (${rightsBesides}) besides join (select distinct staff_id, office_code from at_office) at_office
             using (staff_id)) held ${ofWhomAndConfirmed}
     order by held.office_code, staff.full_name, staff.staff_id, held."right"`.execute(db);
  return rows;
}

const rolesOn = (on: string) => sql`
  select staff_id, role || coalesce('@' || office_code, '@' || unit_code, '') as "right", office_code, valid_from as since
    from staff_role where valid_from <= ${on}::date and (valid_to is null or valid_to >= ${on}::date)`;

const rightsBesides = sql`
  select staff_id, 'right:' || name as "right", null::text as office_code,
         (given_at at time zone 'Asia/Ho_Chi_Minh')::date as since
    from staff_right where ended_at is null`;

const heldColumns = sql`
  staff.staff_id as "staffId", staff.username, staff.full_name as name, staff.is_active as "isActive",
  held."right", held.since, staff.last_seen_on as "lastSeenOn", staff.stopped_on as "stoppedOn",
  review.reviewed_at as "confirmedAt", review.reviewed_by as "confirmedBy"`;

const ofWhomAndConfirmed = sql`
  join staff on staff.staff_id = held.staff_id
  left join lateral (
    select reviewed_at, reviewed_by from staff_review
     where staff_review.staff_id = held.staff_id and held."right" = any (staff_review.rights)
     order by reviewed_at desc limit 1
  ) review on true`;

export async function insertReview(
  tx: Tx,
  { staffId, at, by, rights }: { staffId: string; at: Date; by: string; rights: readonly string[] },
): Promise<void> {
  await tx
    .insertInto("staff_review")
    .values({ staff_id: staffId, reviewed_at: at, reviewed_by: by, rights: [...rights] })
    .execute();
}
