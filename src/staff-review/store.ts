import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { Decision, ReviewVerdict } from "./rules.ts";

/** Reviews of who may do what at an office, as they were signed. */

export interface OfficeReview {
  officeCode: string;
  no: number;
  at: Date;
  byId: string;
  byName: string;
  kept: number;
  ended: number;
}

/** The number that the next review of an office bears. */
export async function nextReviewNo(db: Db | Tx, officeCode: string): Promise<number> {
  const row = await db
    .selectFrom("office_review")
    .select((e) => e.fn.max("review_no").as("last"))
    .where("office_code", "=", officeCode)
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

/** False when a review of this number is there already: of two at the same moment one is written. */
export async function insertOfficeReview(
  tx: Tx,
  { officeCode, no, at, by }: { officeCode: string; no: number; at: Date; by: string },
): Promise<boolean> {
  const done = await tx
    .insertInto("office_review")
    .values({ office_code: officeCode, review_no: no, reviewed_at: at, reviewed_by: by })
    .onConflict((conflict) => conflict.constraint("office_review_pk").doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

export async function insertReviewLines(
  tx: Tx,
  { officeCode, no, by }: { officeCode: string; no: number; by: string },
  decisions: readonly Decision[],
): Promise<void> {
  const rows = decisions.map(({ line, verdict, reason }) => ({
    ...{ office_code: officeCode, review_no: no, reviewed_by: by, staff_id: line.staffId, held: line.held },
    ...{ held_since: line.since, last_seen_on: line.lastSeenOn, factors: [...line.factors], looks: line.looks },
    ...{ verdict, reason },
  }));
  await tx.insertInto("office_review_line").values(rows).execute();
}

/** The newest of an office first. */
export async function reviewsOf(db: Db, officeCode: string, limit: number): Promise<OfficeReview[]> {
  return reviewsWhere(db, sql<boolean>`review.office_code = ${officeCode}`, limit);
}

export async function findOfficeReview(db: Db, officeCode: string, no: number): Promise<OfficeReview | undefined> {
  const [found] = await reviewsWhere(db, sql<boolean>`review.office_code = ${officeCode} and review.review_no = ${no}`);
  return found;
}

/** The newest of each office. */
export async function newestReviews(db: Db): Promise<OfficeReview[]> {
  return reviewsWhere(
    db,
    sql<boolean>`not exists (select from office_review newer
      where newer.office_code = review.office_code and newer.review_no > review.review_no)`,
  );
}

async function reviewsWhere(db: Db, condition: RawBuilder<boolean>, limit?: number): Promise<OfficeReview[]> {
  const { rows } = await sql<OfficeReview>`
    select review.office_code as "officeCode", review.review_no as no, review.reviewed_at as at,
           review.reviewed_by as "byId", staff.full_name as "byName",
           count(*) filter (where line.verdict = 'keep')::int as kept,
           count(*) filter (where line.verdict = 'end')::int as ended
      from office_review review
      join staff on staff.staff_id = review.reviewed_by
      join office_review_line line using (office_code, review_no)
     where ${condition}
     group by review.office_code, review.review_no, staff.full_name
     order by review.office_code, review.review_no desc
     limit ${limit ?? null}::int`.execute(db);
  return rows;
}

export interface KeptLine {
  staffId: string;
  username: string;
  name: string;
  held: string;
  since: string;
  lastSeenOn: string | null;
  factors: string[];
  looks: number;
  verdict: ReviewVerdict;
  reason: string | null;
}

/** What one review decided, by name. */
export async function linesOfReview(db: Db, officeCode: string, no: number): Promise<KeptLine[]> {
  const rows = await db
    .selectFrom("office_review_line as line")
    .innerJoin("staff", "staff.staff_id", "line.staff_id")
    .select([
      ...(["line.staff_id as staffId", "staff.username", "staff.full_name as name", "line.held"] as const),
      ...(["line.held_since as since", "line.last_seen_on as lastSeenOn", "line.factors", "line.looks"] as const),
      ...(["line.verdict", "line.reason"] as const),
    ])
    .where("line.office_code", "=", officeCode)
    .where("line.review_no", "=", no)
    .orderBy("staff.full_name")
    .orderBy("line.staff_id")
    .orderBy("line.held")
    .execute();
  return rows as KeptLine[];
}
