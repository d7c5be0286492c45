import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { type Declaration, declarationColumns } from "./store.ts";

/** The place up to which a sweep has read: the next batch starts behind it. */
export interface SweepPlace {
  lapsesAt: Date;
  id: string;
}

/** A batch of overdue files, oldest deadline first. Nothing is locked: each file is looked at again on its own. */
export async function findOverdue(
  db: Db,
  now: Date,
  after: SweepPlace | undefined,
  limit: number,
): Promise<SweepPlace[]> {
  let query = db
    .selectFrom("declaration")
    .select(["declaration_id as id", "lapses_at as lapsesAt"])
    .where("status", "=", "confirmed")
    .where("batched_at", "is", null)
    .where("lapses_at", "<=", now);
  if (after) {
    query = query.where((where) =>
      where.or([
        where("lapses_at", ">", after.lapsesAt),
        where.and([where("lapses_at", "=", after.lapsesAt), where("declaration_id", ">", after.id)]),
      ]),
    );
  }
  const rows = await query.orderBy("lapses_at").orderBy("declaration_id").limit(limit).execute();
  return rows as SweepPlace[];
}

/** The file, locked, if it is still overdue and nobody else holds it. */
export async function lockOverdue(tx: Tx, id: string, now: Date): Promise<Declaration | undefined> {
  const row = await tx
    .selectFrom("declaration")
    .select(declarationColumns)
    .where("declaration_id", "=", id)
    .where("status", "=", "confirmed")
    .where("batched_at", "is", null)
    .where("lapses_at", "<=", now)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row as Declaration | undefined;
}

export async function countOverdue(db: Db, now: Date): Promise<number> {
  const row = await db
    .selectFrom("declaration")
    .select((select) => select.fn.countAll<string>().as("count"))
    .where("status", "=", "confirmed")
    .where("batched_at", "is", null)
    .where("lapses_at", "<=", now)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Overdue files by their last day in Viet Nam. */
export async function overdueByDay(db: Db, now: Date): Promise<{ lastDay: string; files: number }[]> {
  const { rows } = await sql<{ lastDay: string; files: number }>`
    select ((lapses_at - interval '1 second') at time zone 'Asia/Ho_Chi_Minh')::date as "lastDay", count(*)::integer as files
      from declaration where status = 'confirmed' and batched_at is null and lapses_at <= ${now}
     group by 1 order by 1`.execute(db);
  return rows;
}

/** Files that lapsed between two instants. */
export async function countLapsed(db: Db, from: Date, to: Date): Promise<number> {
  const row = await db
    .selectFrom("declaration")
    .select((select) => select.fn.countAll<string>().as("count"))
    .where("status", "=", "lapsed")
    .where("lapses_at", ">=", from)
    .where("lapses_at", "<", to)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Wipes what was declared in drafts and ended files whose days are over. Answers which. */
export async function forgetAnswers(tx: Tx, today: string, at: Date, limit: number): Promise<string[]> {
  const due = tx
    .selectFrom("declaration")
    .select("declaration_id")
    .where("keep_until", "<", today)
    .where("forgotten_at", "is", null)
    .where("status", "in", ["draft", "lapsed", "withdrawn"])
    .limit(limit)
    .forUpdate()
    .skipLocked();
  const wiped = await tx
    .updateTable("declaration")
    .set(forgotten(at))
    .where("declaration_id", "in", due)
    .returning("declaration_id as id")
    .execute();
  return wiped.map(({ id }) => id);
}

/** The same for one file that ended as a draft: no office has had to do with it. */
export async function forgetDraft(tx: Tx, id: string, at: Date): Promise<void> {
  await tx
    .updateTable("declaration")
    .set({ ...forgotten(at), office_code: null })
    .where("declaration_id", "=", id)
    .execute();
}

const forgotten = (at: Date) => ({
  answers: JSON.stringify({}),
  answers_sha256: null,
  birth_on: null,
  birth_precision: null,
  folded_name: null,
  insurance_number: null,
  id_kind: null,
  id_number: null,
  phone: null,
  matched_person_id: null,
  forgotten_at: at,
});
