/** Statements of the counts: what changed, what it adds to each day, and the days themselves. */
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../db/house.ts";
import type { DayCounts } from "./rules-days.ts";

/** Whoever has to be counted anew: persons, and lines by unit and id (side by side). */
export interface Keys {
  persons: string[];
  units: string[];
  lines: string[];
}

export interface Run {
  seenXid: string | null;
  rolledAt: Date;
  comparedAt: Date | null;
}

/** One roll-up at a time: false where another is under way. Every statement of it sees one moment of the rosters. */
export async function lockRollUp(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(8330039) as mine`.execute(tx);
  return rows[0]?.mine ?? false;
}

export async function beginRollUp(tx: Tx): Promise<Run | undefined> {
  await sql`set local statement_timeout = 0`.execute(tx);
  const { rows } = await sql<Run>`
    select seen_xid::text as "seenXid", rolled_at as "rolledAt", compared_at as "comparedAt"
      from roll_up for update`.execute(tx);
  return rows[0];
}

/** `next`: the number that the next transaction will get; `settled`: below it none is under way. */
export async function transactionNumbers(tx: Tx): Promise<{ settled: bigint; next: bigint }> {
  const { rows } = await sql<{ settled: string; next: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as settled,
           pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(tx);
  return { settled: BigInt(rows[0]?.settled ?? 0), next: BigInt(rows[0]?.next ?? 0) };
}

export async function noteRun(tx: Tx, run: { seenXid: bigint; now: Date; isWhole: boolean }): Promise<void> {
  const whole = run.isWhole ? run.now : null;
  await sql`
    insert into roll_up (seen_xid, rolled_at, compared_at) values (${run.seenXid.toString()}::bigint, ${run.now}, ${whole})
    on conflict (single) do update set seen_xid = excluded.seen_xid, rolled_at = excluded.rolled_at,
      compared_at = coalesce(excluded.compared_at, roll_up.compared_at)`.execute(tx);
}

/**
 * Where the people of each unit stand, and on which days: those on which it stood there and both it and the one above
 * were in being. One that ended between them cuts nothing off.
 */
const TREE = sql`
  with recursive up as (
    select unit_code, unit_code as above, office_code, 0 as depth,
           daterange(valid_from, valid_to + 1) as path, daterange(valid_from, valid_to + 1) as theirs
      from drive_unit
    union all
    select up.unit_code, p.unit_code, p.office_code, up.depth + 1,
           up.path * s.during, daterange(p.valid_from, p.valid_to + 1)
      from up
      join drive_unit_standing s on s.unit_code = up.above and s.during && up.path
      join drive_unit p on p.unit_code = s.parent_code
     where up.depth < 12),
  stood as (
    select unit_code, above as scope_code, path * theirs as during from up
    union all
    select unit_code, '@' || office_code, path * theirs from up)
  select unit_code, scope_code, unnest(range_agg(during)) as during from stood group by 1, 2`;

/** Units whose place in the tree, or whose days, are not those that were counted with, and how many lines they have. */
export async function movedUnits(tx: Tx): Promise<{ code: string; lines: number }[]> {
  const { rows } = await sql<{ code: string; lines: number }>`
    with present as (${TREE}),
    moved as (select distinct unit_code
      from (table present except table unit_above union all (table unit_above except table present)) as differs)
    select unit_code as code, (select count(*) from roster_counted c where c.unit_code = moved.unit_code)::integer as lines
      from moved order by 1`.execute(tx);
  return rows;
}

/** Takes over the tree as it is told now for these units. */
export async function placeUnits(tx: Tx, unitCodes: readonly string[]): Promise<void> {
  await sql`delete from unit_above where unit_code = any(${unitCodes}::text[])`.execute(tx);
  await sql`
    insert into unit_above (unit_code, scope_code, during)
    select * from (${TREE}) as present where unit_code = any(${unitCodes}::text[])`.execute(tx);
}

/** In days of Viet Nam, as they are compared and counted. */
const LINE = sql`unit_code, line_id, person_id,
  (joined_at at time zone 'Asia/Ho_Chi_Minh')::date as joined_on, (left_at at time zone 'Asia/Ho_Chi_Minh')::date as left_on,
  (declared_at at time zone 'Asia/Ho_Chi_Minh')::date as declared_on,
  (handed_in_at at time zone 'Asia/Ho_Chi_Minh')::date as handed_in_on,
  (approved_at at time zone 'Asia/Ho_Chi_Minh')::date as approved_on,
  (signed_in_at at time zone 'Asia/Ho_Chi_Minh')::date as signed_in_on,
  (installed_at at time zone 'Asia/Ho_Chi_Minh')::date as installed_on`;

/** Of what was counted there: lines that were not yet are found as changed ones. */
export async function keysOfUnits(tx: Tx, unitCodes: readonly string[]): Promise<Keys> {
  return keysOf(
    tx,
    sql`select person_id, unit_code, line_id from roster_counted where unit_code = any(${unitCodes}::text[])`,
  );
}

/**
 * Of lines that are not as they were counted, at most `limit`. `since`: only rows written by the transaction of
 * this number or a later one; undefined: all, those that are gone too. Ages are of one moment: whatever begins
 * meanwhile moves both sides alike.
 */
export async function changedKeys(tx: Tx, since: bigint | undefined, limit: number): Promise<Keys> {
  const recent = since === undefined ? sql`true` : sql`age(xmin) <= age(xid(${since.toString()}::text::xid8))`;
  // Of few rows each is looked up; the planner cannot know that they are few, and would read all that was counted.
  const oneByOne = since === undefined ? sql`` : sql`limit 1`;
  const gone =
    since === undefined
      ? sql`union all select c.person_id, c.unit_code, c.line_id from roster_counted c
             where not exists (select from roster_person r where r.unit_code = c.unit_code and r.line_id = c.line_id)`
      : sql``;
  return keysOf(
    tx,
    sql`select both_of.person_id, line.unit_code, line.line_id
          from (select r.person_id, c.person_id as was, r.unit_code, r.line_id
                  from (select ${LINE} from roster_person where ${recent}) as r
                  left join lateral (select * from roster_counted b
                                      where b.unit_code = r.unit_code and b.line_id = r.line_id ${oneByOne}) as c on true
                 where c.line_id is null or r is distinct from c limit ${limit}) as line
         cross join lateral (select line.person_id union select line.was) as both_of
         ${gone}`,
  );
}

async function keysOf(tx: Tx, lines: RawBuilder<unknown>): Promise<Keys> {
  return widened(tx, await keysIn(tx, lines));
}

/** With all lines of these persons, and whose those lines are or were: what is taken off is put on again, whole. */
async function widened(tx: Tx, keys: Keys): Promise<Keys> {
  if (keys.lines.length === 0) return keys;
  const all = await keysIn(
    tx,
    sql`${linesOf(keys, sql`roster_counted`, KEY)} union ${linesOf(keys, sql`roster_person`, KEY)}
        union select unnest(${keys.persons}::bigint[]), null, null
        union select null, * from unnest(${keys.units}::text[], ${keys.lines}::uuid[])`,
  );
  const isWhole = all.persons.length === keys.persons.length && all.lines.length === keys.lines.length;
  return isWhole ? keys : widened(tx, all);
}

async function keysIn(tx: Tx, lines: RawBuilder<unknown>): Promise<Keys> {
  const { rows } = await sql<Keys>`
    with touched as materialized (${lines}),
    line as (select distinct unit_code, line_id from touched where line_id is not null)
    select coalesce((select array_agg(distinct person_id::text) from touched where person_id is not null), '{}') as persons,
           coalesce(array_agg(unit_code order by unit_code, line_id), '{}') as units,
           coalesce(array_agg(line_id::text order by unit_code, line_id), '{}') as lines
      from line`.execute(tx);
  return rows[0] ?? { persons: [], units: [], lines: [] };
}

const KEY = sql`l.person_id, l.unit_code, l.line_id`;

/** Each line of these persons and each of these lines once, by their indexes. */
const linesOf = ({ persons, units, lines }: Keys, table: RawBuilder<unknown>, columns: RawBuilder<unknown>) => sql`
  select ${columns} from ${table} l where l.person_id = any(${persons}::bigint[])
  union
  select ${columns} from ${table} l
    join unnest(${units}::text[], ${lines}::uuid[]) as k (unit_code, line_id)
      on k.unit_code = l.unit_code and k.line_id = l.line_id`;

/** What these people add to the days, as they were counted. */
export async function countedShare(tx: Tx, keys: Keys): Promise<DayCounts[]> {
  return shareOf(tx, linesOf(keys, sql`roster_counted`, sql`l.*`));
}

/** The same as the rosters now have it. */
export async function presentShare(tx: Tx, keys: Keys): Promise<DayCounts[]> {
  return shareOf(tx, linesOf(keys, sql`(select ${LINE} from roster_person)`, sql`l.*`));
}

/**
 * A person counts once where they stand on several lines: on the days of any of them, and from the earliest of each
 * moment on. What is answered is how much each day differs from the day before.
 */
async function shareOf(tx: Tx, lines: RawBuilder<unknown>): Promise<DayCounts[]> {
  const { rows } = await sql<DayCounts>`
    with person as materialized (
      select a.scope_code, range_agg(daterange(l.joined_on, l.left_on) * a.during) as spans,
             min(declared_on) as declared_on, min(handed_in_on) as handed_in_on, min(approved_on) as approved_on,
             min(signed_in_on) as signed_in_on, min(installed_on) as installed_on
        from (${lines}) as l join unit_above a on a.unit_code = l.unit_code
       group by a.scope_code, l.person_id, case when l.person_id is null then l.line_id end),
    stay as (select *, unnest(spans) as stay from person)
    select scope_code as "scopeCode", edge.day::text as day,
           coalesce(sum(sign) filter (where what = 0), 0)::integer as people,
           coalesce(sum(sign) filter (where what = 1), 0)::integer as declared,
           coalesce(sum(sign) filter (where what = 2), 0)::integer as handed_in,
           coalesce(sum(sign) filter (where what = 3), 0)::integer as approved,
           coalesce(sum(sign) filter (where what = 4), 0)::integer as signed_in,
           coalesce(sum(sign) filter (where what = 5), 0)::integer as installed
      from stay
     cross join lateral (values (0, lower(stay)), (1, declared_on), (2, handed_in_on), (3, approved_on),
                                (4, signed_in_on), (5, installed_on)) as moment (what, since)
     cross join lateral (values (greatest(since, lower(stay)), 1), (upper(stay), -1)) as edge (day, sign)
     where since is not null and edge.day is not null and (upper(stay) is null or since < upper(stay))
     group by 1, 2`.execute(tx);
  return rows;
}

/** From now on these people are counted as the rosters have them. */
export async function takeOver(tx: Tx, keys: Keys): Promise<void> {
  await sql`delete from roster_counted where person_id = any(${keys.persons}::bigint[])`.execute(tx);
  await sql`
    delete from roster_counted c using unnest(${keys.units}::text[], ${keys.lines}::uuid[]) as k (unit_code, line_id)
     where k.unit_code = c.unit_code and k.line_id = c.line_id`.execute(tx);
  await sql`insert into roster_counted ${linesOf(keys, sql`(select ${LINE} from roster_person)`, sql`l.*`)}`.execute(
    tx,
  );
}

/** Of each scope the days from this one on, and the last one before it. */
export async function daysFrom(tx: Tx, first: readonly { scopeCode: string; day: string }[]): Promise<DayCounts[]> {
  const { rows } = await sql<DayCounts>`
    select u.scope_code as "scopeCode", u.day::text as day, u.people, u.declared, u.handed_in, u.approved, u.signed_in,
           u.installed
      from json_to_recordset(${JSON.stringify(first)}::json) as f ("scopeCode" text, day date)
     cross join lateral (
       select * from unit_day b where b.scope_code = f."scopeCode"
          and b.day >= coalesce((select max(c.day) from unit_day c where c.scope_code = f."scopeCode" and c.day < f.day), f.day)
     ) as u`.execute(tx);
  return rows;
}

const ROWS_AT_ONCE = 20_000;

export async function writeDays(tx: Tx, days: readonly DayCounts[]): Promise<void> {
  for (let from = 0; from < days.length; from += ROWS_AT_ONCE) {
    await sql`
      insert into unit_day (scope_code, day, people, declared, handed_in, approved, signed_in, installed)
      select * from json_to_recordset(${JSON.stringify(days.slice(from, from + ROWS_AT_ONCE))}::json) as d
        ("scopeCode" text, day date, people integer, declared integer, handed_in integer, approved integer,
         signed_in integer, installed integer)
      on conflict (scope_code, day) do update
        set people = excluded.people, declared = excluded.declared, handed_in = excluded.handed_in,
            approved = excluded.approved, signed_in = excluded.signed_in, installed = excluded.installed`.execute(tx);
  }
}
