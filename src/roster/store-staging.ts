/** A sent list beside the unit's own: staged in a table of the transaction, compared and written by whole sets. */
import { sql } from "kysely";
import type { Tx } from "../db/house.ts";
import type { RosterLine } from "./rules-row.ts";
import { kindOfTyped, matched } from "./store-match.ts";

export interface StagedLine {
  row: number;
  lineId: string;
  line: RosterLine;
}

export async function openStaging(tx: Tx): Promise<void> {
  await sql`select set_config('statement_timeout', '60s', true), set_config('work_mem', '64MB', true)`.execute(tx);
  await sql`
    create temp table roster_row (
      row_no integer primary key, new_line_id uuid not null, full_name text not null, folded_name text not null,
      birth_date date, birth_precision text, number_typed text, number_kind text, phone text, people_group text,
      has_smartphone boolean, note text, match text, person_id bigint, differs text[], line_id uuid,
      is_changed boolean not null default false, reason text, other_row integer) on commit drop`.execute(tx);
}

export async function stage(tx: Tx, lines: readonly StagedLine[]): Promise<void> {
  const of = <T>(value: (line: StagedLine) => T) => lines.map(value);
  await sql`
    insert into roster_row (row_no, new_line_id, full_name, folded_name, birth_date, birth_precision, number_typed,
      number_kind, phone, people_group, has_smartphone, note)
    select * from unnest(
      ${of(({ row }) => row)}::integer[], ${of(({ lineId }) => lineId)}::uuid[],
      ${of(({ line }) => line.fullName)}::text[], ${of(({ line }) => line.foldedName)}::text[],
      ${of(({ line }) => line.birth?.on ?? null)}::date[], ${of(({ line }) => line.birth?.precision ?? null)}::text[],
      ${of(({ line }) => line.number?.number ?? null)}::text[], ${of(({ line }) => line.number?.kind ?? null)}::text[],
      ${of(({ line }) => line.phone)}::text[], ${of(({ line }) => line.group)}::text[],
      ${of(({ line }) => line.hasSmartphone)}::boolean[], ${of(({ line }) => line.note)}::text[])`.execute(tx);
}

/** Who of the register each line is. */
export async function matchStaged(tx: Tx): Promise<void> {
  await sql`analyze roster_row`.execute(tx);
  const rows = sql`select row_no::text as k, folded_name, birth_date, birth_precision, number_typed, number_kind
                     from roster_row`;
  await sql`
    update roster_row r set match = m.match, person_id = m.person_id, differs = m.differs
      from (${matched(rows)}) m where m.k = r.row_no::text`.execute(tx);
}

/** One person twice in the list: the first line holds. */
export async function refuseRepeated(tx: Tx): Promise<void> {
  await sql`
    with twice as (
      select row_no, first_value(row_no) over (partition by number_typed order by row_no) as first
        from roster_row where number_typed is not null
      union all
      select row_no, first_value(row_no) over (partition by person_id order by row_no)
        from roster_row where person_id is not null
      union all
      select row_no, first_value(row_no) over (partition by folded_name, birth_date, birth_precision order by row_no)
        from roster_row where number_typed is null)
    update roster_row r set reason = 'repeated', other_row = t.first
      from (select row_no, min(first) as first from twice where first < row_no group by row_no) t
     where t.row_no = r.row_no`.execute(tx);
}

/** The unit's own lines beside the staged ones, counted: a fresh list has no statistics, and joins would be guessed. */
async function stageOwn(tx: Tx, unitCode: string): Promise<void> {
  await sql`
    create temp table roster_own on commit drop as
    select line_id, person_id, number_typed, folded_name, birth_date from roster_person
     where unit_code = ${sql.lit(unitCode)} and left_at is null`.execute(tx);
  await sql`analyze roster_own`.execute(tx);
}

/** Which line of the unit's list each staged line is: by person, then by number, then by name and birth date. */
export async function findOnList(tx: Tx, unitCode: string): Promise<void> {
  await stageOwn(tx, unitCode);
  await sql`
    with pairs as (
      select r.row_no, l.line_id, 1 as rank from roster_row r join roster_own l on l.person_id = r.person_id
       where r.reason is null
      union all
      select r.row_no, l.line_id, 2 from roster_row r join roster_own l on l.number_typed = r.number_typed
       where r.reason is null
      union all
      select r.row_no, l.line_id, 3 from roster_row r join roster_own l on l.folded_name = r.folded_name
         and l.birth_date = r.birth_date and (l.number_typed is null or r.number_typed is null)
       where r.reason is null),
    best as (select distinct on (row_no) row_no, line_id, rank from pairs order by row_no, rank, line_id),
    claim as (select distinct on (line_id) line_id, row_no from best order by line_id, rank, row_no)
    update roster_row r set line_id = b.line_id, reason = case when c.row_no is null then 'on_list_already' end
      from best b left join claim c on c.row_no = b.row_no
     where b.row_no = r.row_no`.execute(tx);
  await sql`analyze roster_row`.execute(tx);
  await matchAsWritten(tx, unitCode);
  await sql`
    update roster_row r set is_changed =
      (l.full_name, l.birth_date, l.birth_precision, l.number_typed, l.phone, l.people_group, l.has_smartphone,
        l.note, l.match, l.person_id, l.differs)
      is distinct from
      (r.full_name, coalesce(r.birth_date, l.birth_date), coalesce(r.birth_precision, l.birth_precision),
        coalesce(r.number_typed, l.number_typed), coalesce(r.phone, l.phone),
        coalesce(r.people_group, l.people_group), coalesce(r.has_smartphone, l.has_smartphone),
        coalesce(r.note, l.note), r.match, r.person_id, r.differs)
      from roster_person l
     where l.unit_code = ${unitCode} and l.line_id = r.line_id and r.reason is null`.execute(tx);
}

/**
 * What a line leaves empty stays as it was on the list, so who it is follows from both. Nobody becomes a person whom
 * another line names.
 */
async function matchAsWritten(tx: Tx, unitCode: string): Promise<void> {
  const rows = sql`
    select r.row_no::text as k, r.folded_name, coalesce(r.birth_date, l.birth_date) as birth_date,
           coalesce(r.birth_precision, l.birth_precision) as birth_precision,
           coalesce(r.number_typed, l.number_typed) as number_typed,
           coalesce(r.number_kind, ${kindOfTyped("l.number_typed")}) as number_kind
      from roster_row r join roster_person l on l.unit_code = ${unitCode} and l.line_id = r.line_id
     where r.reason is null
       and ((r.number_typed is null and l.number_typed is not null)
         or (r.birth_date is null and l.birth_date is not null))`;
  await sql`
    update roster_row r set match = m.match, person_id = m.person_id, differs = m.differs
      from (select s.row_no, m.match, m.person_id, m.differs
              from (select *, row_number() over (partition by person_id order by k) as nth
                      from (${matched(rows)}) found) m
              join roster_row s on s.row_no::text = m.k
              join roster_own l on l.line_id = s.line_id
              left join roster_own held on held.person_id = m.person_id and held.line_id <> l.line_id
              left join roster_row named on named.person_id = m.person_id and named.row_no <> s.row_no
                   and named.reason is null
             where m.person_id is null or m.person_id = l.person_id
                or (m.nth = 1 and held.line_id is null and named.row_no is null)) m
     where m.row_no = r.row_no`.execute(tx);
}

export interface Counts {
  added: number;
  changed: number;
  unchanged: number;
}

/** What a column leaves empty stays as it was. Whoever is somebody else now begins without moments. */
export async function writeStaged(
  tx: Tx,
  { unitCode, uploadId, at }: { unitCode: string; uploadId: string; at: Date },
): Promise<Counts> {
  const changed = await sql`
    update roster_person l set full_name = r.full_name, folded_name = r.folded_name,
      birth_date = coalesce(r.birth_date, l.birth_date),
      birth_precision = coalesce(r.birth_precision, l.birth_precision),
      number_typed = coalesce(r.number_typed, l.number_typed), phone = coalesce(r.phone, l.phone),
      people_group = coalesce(r.people_group, l.people_group),
      has_smartphone = coalesce(r.has_smartphone, l.has_smartphone), note = coalesce(r.note, l.note),
      match = r.match, person_id = r.person_id, differs = r.differs, upload_id = ${uploadId}::uuid,
      declared_at = case when s.same then l.declared_at end,
      handed_in_at = case when s.same then l.handed_in_at end,
      approved_at = case when s.same then l.approved_at end,
      signed_in_at = case when s.same then l.signed_in_at end,
      installed_at = case when s.same then l.installed_at end
      from roster_row r, lateral (select r.person_id is not distinct from p.person_id as same
        from roster_person p where p.unit_code = ${unitCode} and p.line_id = r.line_id) s
     where l.unit_code = ${unitCode} and l.line_id = r.line_id and r.reason is null and r.is_changed`.execute(tx);
  const unchanged = await sql`
    update roster_person l set upload_id = ${uploadId}::uuid from roster_row r
     where l.unit_code = ${unitCode} and l.line_id = r.line_id and r.reason is null and not r.is_changed`.execute(tx);
  const added = await sql`
    insert into roster_person (unit_code, line_id, full_name, folded_name, birth_date, birth_precision, number_typed,
      phone, people_group, has_smartphone, note, match, person_id, differs, joined_at, upload_id)
    select ${unitCode}, new_line_id, full_name, folded_name, birth_date, birth_precision, number_typed,
      phone, people_group, has_smartphone, note, match, person_id, differs, ${at}::timestamptz, ${uploadId}::uuid
      from roster_row where reason is null and line_id is null`.execute(tx);
  return {
    added: Number(added.numAffectedRows ?? 0n),
    changed: Number(changed.numAffectedRows ?? 0n),
    unchanged: Number(unchanged.numAffectedRows ?? 0n),
  };
}

/** Staged lines that were not taken after all. */
export async function refusedStaged(tx: Tx): Promise<{ row: number; reason: string; otherRow: number | null }[]> {
  const { rows } = await sql<{ row: number; reason: string; otherRow: number | null }>`
    select row_no as row, reason, other_row as "otherRow" from roster_row where reason is not null`.execute(tx);
  return rows;
}
