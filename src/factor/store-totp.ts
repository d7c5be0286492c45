import { sql } from "kysely";
import { deleteOld } from "../db/delete-old.ts";
import type { Db, Tx } from "../db/house.ts";

/** The authenticator, its spare codes, and sign-ins that wait for it. */

export async function findAuthenticator(db: Db | Tx, personId: string) {
  return db
    .selectFrom("authenticator")
    .select(["person_id", "sealed_secret", "created_at", "confirmed_at", "last_step", "last_used_at"])
    .where("person_id", "=", personId)
    .executeTakeFirst();
}

/** Begins anew; one that is confirmed already stays, and the answer is false. */
export async function startAuthenticator(
  tx: Tx,
  { personId, sealedSecret, now }: { personId: string; sealedSecret: Buffer; now: Date },
): Promise<boolean> {
  const done = await tx
    .insertInto("authenticator")
    .values({ person_id: personId, sealed_secret: sealedSecret, created_at: now })
    .onConflict((conflict) =>
      conflict
        .column("person_id")
        .doUpdateSet({ sealed_secret: sealedSecret, created_at: now, last_step: "0" })
        .where("authenticator.confirmed_at", "is", null),
    )
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Uses up a step of a confirmed authenticator; false when that step or a later one was used before. */
export async function useStep(db: Db | Tx, personId: string, step: number, now: Date): Promise<boolean> {
  const done = await db
    .updateTable("authenticator")
    .set({ last_step: String(step), last_used_at: now })
    .where("person_id", "=", personId)
    .where("confirmed_at", "is not", null)
    .where("last_step", "<", String(step))
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** The first right digits switch it on: of several at the same moment one does. */
export async function confirmAuthenticator(tx: Tx, personId: string, step: number, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable("authenticator")
    .set({ confirmed_at: now, last_step: String(step), last_used_at: now })
    .where("person_id", "=", personId)
    .where("confirmed_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Whether it is switched on; whoever changes what hangs on it waits for each other. */
export async function lockConfirmed(tx: Tx, personId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("authenticator")
    .select("person_id")
    .where("person_id", "=", personId)
    .where("confirmed_at", "is not", null)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

export async function saveSealedSecret(tx: Tx, personId: string, sealed: Buffer): Promise<void> {
  await tx.updateTable("authenticator").set({ sealed_secret: sealed }).where("person_id", "=", personId).execute();
}

export async function deleteAuthenticator(tx: Tx, personId: string): Promise<boolean> {
  await tx.deleteFrom("spare_code").where("person_id", "=", personId).execute();
  const done = await tx.deleteFrom("authenticator").where("person_id", "=", personId).executeTakeFirst();
  return done.numDeletedRows === 1n;
}

/** New spare codes; the earlier ones are worth nothing from now on. */
export async function replaceSpareCodes(tx: Tx, personId: string, marks: readonly Buffer[]): Promise<void> {
  await tx.deleteFrom("spare_code").where("person_id", "=", personId).execute();
  await tx
    .insertInto("spare_code")
    .values(marks.map((mark) => ({ person_id: personId, code_mark: mark })))
    .execute();
}

const SET_NAME_DIGITS = 16;

/** What tells one set of spare codes from the next; the same whichever of them are used up. */
export async function spareSetOf(db: Db | Tx, personId: string): Promise<string> {
  const row = await db
    .selectFrom("spare_code")
    .select(sql<string | null>`encode(sha256(string_agg(code_mark, '' order by code_mark)), 'hex')`.as("name"))
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return (row?.name ?? "").slice(0, SET_NAME_DIGITS);
}

export async function useSpareCode(
  db: Db | Tx,
  personId: string,
  marks: readonly Buffer[],
  now: Date,
): Promise<boolean> {
  const done = await db
    .updateTable("spare_code")
    .set({ used_at: now })
    .where("person_id", "=", personId)
    .where("code_mark", "in", marks)
    .where("used_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** There is such a code and nobody has used it. */
export async function hasSpareCode(db: Db, personId: string, marks: readonly Buffer[]): Promise<boolean> {
  const row = await db
    .selectFrom("spare_code")
    .select("person_id")
    .where("person_id", "=", personId)
    .where("code_mark", "in", marks)
    .where("used_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

export async function countSpareCodes(db: Db, personId: string): Promise<number> {
  const row = await db
    .selectFrom("spare_code")
    .select((e) => e.fn.countAll<string>().as("left"))
    .where("person_id", "=", personId)
    .where("used_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(row.left);
}

export interface NewTicket {
  ticket_mark: Buffer;
  person_id: string;
  password_mark: Buffer;
  created_at: Date;
  ends_at: Date;
  tries_left: number;
}

export async function insertTicket(db: Db, ticket: NewTicket): Promise<void> {
  await db.insertInto("sign_in_ticket").values(ticket).execute();
}

/** Takes one of the tries before anything is compared: tries sent at the same moment cannot exceed five. */
export async function takeTicketTry(db: Db, ticketMarks: readonly Buffer[], now: Date) {
  return db
    .updateTable("sign_in_ticket")
    .set((e) => ({ tries_left: e("tries_left", "-", 1) }))
    .where("ticket_mark", "in", ticketMarks)
    .where("tries_left", ">", 0)
    .where("ends_at", ">", now)
    .returning(["person_id", "password_mark", "tries_left"])
    .executeTakeFirst();
}

/** One sign-in a ticket: true for the first. */
export async function useTicket(db: Db, ticketMarks: readonly Buffer[]): Promise<boolean> {
  const done = await db.deleteFrom("sign_in_ticket").where("ticket_mark", "in", ticketMarks).executeTakeFirst();
  return done.numDeletedRows === 1n;
}

export async function dropOldTickets(db: Db, now: Date): Promise<number> {
  return deleteOld(db, "sign_in_ticket", { age: "ends_at", key: ["ticket_mark"], before: now });
}
