/** Statements of the claim import: COPY of what is new, staging and merge of what stands, versions of the persons. */
import { sql } from "kysely";
import type pg from "pg";
import type { Db } from "../db/house.ts";
import { copyInto, copyPastPolicies } from "./store-copy.ts";
import { archiveVersions, dropRest } from "./store-rest.ts";
import { CONTENT, columnsOf, ORIGIN } from "./store-visit-columns.ts";

/** Columns that the importer fills; the line of a visit follows (LINE_COLUMNS). Staging has its batch before. */
const IMPORTER_COLUMNS = ["person_id", "source_file_id", "source_record", "arrived_at"] as const;

export async function copyVisits(
  client: pg.PoolClient,
  table: "visit" | "visit_staging",
  lineColumns: readonly string[],
  lines: Buffer,
): Promise<void> {
  const batch = table === "visit_staging" ? ["batch"] : [];
  const columns = [...batch, ...IMPORTER_COLUMNS, ...lineColumns].join(", ");
  if (table === "visit") await copyPastPolicies(client, table, columns, lines);
  else await copyInto(client, `${table} (${columns})`, lines);
}

/** Which of these visits does the record hold already, and does it hold them from a later file than this one? */
export async function findStanding(
  tx: Db,
  batch: string,
  visitIds: readonly string[],
): Promise<Map<string, { isLater: boolean }>> {
  const { rows } = await sql<{ visitId: string; isLater: boolean }>`
    select v.visit_id as "visitId", v.source_file_id > ${batch}::bigint as "isLater"
      from unnest(${visitIds}::uuid[]) as asked (visit_id) join visit v using (visit_id)`.execute(tx);
  return new Map(rows.map((row) => [row.visitId, row]));
}

/** Which of these visits did a later file than this one end or recall, or a later record of this file recall? */
export async function findRecalled(
  tx: Db,
  batch: string,
  visits: readonly { personId: string; visitId: string; record: number }[],
): Promise<Set<string>> {
  const [persons, ids] = [visits.map(({ personId }) => personId), visits.map(({ visitId }) => visitId)];
  const { rows } = await sql<{ visitId: string }>`
    with asked as (
      select * from unnest(${persons}::bigint[], ${ids}::uuid[], ${visits.map(({ record }) => record)}::integer[])
        as a (person_id, visit_id, record_no)
    )
    select o.visit_id as "visitId" from asked
      join visit_version o using (person_id, visit_id) where o.ended_by_file_id > ${batch}::bigint
    union
    select r.visit_id from asked
      join claim_recall r using (visit_id) where (r.file_id, r.record_no) > (${batch}::bigint, asked.record_no)`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.visitId));
}

/** The last word that recalled each of these claims, also of those that never stood as a visit. */
export async function keepRecalls(tx: Db, batch: string, recalls: readonly Recalled[]): Promise<void> {
  if (recalls.length === 0) return;
  await sql`
    insert into claim_recall as k (visit_id, file_id, record_no)
    select r.visit_id, ${batch}::bigint, r.no
      from unnest(${recalls.map(({ visitId }) => visitId)}::uuid[], ${recalls.map(({ no }) => no)}::integer[])
        as r (visit_id, no) order by r.visit_id
    on conflict (visit_id) do update set file_id = excluded.file_id, record_no = excluded.record_no
     where (k.file_id, k.record_no) < (excluded.file_id, excluded.record_no)`.execute(tx);
}

const BLOAT_BYTES = 4 * 1024 * 1024;

export interface StagingSize {
  staged: number;
  /** Visits that stand more than once. */
  hasRepeats: boolean;
  /** Quicker to cut off than to delete. */
  isLarge: boolean;
}

export const NOTHING_STAGED: StagingSize = { staged: 0, hasRepeats: false, isLarge: false };

export async function measureStaging(tx: Db, batch: string): Promise<StagingSize> {
  const { rows } = await sql<StagingSize>`
    select count(*)::integer as staged, count(*) > count(distinct visit_id) as "hasRepeats",
           pg_relation_size('visit_staging') > ${BLOAT_BYTES} as "isLarge"
      from visit_staging where batch = ${batch}`.execute(tx);
  return rows[0] ?? NOTHING_STAGED;
}

/** One import runs at a time: what lies in staging is its own. */
export async function emptyStaging(tx: Db, { isLarge }: StagingSize): Promise<void> {
  await (isLarge ? sql`truncate visit_staging` : sql`delete from visit_staging`).execute(tx);
}

export interface KnownPerson {
  kind: string;
  key: string;
  personId: string;
  foldedName: string;
  birthYear: number;
}

/** Who holds these numbers? */
export async function findPersonsByKeys(
  db: Db,
  keys: readonly { kind: string; key: string }[],
): Promise<KnownPerson[]> {
  const { rows } = await sql<KnownPerson>`
    select k.kind, k.key, p.person_id as "personId", p.folded_name as "foldedName",
           extract(year from p.birth_on)::integer as "birthYear"
      from unnest(${keys.map(({ kind }) => kind)}::text[], ${keys.map(({ key }) => key)}::text[]) as q (kind, key)
      join person_key k on k.kind = q.kind and k.key = q.key
      join person p on p.person_id = k.person_id`.execute(db);
  return rows;
}

/**
 * Rows that this file brought and a later record of it brings again leave the table: staging has the later one.
 * A row from an earlier reading of the same file stands in staging itself, and is left to the merge.
 */
export async function dropEarlier(tx: Db, batch: string): Promise<number[]> {
  const { rows } = await sql<{ source_record: number }>`
    delete from visit v using (select visit_id, array_agg(source_record) as records from visit_staging
                                where batch = ${batch} group by visit_id) s
     where v.visit_id = s.visit_id and v.source_file_id = ${batch} and v.source_record <> all(s.records)
    returning v.source_record`.execute(tx);
  return rows.map((row) => row.source_record);
}

/** Records that stand again later in the same file: the later one holds. */
export async function dropRepeats(tx: Db, batch: string): Promise<number[]> {
  await planFreely(tx);
  const { rows } = await sql<{ source_record: number }>`
    delete from visit_staging s
     using (select visit_id, max(source_record) as last_record from visit_staging
             where batch = ${batch} group by visit_id having count(*) > 1) l
     where s.batch = ${batch} and s.visit_id = l.visit_id and s.source_record < l.last_record
    returning s.source_record`.execute(tx);
  await preferIndexes(tx);
  return rows.map((row) => row.source_record);
}

/** Takes visits out of staging that a later record of the file recalls; answers which recalls stand. */
export async function dropRecalled(
  tx: Db,
  batch: string,
  recalls: readonly Recalled[],
): Promise<{ dropped: number; standing: Recalled[] }> {
  if (recalls.length === 0) return { dropped: 0, standing: [] };
  await planFreely(tx);
  const { rows } = await sql<Recalled & { dropped: number }>`
    with recall as (
      select r.visit_id, max(r.no) as no
        from unnest(${recalls.map(({ visitId }) => visitId)}::uuid[], ${recalls.map(({ no }) => no)}::integer[])
          as r (visit_id, no) group by r.visit_id
    ), dropped as (
      delete from visit_staging s using recall r
       where s.batch = ${batch} and s.visit_id = r.visit_id and s.source_record < r.no
      returning s.visit_id
    )
    select r.visit_id as "visitId", r.no, (select count(*)::integer from dropped) as dropped from recall r
     where not exists (select from visit_staging s
                        where s.batch = ${batch} and s.visit_id = r.visit_id and s.source_record > r.no)`.execute(tx);
  await preferIndexes(tx);
  return { dropped: rows[0]?.dropped ?? 0, standing: rows };
}

/** The file that is being taken, and when. */
export interface Batch {
  fileId: string;
  at: Date;
}

interface Recalled {
  visitId: string;
  no: number;
}

/**
 * Withdraws visits, and bumps the version of those whose visits they were. What this file itself brought before
 * the recall is taken back; what it brought after it stays, and so does what a later file brought.
 */
export async function withdraw(
  tx: Db,
  { fileId: batch, at }: Batch,
  recalls: readonly Recalled[],
): Promise<{ takenBack: number; recalled: number }> {
  if (recalls.length === 0) return { takenBack: 0, recalled: 0 };
  const [ids, numbers] = [recalls.map(({ visitId }) => visitId), recalls.map(({ no }) => no)];
  await archiveVersions(
    tx,
    { fileId: batch, at, reason: "recalled" },
    sql`unnest(${ids}::uuid[]) as r (visit_id) where v.visit_id = r.visit_id and v.source_file_id < ${batch}`,
  );
  const { rows } = await sql<{ person_id: string; visit_id: string; is_own: boolean }>`
    delete from visit v
     using unnest(${ids}::uuid[], ${numbers}::integer[]) as r (visit_id, no)
     where v.visit_id = r.visit_id and v.source_file_id <= ${batch}
       and not (v.source_file_id = ${batch} and v.source_record > r.no)
    returning v.person_id, v.visit_id, v.source_file_id = ${batch} as is_own`.execute(tx);
  await dropRest(tx, rows);
  await bump(tx, personsOf(rows));
  const takenBack = rows.filter(({ is_own }) => is_own).length;
  return { takenBack, recalled: rows.length - takenBack };
}

/** A claim that now names another person leaves the first one: no visit stands with two people. */
export async function withdrawFromOthers(tx: Db, { fileId: batch, at }: Batch): Promise<void> {
  const isOthers = sql`visit_staging s
     where s.batch = ${batch} and v.visit_id = s.visit_id and v.person_id <> s.person_id`;
  await archiveVersions(tx, { fileId: batch, at, reason: "moved" }, isOthers);
  const { rows } = await sql<{ person_id: string; visit_id: string }>`
    delete from visit v using ${isOthers}
    returning v.person_id, v.visit_id`.execute(tx);
  await dropRest(tx, rows);
  await bump(tx, personsOf(rows));
}

/**
 * Staging → visit, ordered by key; a row that has not changed is not written, one that has is kept as a version. Answers how many were. One
 * import runs at a time, so new rows need no ON CONFLICT, which would write each of them twice.
 */
export async function mergeVisits(tx: Db, { fileId: batch, at }: Batch): Promise<number> {
  const columns = ["person_id", "visit_id", ...CONTENT, ...ORIGIN];
  const changes = [...CONTENT, ...ORIGIN].map((name) => `${name} = s.${name}`).join(", ");
  const differing = sql`visit_staging s
     where s.batch = ${batch} and v.person_id = s.person_id and v.visit_id = s.visit_id
       and (${columnsOf("v.", CONTENT)}) is distinct from (${columnsOf("s.", CONTENT)})`;
  await archiveVersions(tx, { fileId: batch, at, reason: "replaced" }, differing);
  const changed = await sql<{ person_id: string }>`
    update visit v set ${sql.raw(changes)} from ${differing}
    returning v.person_id`.execute(tx);
  const added = await sql<{ person_id: string }>`
    insert into visit (${columnsOf("", columns)})
    select ${columnsOf("s.", columns)} from visit_staging s
     where s.batch = ${batch}
       and not exists (select from visit v where v.person_id = s.person_id and v.visit_id = s.visit_id)
     order by s.person_id, s.visit_id
    returning person_id`.execute(tx);
  const written = [...changed.rows, ...added.rows];
  await bump(tx, personsOf(written));
  return written.length;
}

const personsOf = (rows: readonly { person_id: string }[]) => [...new Set(rows.map((row) => row.person_id))];

/** The record of these persons has changed: what was read of it before is out of date. */
export async function bump(tx: Db, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await sql`
    update person set data_version = data_version + 1 where person_id = any(${personIds}::bigint[])`.execute(tx);
}

/** Neither staging nor a list of keys has statistics: the planner must not read a whole register for a handful. */
export async function preferIndexes(tx: Db): Promise<void> {
  await sql`
    select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
           set_config('enable_seqscan', 'off', true)`.execute(tx);
}

/** Staging against itself has no index: there the planner chooses. */
async function planFreely(tx: Db): Promise<void> {
  await sql`
    select set_config('enable_hashjoin', 'on', true), set_config('enable_mergejoin', 'on', true),
           set_config('enable_seqscan', 'on', true)`.execute(tx);
}
