import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { PASSWORDS_KEPT } from "./rules-policies.ts";

/** Members of staff and their roles. */

const memberColumns = [
  "staff_id",
  "username",
  "full_name",
  "email",
  "password_hash",
  "password_kind",
  "password_set_on",
  "is_active",
] as const;

export async function findStaffByUsername(db: Db | Tx, username: string) {
  return db.selectFrom("staff").select(memberColumns).where("username", "=", username).executeTakeFirst();
}

export async function findStaffById(db: Db | Tx, staffId: string) {
  return db.selectFrom("staff").select(memberColumns).where("staff_id", "=", staffId).executeTakeFirst();
}

export type MemberRow = NonNullable<Awaited<ReturnType<typeof findStaffById>>>;

export interface NewStaff {
  username: string;
  full_name: string;
  email: string | null;
  password_hash: string;
  password_kind: "issued" | "chosen";
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

/** Which of a member's roles: every one, one wherever it is held, or one at a unit or an office alone. */
export interface RolesAt {
  role?: string;
  unit?: string;
  office?: string;
}

/** Ends roles so that `lastDay` is the last on which they are held; how many that were. */
export async function endRoles(tx: Tx, staffId: string, lastDay: string, which: RolesAt = {}): Promise<number> {
  let ending = tx
    .updateTable("staff_role")
    .set({ valid_to: lastDay })
    .where("staff_id", "=", staffId)
    .where((where) => where.or([where("valid_to", "is", null), where("valid_to", ">", lastDay)]));
  if (which.role) ending = ending.where("role", "=", which.role);
  if (which.unit) ending = ending.where("unit_code", "=", which.unit);
  if (which.office) ending = ending.where("office_code", "=", which.office);
  const done = await ending.executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** A password made by the operator: it opens the page for one's own. */
export async function issueStaffPassword(
  tx: Tx,
  member: MemberRow,
  hash: string,
  now: Date,
  on: string,
): Promise<void> {
  await rememberPassword(tx, member, now);
  await tx
    .updateTable("staff")
    .set({ password_hash: hash, password_set_on: on, password_kind: "issued" })
    .where("staff_id", "=", member.staff_id)
    .execute();
}

/** The member's own choice; false when the password was changed meanwhile. */
export async function chooseStaffPassword(
  tx: Tx,
  member: MemberRow,
  hash: string,
  now: Date,
  on: string,
): Promise<boolean> {
  const done = await tx
    .updateTable("staff")
    .set({ password_hash: hash, password_set_on: on, password_kind: "chosen" })
    .where("staff_id", "=", member.staff_id)
    .where("password_hash", "=", member.password_hash)
    .executeTakeFirst();
  if (done.numUpdatedRows !== 1n) return false;
  await rememberPassword(tx, member, now);
  return true;
}

async function rememberPassword(tx: Tx, member: MemberRow, now: Date): Promise<void> {
  if (member.password_kind !== "chosen") return;
  await tx
    .insertInto("staff_password_history")
    .values({ staff_id: member.staff_id, set_at: now, password_hash: member.password_hash })
    .execute();
  await sql`
    delete from staff_password_history where staff_id = ${member.staff_id} and set_at not in (
      select set_at from staff_password_history where staff_id = ${member.staff_id}
       order by set_at desc limit ${PASSWORDS_KEPT})`.execute(tx);
}

export async function earlierStaffPasswords(db: Db, staffId: string, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom("staff_password_history")
    .select("password_hash")
    .where("staff_id", "=", staffId)
    .orderBy("set_at", "desc")
    .limit(most)
    .execute();
  return rows.map((row) => row.password_hash);
}

/** Closed for good: who was only stopped before could be taken up again. */
export async function deactivateStaff(tx: Tx, staffId: string): Promise<void> {
  await tx.updateTable("staff").set({ is_active: false, stopped_on: null }).where("staff_id", "=", staffId).execute();
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
  const held = Map.groupBy(roles, (role) => role.staff_id);
  return people.map((one) => ({ ...one, roles: held.get(one.staff_id) ?? [] }));
}

/** Of everybody who ever worked here; a page of the desk asks for no more than the names. */
export async function namesOfStaff(db: Db | Tx): Promise<Map<string, string>> {
  const people = await db.selectFrom("staff").select(["staff_id", "full_name"]).execute();
  return new Map(people.map((one) => [one.staff_id, one.full_name]));
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

/** The offices at which somebody holds a role on that day. */
export async function officesOfStaff(db: Db, staffId: string, on: string): Promise<string[]> {
  const rows = await db
    .selectFrom("staff_role")
    .select("office_code")
    .distinct()
    .where("staff_id", "=", staffId)
    .where("office_code", "is not", null)
    .where("valid_from", "<=", on)
    .where((where) => where.or([where("valid_to", "is", null), where("valid_to", ">=", on)]))
    .execute();
  return rows.flatMap(({ office_code: office }) => (office ? [office] : []));
}

/** Who works at these offices on that day, by name. */
export async function colleaguesAt(db: Db, offices: readonly string[], on: string) {
  if (offices.length === 0) return [];
  return db
    .selectFrom("staff")
    .innerJoin("staff_role", "staff_role.staff_id", "staff.staff_id")
    .select(["staff.staff_id", "staff.full_name", "staff.username"])
    .distinct()
    .where("staff.is_active", "=", true)
    .where("staff_role.office_code", "in", [...offices])
    .where("staff_role.valid_from", "<=", on)
    .where((where) => where.or([where("staff_role.valid_to", "is", null), where("staff_role.valid_to", ">=", on)]))
    .orderBy("staff.full_name")
    .execute();
}
