/** What claims hold beside their costs, and versions of claims that stand no longer. */
import { type RawBuilder, sql } from "kysely";
import type { Db } from "../db/house.ts";
import { CONTENT, columnsOf, ORIGIN } from "./store-visit-columns.ts";

export interface RestLine {
  personId: string;
  visitId: string;
  record: number;
  tables: string | null;
  hivTables: string | null;
}

/** For the length of one transaction: which record of a visit holds is known only at the end of the file. */
export async function createRestIntake(tx: Db): Promise<void> {
  await sql`
    create temporary table visit_rest_intake (
      person_id bigint, visit_id uuid, record integer, tables text, hiv_tables text
    ) on commit drop`.execute(tx);
}

export async function gatherRest(tx: Db, lines: readonly RestLine[]): Promise<void> {
  const column = <T>(pick: (line: RestLine) => T) => lines.map(pick);
  await sql`
    insert into visit_rest_intake
    select * from unnest(
      ${column((line) => line.personId)}::bigint[], ${column((line) => line.visitId)}::uuid[],
      ${column((line) => line.record)}::integer[], ${column((line) => line.tables)}::text[],
      ${column((line) => line.hivTables)}::text[])`.execute(tx);
}

/** What was gathered → visit_rest, for the visits that this file brought and that hold at its end. */
export async function mergeRest(tx: Db, batch: string): Promise<void> {
  await sql`
    insert into visit_rest as x (person_id, visit_id, tables, hiv_tables)
    select r.person_id, r.visit_id, r.tables, r.hiv_tables
      from visit_rest_intake r
      join visit v on v.person_id = r.person_id and v.visit_id = r.visit_id
                  and v.source_file_id = ${batch} and v.source_record = r.record
     order by r.person_id, r.visit_id
    on conflict (person_id, visit_id) do update set tables = excluded.tables, hiv_tables = excluded.hiv_tables
     where (x.tables, x.hiv_tables) is distinct from (excluded.tables, excluded.hiv_tables)`.execute(tx);
}

/** Claims that were sent again without the tables that they had. Before staging is emptied. */
export async function dropRestOfStaged(tx: Db, batch: string): Promise<void> {
  await sql`
    delete from visit_rest x using visit_staging s
     where s.batch = ${batch} and s.rest_sha256 is null
       and x.person_id = s.person_id and x.visit_id = s.visit_id`.execute(tx);
}

export async function dropRest(tx: Db, visits: readonly { person_id: string; visit_id: string }[]): Promise<void> {
  if (visits.length === 0) return;
  await sql`
    delete from visit_rest x
     using unnest(${visits.map((one) => one.person_id)}::bigint[], ${visits.map((one) => one.visit_id)}::uuid[])
       as gone (person_id, visit_id)
     where x.person_id = gone.person_id and x.visit_id = gone.visit_id`.execute(tx);
}

export interface Ending {
  fileId: string;
  at: Date;
  reason: "replaced" | "recalled" | "moved";
}

/** Keeps visits `v` as they stand, before they are changed or deleted. `which`: a table and a condition on `v`. */
export async function archiveVersions(tx: Db, ending: Ending, which: RawBuilder<unknown>): Promise<void> {
  const columns = ["person_id", "visit_id", ...CONTENT, ...ORIGIN];
  await sql`
    insert into visit_version (${columnsOf("", columns)}, tables, hiv_tables, ended_at, ended_by_file_id, end_reason)
    select ${columnsOf("old.", columns)}, r.tables, r.hiv_tables, ${ending.at}, ${ending.fileId}, ${ending.reason}
      from (select ${columnsOf("v.", columns)} from visit v, ${which}) old
      left join visit_rest r on r.person_id = old.person_id and r.visit_id = old.visit_id`.execute(tx);
}
