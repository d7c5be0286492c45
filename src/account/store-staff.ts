import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";

/** Members of staff and their roles. */

export async function findStaffByUsername(db: Db | Tx, username: string) {
  return db
    .selectFrom("staff")
    .select(["staff_id", "username", "full_name", "password_hash", "is_active"])
    .where("username", "=", username)
    .executeTakeFirst();
}

export interface NewStaff {
  username: string;
  full_name: string;
  password_hash: string;
  password_set_on: string;
}

/** The new id, or undefined when the name is taken. */
export async function insertStaff(tx: Tx, staff: NewStaff): Promise<string | undefined> {
  const row = await tx
    .insertInto("staff")
    .values(staff)
    .onConflict((conflict) => conflict.column("username").doNothing())
    .returning("staff_id")
    .executeTakeFirst();
  return row?.staff_id;
}

export interface NewRole {
  staff_id: string;
  role: string;
  office_code: string | null;
  unit_code: string | null;
  valid_from: string;
}

/** Gives a role from that day on; one that is held already stays as it is, one ended that day is held again. */
export async function insertRole(tx: Tx, role: NewRole): Promise<void> {
  const { staff_id, role: name, office_code, unit_code, valid_from } = role;
  await sql`
    insert into staff_role (staff_id, role, office_code, unit_code, valid_from)
    select ${staff_id}::bigint, ${name}, ${office_code}::text, ${unit_code}::text, ${valid_from}::date
    where not exists (
      select from staff_role held
      where held.staff_id = ${staff_id} and held.role = ${name} and held.valid_to is null
        and held.office_code is not distinct from ${office_code}
        and held.unit_code is not distinct from ${unit_code})
    on conflict (staff_id, role, coalesce(office_code, ''), coalesce(unit_code, ''), valid_from)
    do update set valid_to = null`.execute(tx);
}

/** Ends roles so that `lastDay` is the last on which they are held; how many that were. */
export async function endRoles(
  tx: Tx,
  staffId: string,
  lastDay: string,
  role?: string,
  unitCode?: string,
): Promise<number> {
  let ending = tx
    .updateTable("staff_role")
    .set({ valid_to: lastDay })
    .where("staff_id", "=", staffId)
    .where((where) => where.or([where("valid_to", "is", null), where("valid_to", ">", lastDay)]));
  if (role) ending = ending.where("role", "=", role);
  if (unitCode) ending = ending.where("unit_code", "=", unitCode);
  const done = await ending.executeTakeFirst();
  return Number(done.numUpdatedRows);
}

export async function setStaffPassword(tx: Tx, staffId: string, hash: string, on: string): Promise<void> {
  await tx
    .updateTable("staff")
    .set({ password_hash: hash, password_set_on: on })
    .where("staff_id", "=", staffId)
    .execute();
}

export async function deactivateStaff(tx: Tx, staffId: string): Promise<void> {
  await tx.updateTable("staff").set({ is_active: false }).where("staff_id", "=", staffId).execute();
}

/** Everybody, with the roles of that day. */
export async function listStaff(db: Db, on: string) {
  const people = await db
    .selectFrom("staff")
    .select(["staff_id", "username", "full_name", "is_active"])
    .orderBy("username")
    .execute();
  const roles = await db
    .selectFrom("staff_role")
    .select(["staff_id", "role", "office_code", "unit_code"])
    .where("valid_from", "<=", on)
    .where((where) => where.or([where("valid_to", "is", null), where("valid_to", ">=", on)]))
    .orderBy("role")
    .execute();
  return people.map((one) => ({ ...one, roles: roles.filter((held) => held.staff_id === one.staff_id) }));
}

/** Who holds a role at one of these units on a day. */
export async function staffOfUnits(db: Db, unitCodes: readonly string[], on: string) {
  if (unitCodes.length === 0) return [];
  return db
    .selectFrom("staff_role as held")
    .innerJoin("staff", "staff.staff_id", "held.staff_id")
    .select(["staff.staff_id", "staff.full_name", "held.role", "held.unit_code", "held.valid_from"])
    .where("held.unit_code", "in", [...unitCodes])
    .where("held.valid_from", "<=", on)
    .where((where) => where.or([where("held.valid_to", "is", null), where("held.valid_to", ">=", on)]))
    .where("staff.is_active", "=", true)
    .orderBy("staff.full_name")
    .execute();
}
