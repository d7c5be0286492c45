/** What is peculiar to benefit documents: a paper is one person's, whoever it was made out to at first. */
import { sql } from "kysely";
import type { Db } from "../db/house.ts";

/** The same number of the same days: a facility that begins to count anew makes another paper of it. */
const isSamePaper = sql`t.document_id = r.document_id and t.person_id <> r.person_id
  and (t.issued_on = r.issued_on or t.from_on = r.from_on)`;

/** A paper that now names another person leaves the first one. Answers whom it left. */
export async function withdrawPapersFromOthers(tx: Db, fileId: string): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    delete from benefit_document t using intake_row r
     where ${isSamePaper} and t.source_file_id < ${fileId}::bigint
    returning t.person_id`.execute(tx);
  return [...new Set(rows.map((row) => row.person_id))];
}

/** Papers that the same file makes out anew to somebody else: the later record holds. */
export async function dropEarlierHolders(tx: Db): Promise<number[]> {
  const { rows } = await sql<{ record_no: number }>`
    delete from intake_row r using intake_row t where ${isSamePaper} and t.record_no > r.record_no
    returning r.record_no`.execute(tx);
  return rows.map((row) => row.record_no);
}

/** Papers of an older file that a later one has made out to somebody else. */
export async function dropPapersOfOthers(tx: Db, fileId: string): Promise<number[]> {
  const { rows } = await sql<{ record_no: number }>`
    delete from intake_row r using benefit_document t
     where ${isSamePaper} and t.source_file_id > ${fileId}::bigint
    returning r.record_no`.execute(tx);
  return rows.map((row) => row.record_no);
}
