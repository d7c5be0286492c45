import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { behindWall } from "../db/wall.ts";
import type { StatementKind } from "./rules.ts";

/** Papers that were made: what is needed to say that one is genuine, and nothing of what stands on it but totals. */
export interface NewStatement {
  person_id: string;
  statement_id: string;
  kind: StatementKind;
  year: number | null;
  made_at: Date;
  made_by: string | null;
  expires_on: string;
  code_end: string;
  code_mark: Buffer;
  sealed_figures: Buffer;
  pdf_sha256: Buffer;
}

export async function insertStatement(tx: Tx, row: NewStatement): Promise<void> {
  const { code_mark, person_id, statement_id } = row;
  await tx.insertInto("statement").values(row).execute();
  await tx.insertInto("statement_code").values({ code_mark, person_id, statement_id }).execute();
}

/** Papers of one record are made one after the other, so that two at the same moment cannot pass the limit. */
export async function countMadeSince(tx: Tx, personId: string, since: Date): Promise<number> {
  await tx.selectFrom("person").select("person_id").where("person_id", "=", personId).forUpdate().execute();
  const row = await tx
    .selectFrom("statement")
    .select((e) => e.fn.countAll<string>().as("n"))
    .where("person_id", "=", personId)
    .where("made_at", ">=", since)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

const columns = [
  "person_id as personId",
  "statement_id as statementId",
  "kind",
  "year",
  "made_at as madeAt",
  "made_by as madeBy",
  "expires_on as expiresOn",
  "withdrawn_at as withdrawnAt",
  "code_end as codeEnd",
  "checks",
  "checked_at as checkedAt",
] as const;

export interface Statement {
  personId: string;
  statementId: string;
  kind: StatementKind;
  year: number | null;
  madeAt: Date;
  madeBy: string | null;
  expiresOn: string;
  withdrawnAt: Date | null;
  codeEnd: string;
  checks: number;
  checkedAt: Date | null;
}

export interface StatementsPage {
  papers: Statement[];
  /** The paper after which the next page begins. */
  next: string | undefined;
}

const LISTED_MOST = 100;

/** A page of a person's papers, newest first: those after the one that is named. */
export async function statementsOf(db: Db, personId: string, after?: string): Promise<StatementsPage> {
  const own = db.selectFrom("statement").select(columns).where("person_id", "=", personId);
  const page = after
    ? own.where(
        sql<boolean>`(made_at, statement_id) < (select made_at, statement_id from statement
          where person_id = ${personId} and statement_id = ${after}::uuid)`,
      )
    : own;
  const rows = await page
    .orderBy("made_at", "desc")
    .orderBy("statement_id", "desc")
    .limit(LISTED_MOST + 1)
    .execute();
  const papers = rows.slice(0, LISTED_MOST) as Statement[];
  return { papers, next: rows.length > LISTED_MOST ? papers.at(-1)?.statementId : undefined };
}

/** False when the person has no such paper, or took it back before. */
export async function markWithdrawn(tx: Tx, personId: string, statementId: string, at: Date): Promise<boolean> {
  const row = await tx
    .updateTable("statement")
    .set({ withdrawn_at: at })
    .where("person_id", "=", personId)
    .where("statement_id", "=", statementId)
    .where("withdrawn_at", "is", null)
    .returning("statement_id")
    .executeTakeFirst();
  return row !== undefined;
}

export interface Checked extends Statement {
  sealedFigures: Buffer;
  pdfSha256: Buffer;
}

/** The paper of a code, counted as checked. Its row may have gone to the record into which the person's was merged. */
export async function takeCheck(tx: Tx, codeMarks: readonly Buffer[], at: Date): Promise<Checked | undefined> {
  const key = await tx
    .selectFrom("statement_code")
    .select(["person_id", "statement_id"])
    .where("code_mark", "in", codeMarks)
    .executeTakeFirst();
  if (!key) return undefined;
  const { rows } = await sql<{ id: string }>`
    with recursive record (id) as (
      select ${key.person_id}::bigint
      union select p.merged_into from person p join record r on p.person_id = r.id where p.merged_into is not null
    ) select id from record`.execute(tx);
  const ids = rows.map(({ id }) => id);
  const counted = tx
    .updateTable("statement")
    .set((e) => ({ checks: e("checks", "+", 1), checked_at: at }))
    .where("person_id", "in", ids)
    .where("statement_id", "=", key.statement_id)
    .returning([...columns, "sealed_figures as sealedFigures", "pdf_sha256 as pdfSha256"]);
  // Nobody is signed in: the code says whose paper it is.
  const row = await behindWall(ids, () => counted.executeTakeFirst());
  return row as Checked | undefined;
}

/** Of the papers whose code ended before a day some are forgotten, codes first. How many that were. */
export async function forgetEnded(db: Db, before: string, limit: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with old as (select person_id, statement_id, code_mark from statement where expires_on < ${before}::date
                  order by expires_on limit ${limit}),
    codes as (delete from statement_code c using old where c.code_mark = old.code_mark),
    gone as (delete from statement s using old
              where s.person_id = old.person_id and s.statement_id = old.statement_id returning 1)
    select count(*)::integer as count from gone`.execute(db);
  return rows[0]?.count ?? 0;
}
