/** Statements of the counts: what changed, what it adds to each day, and the days themselves. */
import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { Counts } from "./rules-moments.ts";

export interface Change extends Counts {
  scopeCode: string;
  day: string;
}

/** Persons, and lines that belong to no known person. */
export interface Keys {
  persons: string[];
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
 * Where the people of each unit stand, by the tree as it is now. Days on which the unit and the one above are both in
 * being count; one that ended between them cuts nothing off.
 */
const TREE = sql`
  with recursive up as (
    select unit_code, unit_code as above, office_code, parent_code, 0 as depth,
           daterange(valid_from, valid_to + 1) as own, daterange(valid_from, valid_to + 1) as theirs
      from drive_unit
    union all
    select up.unit_code, p.unit_code, p.office_code, p.parent_code, up.depth + 1,
           up.own, daterange(p.valid_from, p.valid_to + 1)
      from up join drive_unit p on p.unit_code = up.parent_code
     where up.depth < 12),
  stood as (
    select unit_code, above as scope_code, own * theirs as during from up
    union all
    select unit_code, '@' || office_code, own * theirs from up)
  select unit_code, scope_code, unnest(range_agg(during)) as during from stood group by 1, 2`;

/** Units whose place in the tree, or whose days, are not those that were counted with. */
export async function movedUnits(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    with present as (${TREE})
    select distinct unit_code as code
      from (table present except table unit_above union all (table unit_above except table present)) as differs
     order by 1`.execute(tx);
  return rows.map(({ code }) => code);
}

/** Takes over the tree as it is now for these units. */
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

export async function keysOfUnits(tx: Tx, unitCodes: readonly string[]): Promise<Keys> {
  return keysOf(
    tx,
    sql`select person_id, line_id from roster_counted where unit_code = any(${unitCodes}::text[])
        union select person_id, line_id from roster_person where unit_code = any(${unitCodes}::text[])`,
  );
}

/**
 * Of lines that are not as they were counted, at most `limit`. `sinceAge`: only rows written by the latest so many
 * transactions; undefined: all, those that are gone too.
 */
export async function changedKeys(tx: Tx, sinceAge: number | undefined, limit: number): Promise<Keys> {
  const recent = sinceAge === undefined ? sql`true` : sql`age(xmin) <= ${sinceAge}`;
  const gone =
    sinceAge === undefined
      ? sql`union all select c.person_id, c.line_id from roster_counted c
             where not exists (select from roster_person r where r.unit_code = c.unit_code and r.line_id = c.line_id)`
      : sql``;
  return keysOf(
    tx,
    sql`select person_id, line_id from (
          (select both_of.person_id, r.line_id
             from (select ${LINE} from roster_person where ${recent}) as r
             left join roster_counted c on c.unit_code = r.unit_code and c.line_id = r.line_id
            cross join lateral (select r.person_id union select c.person_id) as both_of
            where c.line_id is null or r is distinct from c)
          ${gone}) as changed limit ${limit}`,
  );
}

/** With all lines of these persons, and whose those lines are or were: what is taken off is put on again, whole. */
async function widened(tx: Tx, keys: Keys): Promise<Keys> {
  const all = await keysIn(
    tx,
    sql`select person_id, line_id from roster_counted where ${byKeys(keys)}
        union select person_id, line_id from roster_person where ${byKeys(keys)}
        union select unnest(${keys.persons}::bigint[]), null
        union select null, unnest(${keys.lines}::uuid[])`,
  );
  const isWhole = all.persons.length === keys.persons.length && all.lines.length === keys.lines.length;
  return isWhole ? keys : widened(tx, all);
}

async function keysOf(tx: Tx, lines: RawBuilder<unknown>): Promise<Keys> {
  return widened(tx, await keysIn(tx, lines));
}

async function keysIn(tx: Tx, lines: RawBuilder<unknown>): Promise<Keys> {
  const { rows } = await sql<{ persons: string[]; lines: string[] }>`
    select coalesce(array_agg(distinct person_id::text) filter (where person_id is not null), '{}') as persons,
           coalesce(array_agg(distinct line_id::text) filter (where line_id is not null), '{}') as lines
      from (${lines}) as touched`.execute(tx);
  return rows[0] ?? { persons: [], lines: [] };
}

const byKeys = ({ persons, lines }: Keys) =>
  sql<boolean>`(person_id = any(${persons}::bigint[]) or line_id = any(${lines}::uuid[]))`;

/** What these people add to the days, as they were counted. */
export async function countedShare(tx: Tx, keys: Keys): Promise<Change[]> {
  return shareOf(tx, sql`select * from roster_counted where ${byKeys(keys)}`);
}

/** The same as the rosters now have it. */
export async function presentShare(tx: Tx, keys: Keys): Promise<Change[]> {
  return shareOf(tx, sql`select ${LINE} from roster_person where ${byKeys(keys)}`);
}

/**
 * A person counts once where they stand on several lines: on the days of any of them, and from the earliest of each
 * moment on. What is answered is how much each day differs from the day before.
 */
async function shareOf(tx: Tx, lines: RawBuilder<unknown>): Promise<Change[]> {
  const { rows } = await sql<Change>`
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
  await sql`delete from roster_counted where ${byKeys(keys)}`.execute(tx);
  await sql`insert into roster_counted select ${LINE} from roster_person where ${byKeys(keys)}`.execute(tx);
}

/** Adds each change to its day and to all that come after it. */
export async function addChanges(tx: Tx, changes: readonly Change[]): Promise<void> {
  const given = sql`json_to_recordset(${JSON.stringify(changes)}::json) as d ("scopeCode" text, day date, people integer,
    declared integer, handed_in integer, approved integer, signed_in integer, installed integer)`;
  await sql`
    insert into unit_day (scope_code, day, people, declared, handed_in, approved, signed_in, installed)
    select d."scopeCode", d.day, coalesce(u.people, 0), coalesce(u.declared, 0), coalesce(u.handed_in, 0),
           coalesce(u.approved, 0), coalesce(u.signed_in, 0), coalesce(u.installed, 0)
      from ${given}
      left join lateral (select * from unit_day b where b.scope_code = d."scopeCode" and b.day < d.day
                          order by b.day desc limit 1) as u on true
    on conflict (scope_code, day) do nothing`.execute(tx);
  await sql`
    with change as materialized (select * from ${given}),
    since as (select "scopeCode", min(day) as day from change group by 1),
    added as (
      select u.scope_code, u.day, sum(c.people) over later as people, sum(c.declared) over later as declared,
             sum(c.handed_in) over later as handed_in, sum(c.approved) over later as approved,
             sum(c.signed_in) over later as signed_in, sum(c.installed) over later as installed
        from since s join unit_day u on u.scope_code = s."scopeCode" and u.day >= s.day
        left join change c on c."scopeCode" = u.scope_code and c.day = u.day
      window later as (partition by u.scope_code order by u.day))
    update unit_day u
       set people = u.people + added.people, declared = u.declared + added.declared,
           handed_in = u.handed_in + added.handed_in, approved = u.approved + added.approved,
           signed_in = u.signed_in + added.signed_in, installed = u.installed + added.installed
      from added where added.scope_code = u.scope_code and added.day = u.day`.execute(tx);
}

/** How far the counts have come; undefined: nothing was counted yet. */
export async function lastRun(db: Db): Promise<Run | undefined> {
  const { rows } = await sql<Run>`
    select seen_xid::text as "seenXid", rolled_at as "rolledAt", compared_at as "comparedAt" from roll_up`.execute(db);
  return rows[0];
}
