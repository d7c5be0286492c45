/** To whom a letter goes: added and taken away while it is a draft, told and followed once it is sent. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { NewAddressee, UnitInSight, Way } from "./rules.ts";

export interface Addressee extends NewAddressee {
  addresseeId: string;
  letterId: string;
  groupName: string;
  /** The unit's commune, where it has one. */
  communeCode: string | null;
  lastToldAt: Date | null;
  reminders: number;
  openedAt: Date | null;
  signedAt: Date | null;
  signerName: string | null;
  signerPosition: string | null;
  place: string | null;
  way: Way | null;
  questions: number;
  /** The last word in its thread is a question. */
  isUnanswered: boolean;
}

/** A unit that is on the list already takes the new group and contacts; nobody is on it twice. */
export async function saveAddressees(
  tx: Tx,
  letterId: string,
  groupName: string,
  rows: readonly (NewAddressee & { addresseeId: string })[],
): Promise<void> {
  for (const { addresseeId, unitCode, name, email, phone } of rows) {
    await sql`
      insert into letter_addressee as a (addressee_id, letter_id, group_name, unit_code, name, email, phone)
      values (${addresseeId}, ${letterId}, ${groupName}, ${unitCode}, ${name}, ${email}, ${phone})
      on conflict (letter_id, unit_code) where unit_code is not null do update
        set group_name = excluded.group_name, email = coalesce(excluded.email, a.email),
            phone = coalesce(excluded.phone, a.phone)`.execute(tx);
  }
}

export async function removeAddressee(tx: Tx, letterId: string, addresseeId: string): Promise<void> {
  await tx
    .deleteFrom("letter_addressee")
    .where("letter_id", "=", letterId)
    .where("addressee_id", "=", addresseeId)
    .execute();
}

const followed = (db: Db | Tx) =>
  db
    .selectFrom("letter_addressee as a")
    .leftJoin("drive_unit as u", "u.unit_code", "a.unit_code")
    .leftJoin("letter_receipt as r", "r.addressee_id", "a.addressee_id")
    .leftJoinLateral(
      (e) =>
        e
          .selectFrom("letter_talk as said")
          .select([
            sql<number>`(count(*) filter (where not said.is_answer))::int`.as("questions"),
            sql<boolean>`coalesce((array_agg(not said.is_answer order by said.talk_no desc))[1], false)`.as(
              "isUnanswered",
            ),
          ])
          .whereRef("said.addressee_id", "=", "a.addressee_id")
          .as("t"),
      (join) => join.onTrue(),
    )
    .select([
      "a.addressee_id as addresseeId",
      "a.letter_id as letterId",
      "a.group_name as groupName",
      "a.unit_code as unitCode",
      "a.name",
      "a.email",
      "a.phone",
      "u.commune_code as communeCode",
      "a.last_told_at as lastToldAt",
      "a.reminders",
      "a.opened_at as openedAt",
      "r.signed_at as signedAt",
      "r.signer_name as signerName",
      "r.signer_position as signerPosition",
      "r.place",
      sql<Way | null>`r.way`.as("way"),
      sql<number>`coalesce(t.questions, 0)`.as("questions"),
      sql<boolean>`coalesce(t."isUnanswered", false)`.as("isUnanswered"),
    ]);

export async function addresseesOf(db: Db | Tx, letterId: string): Promise<Addressee[]> {
  return followed(db).where("a.letter_id", "=", letterId).execute();
}

export async function findAddressee(db: Db | Tx, addresseeId: string): Promise<Addressee | undefined> {
  return followed(db).where("a.addressee_id", "=", addresseeId).executeTakeFirst();
}

export async function markTold(tx: Tx, letterId: string, at: Date): Promise<void> {
  await tx.updateTable("letter_addressee").set({ last_told_at: at }).where("letter_id", "=", letterId).execute();
}

/** The first opening stays; false when it was opened before. */
export async function markOpened(tx: Tx, addresseeId: string, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable("letter_addressee")
    .set({ opened_at: at })
    .where("addressee_id", "=", addresseeId)
    .where("opened_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function insertKey(tx: Tx, keyMark: Buffer, addresseeId: string, at: Date): Promise<void> {
  await tx.insertInto("letter_key").values({ key_mark: keyMark, addressee_id: addresseeId, made_at: at }).execute();
}

/** Whom a code opens the letter to; none before `madeAfter`. */
export async function findByKey(db: Db, keyMarks: readonly Buffer[], madeAfter: Date): Promise<string | undefined> {
  const row = await db
    .selectFrom("letter_key")
    .select("addressee_id")
    .where("key_mark", "in", keyMarks)
    .where("made_at", ">", madeAfter)
    .executeTakeFirst();
  return row?.addressee_id;
}

export interface ToRemind {
  addresseeId: string;
  reminders: number;
  lastToldAt: Date;
}

export interface RemindWanted {
  /** The first reminder goes to whom was told before this, every later one to whom was reminded before that. */
  toldBefore: Date;
  remindedBefore: Date;
  /** Whoever was last told before this is not reminded any more: signed or not, years of letters are left alone. */
  since: Date;
  most: number;
  /** Goes on behind this one. */
  after: ToRemind | undefined;
  limit: number;
}

/** Sent, not signed, not replaced, reminded fewer times than `most`, and last told long enough ago: the longest first. */
export async function findToRemind(db: Db, want: RemindWanted): Promise<ToRemind[]> {
  const { toldBefore, remindedBefore, since, most, after, limit } = want;
  const latest = new Date(Math.max(toldBefore.getTime(), remindedBefore.getTime()));
  return db
    .selectFrom("letter_addressee as a")
    .innerJoin("letter as l", "l.letter_id", "a.letter_id")
    .select(["a.addressee_id as addresseeId", "a.reminders", sql<Date>`a.last_told_at`.as("lastToldAt")])
    .where("a.last_told_at", ">=", since)
    .where("a.last_told_at", "<", latest)
    .where(sql<boolean>`a.last_told_at < case when a.reminders = 0 then ${toldBefore}::timestamptz
                                              else ${remindedBefore}::timestamptz end`)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(a.last_told_at, a.addressee_id) > (${after?.lastToldAt}::timestamptz, ${after?.addresseeId}::uuid)`,
      ),
    )
    .where("a.reminders", "<", most)
    .where((where) => where.or([where("a.email", "is not", null), where("a.phone", "is not", null)]))
    .where("l.sent_at", "is not", null)
    .where(sql<boolean>`not exists (select from letter_receipt r where r.addressee_id = a.addressee_id)`)
    .where(
      sql<boolean>`not exists (select from letter later where later.replaces_id = l.letter_id and later.sent_at is not null)`,
    )
    .orderBy("a.last_told_at")
    .orderBy("a.addressee_id")
    .limit(limit)
    .execute();
}

/** Of two sweeps at once one counts; false for the other, and for whoever has signed meanwhile. */
export async function noteReminder(tx: Tx, { addresseeId, reminders }: ToRemind, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable("letter_addressee")
    .set({ reminders: reminders + 1, last_told_at: at })
    .where("addressee_id", "=", addresseeId)
    .where("reminders", "=", reminders)
    .where(sql<boolean>`not exists (select from letter_receipt r where r.addressee_id = letter_addressee.addressee_id)`)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Those of `codes` with their names and kinds. */
export async function unitsByCode(db: Db | Tx, codes: readonly string[]): Promise<UnitInSight[]> {
  if (codes.length === 0) return [];
  return db
    .selectFrom("drive_unit")
    .select(["unit_code as unitCode", "name", "kind"])
    .where("unit_code", "in", [...codes])
    .execute();
}
