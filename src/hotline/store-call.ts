/** Calls, and the wrong tries that are counted over calls. */
import { sql } from "kysely";
import { deleteOld } from "../db/delete-old.ts";
import type { Db, Tx } from "../db/house.ts";
import type { Marks } from "../db/marks.ts";
import type { KeyKind, Proof } from "./rules-identify.ts";

/** Whom a caller may be: a person of the register, or a file that has none yet. */
export type Candidate = { personId: string } | { declarationId: string };

export interface Call {
  id: string;
  channel: "call" | "counter";
  keyKind: KeyKind;
  keyMark: Buffer;
  fileCode: string | null;
  unitCode: string | null;
  candidates: Candidate[];
  personId: string | null;
  declarationId: string | null;
  identifiedAt: Date | null;
  identifiedHow: Proof | null;
  codeId: string | null;
  codeProvedAt: Date | null;
  triesLeft: number;
  openedAt: Date;
  openedBy: string;
  officeCode: string | null;
  closedAt: Date | null;
}

const columns = [
  "call_id as id",
  "channel",
  "key_kind as keyKind",
  "key_mark as keyMark",
  "file_code as fileCode",
  "unit_code as unitCode",
  "candidates",
  "person_id as personId",
  "declaration_id as declarationId",
  "identified_at as identifiedAt",
  "identified_how as identifiedHow",
  "code_id as codeId",
  "code_proved_at as codeProvedAt",
  "tries_left as triesLeft",
  "opened_at as openedAt",
  "opened_by as openedBy",
  "office_code as officeCode",
  "closed_at as closedAt",
] as const;

export type NewCall = Pick<
  Call,
  | "id"
  | "channel"
  | "keyKind"
  | "keyMark"
  | "fileCode"
  | "unitCode"
  | "candidates"
  | "triesLeft"
  | "openedAt"
  | "openedBy"
  | "officeCode"
>;

export async function insertCall(tx: Tx, call: NewCall): Promise<void> {
  await tx
    .insertInto("hotline_call")
    .values({
      call_id: call.id,
      channel: call.channel,
      key_kind: call.keyKind,
      key_mark: call.keyMark,
      file_code: call.fileCode,
      unit_code: call.unitCode,
      candidates: JSON.stringify(call.candidates),
      tries_left: call.triesLeft,
      opened_at: call.openedAt,
      opened_by: call.openedBy,
      office_code: call.officeCode,
    })
    .execute();
}

export async function findCall(db: Db | Tx, id: string): Promise<Call | undefined> {
  const row = await db.selectFrom("hotline_call").select(columns).where("call_id", "=", id).executeTakeFirst();
  return row as Call | undefined;
}

/** The same, held until the transaction ends: of two answers at one moment one is looked at after the other. */
export async function lockCall(tx: Tx, id: string): Promise<Call | undefined> {
  const row = await tx
    .selectFrom("hotline_call")
    .select(columns)
    .where("call_id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row as Call | undefined;
}

export async function countCallsOf(db: Db | Tx, staffId: string, since: Date): Promise<number> {
  const row = await db
    .selectFrom("hotline_call")
    .select((select) => select.fn.countAll<string>().as("n"))
    .where("opened_by", "=", staffId)
    .where("opened_at", ">", since)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

type Changes = Partial<
  Pick<Call, "triesLeft" | "identifiedAt" | "identifiedHow" | "codeId" | "codeProvedAt" | "closedAt"> & {
    as: Candidate;
  }
>;

export async function changeCall(tx: Tx, id: string, { as, ...to }: Changes): Promise<void> {
  await tx
    .updateTable("hotline_call")
    .set({
      ...(to.triesLeft === undefined ? {} : { tries_left: to.triesLeft }),
      ...(to.identifiedAt ? { identified_at: to.identifiedAt, identified_how: to.identifiedHow ?? null } : {}),
      ...(as && "personId" in as ? { person_id: as.personId } : {}),
      ...(as && "declarationId" in as ? { declaration_id: as.declarationId } : {}),
      ...(to.codeId ? { code_id: to.codeId, code_proved_at: null } : {}),
      ...(to.codeProvedAt ? { code_proved_at: to.codeProvedAt } : {}),
      ...(to.closedAt ? { closed_at: to.closedAt } : {}),
    })
    .where("call_id", "=", id)
    .execute();
}

/** The fullest of the counts, so that neither many keys for one person nor one key for many help a guesser. */
export async function countTries(db: Db | Tx, things: readonly Marks[], since: Date): Promise<number> {
  const marks = things.flat();
  const thingNos = things.flatMap((of, no) => of.map(() => no));
  const { rows } = await sql<{ n: string | null }>`
    select max(n) as n from (
      select count(*) as n from unnest(${marks}::bytea[], ${thingNos}::integer[]) as given (mark, thing_no)
        join hotline_try t on t.mark = given.mark and t.at > ${since}
       group by thing_no) counted`.execute(db);
  return Number(rows[0]?.n ?? 0);
}

export async function noteTries(tx: Tx, things: readonly Marks[], at: Date, tryId: string): Promise<void> {
  await tx
    .insertInto("hotline_try")
    .values(things.map(([mark]) => ({ mark, at, try_id: tryId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function dropOldTries(db: Db, before: Date): Promise<void> {
  await deleteOld(db, "hotline_try", { age: "at", key: ["mark", "at", "try_id"], before });
}
