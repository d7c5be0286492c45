import type { Db, Tx } from "../db/house.ts";
import { NotFound } from "../kernel/failures.ts";

/** Invitations: who invited whom to which unit, and what came of it. Rows stay. */
export interface Invitation {
  id: string;
  unitCode: string;
  name: string;
  phone: string | null;
  email: string | null;
  sentNo: number;
  invitedBy: string;
  invitedAt: Date;
  endsAt: Date;
  withdrawnAt: Date | null;
  withdrawnBy: string | null;
  acceptedAt: Date | null;
  staffId: string | null;
}

const columns = [
  "invitation_id as id",
  "unit_code as unitCode",
  "full_name as name",
  "phone",
  "email",
  "sent_no as sentNo",
  "invited_by as invitedBy",
  "invited_at as invitedAt",
  "ends_at as endsAt",
  "withdrawn_at as withdrawnAt",
  "withdrawn_by as withdrawnBy",
  "accepted_at as acceptedAt",
  "staff_id as staffId",
] as const;

type NewInvitation = Pick<Invitation, "id" | "unitCode" | "name" | "invitedBy" | "invitedAt" | "endsAt"> & {
  phone: string | undefined;
  email: string | undefined;
  codeMark: Buffer;
};

export async function insertInvitation(tx: Tx, one: NewInvitation): Promise<void> {
  await tx
    .insertInto("drive_invitation")
    .values({
      ...{ invitation_id: one.id, unit_code: one.unitCode, full_name: one.name, code_mark: one.codeMark },
      ...{ phone: one.phone ?? null, email: one.email ?? null, invited_by: one.invitedBy },
      ...{ invited_at: one.invitedAt, ends_at: one.endsAt },
    })
    .execute();
}

/** Of this unit, held until the transaction ends. */
export async function lockInvitation(tx: Tx, unitCode: string, id: string): Promise<Invitation> {
  const row = await tx
    .selectFrom("drive_invitation")
    .select(columns)
    .where("invitation_id", "=", id)
    .where("unit_code", "=", unitCode)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new NotFound("invitation");
  return row;
}

/** Neither withdrawn nor accepted, whether its time is over or not. */
export async function findOpenInvitation(
  tx: Tx,
  unitCode: string,
  { phone, email }: { phone: string | undefined; email: string | undefined },
): Promise<Invitation | undefined> {
  return tx
    .selectFrom("drive_invitation")
    .select(columns)
    .where("unit_code", "=", unitCode)
    .where(phone ? "phone" : "email", "=", phone ?? email ?? "")
    .where("withdrawn_at", "is", null)
    .where("accepted_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
}

/** By a mark of its code, as long as it can be accepted. */
export async function findByMark(
  db: Db | Tx,
  codeMarks: readonly Buffer[],
  now: Date,
): Promise<Invitation | undefined> {
  return db
    .selectFrom("drive_invitation")
    .select(columns)
    .where("code_mark", "in", codeMarks)
    .where("withdrawn_at", "is", null)
    .where("accepted_at", "is", null)
    .where("ends_at", ">", now)
    .executeTakeFirst();
}

export async function renewInvitation(tx: Tx, id: string, codeMark: Buffer, endsAt: Date): Promise<void> {
  await tx
    .updateTable("drive_invitation")
    .set((set) => ({ code_mark: codeMark, ends_at: endsAt, sent_no: set("sent_no", "+", 1) }))
    .where("invitation_id", "=", id)
    .execute();
}

export async function withdrawRow(tx: Tx, id: string, staffId: string, at: Date): Promise<void> {
  await tx
    .updateTable("drive_invitation")
    .set({ withdrawn_at: at, withdrawn_by: staffId })
    .where("invitation_id", "=", id)
    .execute();
}

/** False when somebody used the code, or it was withdrawn or ran out, in the meantime. */
export async function acceptRow(
  tx: Tx,
  id: string,
  codeMarks: readonly Buffer[],
  staffId: string,
  at: Date,
): Promise<boolean> {
  const done = await tx
    .updateTable("drive_invitation")
    .set({ accepted_at: at, staff_id: staffId })
    .where("invitation_id", "=", id)
    .where("code_mark", "in", codeMarks)
    .where("withdrawn_at", "is", null)
    .where("accepted_at", "is", null)
    .where("ends_at", ">", at)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** The newest first. */
export async function invitationsOf(db: Db, unitCode: string, limit: number): Promise<Invitation[]> {
  return db
    .selectFrom("drive_invitation")
    .select(columns)
    .where("unit_code", "=", unitCode)
    .orderBy("invited_at", "desc")
    .limit(limit)
    .execute();
}
