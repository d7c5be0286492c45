/** Signed receipts and threads: rows are added and never changed (the application's role may not). */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { Marks } from "../db/marks.ts";
import type { Way } from "./rules.ts";

export interface Receipt {
  addresseeId: string;
  signerName: string;
  signerPosition: string;
  place: string;
  way: Way;
  sealedDrawing: Buffer | null;
  staffId: string | null;
  signedAt: Date;
  digest: Buffer;
  checkMark: Buffer;
}

/** False when the letter is signed for already: the first receipt stands. */
export async function insertReceipt(tx: Tx, receipt: Receipt): Promise<boolean> {
  const done = await tx
    .insertInto("letter_receipt")
    .values({
      addressee_id: receipt.addresseeId,
      signer_name: receipt.signerName,
      signer_position: receipt.signerPosition,
      place: receipt.place,
      way: receipt.way,
      sealed_drawing: receipt.sealedDrawing,
      staff_id: receipt.staffId,
      signed_at: receipt.signedAt,
      digest: receipt.digest,
      check_mark: receipt.checkMark,
    })
    .onConflict((conflict) => conflict.column("addressee_id").doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

const receipts = (db: Db | Tx) =>
  db
    .selectFrom("letter_receipt")
    .select([
      "addressee_id as addresseeId",
      "signer_name as signerName",
      "signer_position as signerPosition",
      "place",
      "way",
      "sealed_drawing as sealedDrawing",
      "staff_id as staffId",
      "signed_at as signedAt",
      "digest",
      "check_mark as checkMark",
    ])
    .$narrowType<{ way: Way }>();

export async function findReceipt(db: Db | Tx, addresseeId: string): Promise<Receipt | undefined> {
  return receipts(db).where("addressee_id", "=", addresseeId).executeTakeFirst();
}

/** By a mark of its code, of its day or one that was made later. */
export async function findByCheck(db: Db, checkMarks: Marks): Promise<Receipt | undefined> {
  const found = await receipts(db).where("check_mark", "in", checkMarks).executeTakeFirst();
  if (found) return found;
  const later = db.selectFrom("letter_receipt_code").select("addressee_id").where("check_mark", "in", checkMarks);
  return receipts(db).where("addressee_id", "=", later.limit(1)).executeTakeFirst();
}

export async function sealedCodeOf(db: Db, addresseeId: string): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom("letter_receipt_code")
    .select("sealed_code")
    .where("addressee_id", "=", addresseeId)
    .limit(1)
    .executeTakeFirst();
  return row?.sealed_code;
}

export interface KeptCode {
  addresseeId: string;
  digest: Buffer;
  checkMark: Buffer;
  sealedCode: Buffer | null;
}

/** Receipts in the order of their addressees, each with its code where that was kept. */
export async function receiptsAfter(db: Db, addresseeId: string, limit: number): Promise<KeptCode[]> {
  const { rows } = await sql<KeptCode>`
    select r.addressee_id as "addresseeId", r.digest, r.check_mark as "checkMark",
           (select c.sealed_code from letter_receipt_code c where c.addressee_id = r.addressee_id limit 1) as "sealedCode"
      from letter_receipt r where r.addressee_id > ${addresseeId} order by r.addressee_id limit ${limit}`.execute(db);
  return rows;
}

/** False when the code has this mark already. */
export async function insertReceiptCode(
  tx: Tx,
  {
    checkMark,
    addresseeId,
    sealedCode,
    madeAt,
  }: Omit<KeptCode, "digest" | "sealedCode"> & {
    sealedCode: Buffer;
    madeAt: Date;
  },
): Promise<boolean> {
  const done = await tx
    .insertInto("letter_receipt_code")
    .values({ check_mark: checkMark, addressee_id: addresseeId, sealed_code: sealedCode, made_at: madeAt })
    .onConflict((conflict) => conflict.column("check_mark").doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

export interface Said {
  no: number;
  isAnswer: boolean;
  says: string;
  at: Date;
  staffId: string | null;
}

export async function talkOf(db: Db | Tx, addresseeId: string): Promise<Said[]> {
  return db
    .selectFrom("letter_talk")
    .select(["talk_no as no", "is_answer as isAnswer", "says", "at", "staff_id as staffId"])
    .where("addressee_id", "=", addresseeId)
    .orderBy("talk_no")
    .execute();
}

/** One thread grows by one row at a time: the addressee is held while its next number is found. */
export async function insertSaid(tx: Tx, addresseeId: string, said: Omit<Said, "no">): Promise<number> {
  await tx
    .selectFrom("letter_addressee")
    .select("addressee_id")
    .where("addressee_id", "=", addresseeId)
    .forUpdate()
    .execute();
  const { last } = await tx
    .selectFrom("letter_talk")
    .select((e) => e.fn.max<number | null>("talk_no").as("last"))
    .where("addressee_id", "=", addresseeId)
    .executeTakeFirstOrThrow();
  const no = (last ?? 0) + 1;
  const { isAnswer: is_answer, says, at, staffId: staff_id } = said;
  await tx
    .insertInto("letter_talk")
    .values({ addressee_id: addresseeId, talk_no: no, is_answer, says, at, staff_id })
    .execute();
  return no;
}
