import { deleteOld } from "../db/delete-old.ts";
import type { Db, Tx } from "../db/house.ts";
import type { Marks } from "../db/marks.ts";
import type { StaffRole } from "../kernel/actor.ts";
import type { Scope } from "./rules.ts";
import type { Proof } from "./rules-proof.ts";

/** Sessions: rows named by the SHA-256 of their token. */

export interface NewSession {
  token_sha256: Buffer;
  subject_kind: "citizen" | "staff";
  person_id: string | null;
  staff_id: string | null;
  scope: Scope;
  kind: "cookie" | "bearer";
  created_at: Date;
  seen_at: Date;
  idle_until: Date;
  ends_at: Date;
  device: string;
  proofs: Proof[];
  elevated_until: Date | null;
  device_mark: Buffer | null;
}

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await tx.insertInto("session").values(session).execute();
}

/** The session if it is still open at `now`, with the state of a citizen's account: asked again every few seconds, so in one statement. */
export async function findOpenSession(db: Db, tokenSha256: Buffer, now: Date) {
  return db
    .selectFrom("session")
    .leftJoin("account", "account.person_id", "session.person_id")
    .select(["subject_kind", "session.person_id", "staff_id", "scope", "seen_at", "idle_until", "ends_at"])
    .select(["acting_for", "proofs", "elevated_until"])
    .select(["status as account_status", "password_kind", "password_set_on", "password_dropped_at", "limited_until"])
    .where("token_sha256", "=", tokenSha256)
    .where("ended_at", "is", null)
    .where("idle_until", ">", now)
    .where("ends_at", ">", now)
    .executeTakeFirst();
}

export type SessionRow = NonNullable<Awaited<ReturnType<typeof findOpenSession>>>;

/** The member of staff with the roles held on that day, or undefined when they left. */
export async function findActiveStaff(db: Db, staffId: string, on: string) {
  const staff = await db
    .selectFrom("staff")
    .select(["staff_id", "full_name", "password_kind", "password_set_on"])
    .where("staff_id", "=", staffId)
    .where("is_active", "=", true)
    .executeTakeFirst();
  if (!staff) return undefined;
  const roles = await db
    .selectFrom("staff_role")
    .select(["role", "office_code", "unit_code"])
    .where("staff_id", "=", staffId)
    .where("valid_from", "<=", on)
    .where((where) => where.or([where("valid_to", "is", null), where("valid_to", ">=", on)]))
    .orderBy("role")
    .execute();
  return { ...staff, roles: roles.map((held) => ({ ...held, role: held.role as StaffRole })) };
}

/** The person is here: the idle time begins anew. Never revives a session that ended. */
export async function touchSession(db: Db, tokenSha256: Buffer, now: Date, idleUntil: Date): Promise<void> {
  await db
    .updateTable("session")
    .set({ seen_at: now, idle_until: idleUntil })
    .where("token_sha256", "=", tokenSha256)
    .where("ended_at", "is", null)
    .execute();
}

/** The session goes on under another token; answers its end, undefined when it has ended already. */
export async function renameSession(db: Db | Tx, from: Buffer, to: Buffer): Promise<Date | undefined> {
  const row = await db
    .updateTable("session")
    .set({ token_sha256: to })
    .where("token_sha256", "=", from)
    .where("ended_at", "is", null)
    .returning("ends_at")
    .executeTakeFirst();
  return row?.ends_at;
}

export async function widenSession(tx: Tx, tokenSha256: Buffer): Promise<void> {
  await tx.updateTable("session").set({ scope: "full" }).where("token_sha256", "=", tokenSha256).execute();
}

export async function endSession(db: Db | Tx, tokenSha256: Buffer, now: Date): Promise<boolean> {
  const done = await db
    .updateTable("session")
    .set({ ended_at: now })
    .where("token_sha256", "=", tokenSha256)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Whose session that is, or was while its row is kept; of a member of staff it is no person's. */
export async function ownerOfSession(db: Db, tokenSha256: Buffer): Promise<{ person_id: string | null } | undefined> {
  return db.selectFrom("session").select("person_id").where("token_sha256", "=", tokenSha256).executeTakeFirst();
}

/** The mark of the device on which this session runs. */
export async function deviceOfSession(db: Db | Tx, tokenSha256: Buffer): Promise<Buffer | null> {
  const row = await db
    .selectFrom("session")
    .select("device_mark")
    .where("token_sha256", "=", tokenSha256)
    .executeTakeFirst();
  return row?.device_mark ?? null;
}

export async function bindDevice(tx: Tx, tokenSha256: Buffer, deviceMark: Buffer): Promise<void> {
  await tx.updateTable("session").set({ device_mark: deviceMark }).where("token_sha256", "=", tokenSha256).execute();
}

export type Subject = { personId: string } | { staffId: string };

const ownerOf = (subject: Subject) => ("personId" in subject ? "person_id" : "staff_id");
const idOf = (subject: Subject) => ("personId" in subject ? subject.personId : subject.staffId);

/** Ends the open sessions of one person or member of staff, `except` one of them; how many that were. */
export async function endSessionsOfSubject(tx: Tx, subject: Subject, now: Date, except?: Buffer): Promise<number> {
  let ending = tx.updateTable("session").set({ ended_at: now }).where("ended_at", "is", null);
  ending = ending.where(ownerOf(subject), "=", idOf(subject));
  if (except) ending = ending.where("token_sha256", "!=", except);
  const done = await ending.executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** Ends one session of this person or member of staff; false when it is not theirs or has ended. */
export async function endSessionOf(tx: Tx, subject: Subject, tokenSha256: Buffer, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable("session")
    .set({ ended_at: now })
    .where("token_sha256", "=", tokenSha256)
    .where(ownerOf(subject), "=", idOf(subject))
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Their open sessions, the one used last first. */
export async function openSessionsOf(db: Db, subject: Subject, now: Date) {
  return db
    .selectFrom("session")
    .select(["token_sha256", "device", "kind", "proofs", "created_at", "seen_at", "idle_until", "ends_at"])
    .where(ownerOf(subject), "=", idOf(subject))
    .where("ended_at", "is", null)
    .where("idle_until", ">", now)
    .where("ends_at", ">", now)
    .orderBy("seen_at", "desc")
    .execute();
}

export async function dropOldSessions(db: Db, before: Date): Promise<number> {
  return deleteOld(db, "session", { age: "ends_at", key: ["token_sha256"], before });
}

/** Of one device: the mark under the secret in front, and those under others. */
export async function carrySessions(tx: Tx, personId: string, [front, ...others]: Marks): Promise<void> {
  await tx
    .updateTable("session")
    .set({ device_mark: front })
    .where("person_id", "=", personId)
    .where("device_mark", "in", others)
    .execute();
}
