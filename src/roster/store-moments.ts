/** The five moments of each person of a list, counted apart: from declarations and the account, and never taken back. */
import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { kindOfTyped, matched } from "./store-match.ts";

/** Declared under a number of which the register knew nothing then. */
const isNobodys = sql`person_id is null and matched_person_id is null`;

/**
 * Fills what is new for the lines of `scope`, a condition on `r`; answers how many lines changed. A form in a batch is
 * handed in (decision 0016).
 */
async function fill(tx: Tx, scope: RawBuilder<unknown>): Promise<number> {
  const done = await sql`
    with known as (
      select r.unit_code, r.line_id, d.declared_at, d.handed_in_at, a.approved_at, a.signed_in_at, a.installed_at
        from roster_person r
        cross join lateral (
          select array[r.person_id]
              || array(select survivor_id from person_merge where merged_id = r.person_id and status = 'merged')
              || array(select merged_id from person_merge where survivor_id = r.person_id and status = 'merged')
              as ids) who
        cross join lateral (
          select min(confirmed_at) as declared_at, min(least(received_at, batched_at)) as handed_in_at from (
            select confirmed_at, received_at, batched_at from declaration where person_id = any(who.ids)
            union all
            select confirmed_at, received_at, batched_at from declaration
             where matched_person_id = any(who.ids) and person_id is null
            union all
            select confirmed_at, received_at, batched_at from declaration
             where insurance_number = r.number_typed and folded_name = r.folded_name and ${isNobodys}
            union all
            select confirmed_at, received_at, batched_at from declaration
             where id_number = r.number_typed and folded_name = r.folded_name and ${isNobodys}) files) d
        cross join lateral (
          select min(activated_at) as approved_at, min(first_signed_in_at) as signed_in_at,
                 min(installed_at) as installed_at
            from account where person_id = any(who.ids)) a
       where r.left_at is null and (${scope}))
    update roster_person r set
      declared_at = least(r.declared_at, k.declared_at), handed_in_at = least(r.handed_in_at, k.handed_in_at),
      approved_at = least(r.approved_at, k.approved_at), signed_in_at = least(r.signed_in_at, k.signed_in_at),
      installed_at = least(r.installed_at, k.installed_at)
      from known k
     where k.unit_code = r.unit_code and k.line_id = r.line_id
       and (k.declared_at < coalesce(r.declared_at, 'infinity') or k.handed_in_at < coalesce(r.handed_in_at, 'infinity')
         or k.approved_at < coalesce(r.approved_at, 'infinity')
         or k.signed_in_at < coalesce(r.signed_in_at, 'infinity')
         or k.installed_at < coalesce(r.installed_at, 'infinity'))`.execute(tx);
  return Number(done.numAffectedRows ?? 0n);
}

export const fillUnit = (tx: Tx, unitCode: string) => fill(tx, sql`r.unit_code = ${unitCode}`);

/** Some `most` lines of a unit behind `after`; `last`: the last of these, undefined when there were none. */
export async function fillSome(
  tx: Tx,
  unitCode: string,
  after: string,
  most: number,
): Promise<{ filled: number; last: string | undefined }> {
  const { rows } = await sql<{ id: string }>`
    select line_id as id from roster_person where unit_code = ${unitCode} and line_id > ${after}::uuid
     order by line_id limit ${most}`.execute(tx);
  const last = rows.at(-1)?.id;
  const some = sql`r.unit_code = ${unitCode} and r.line_id > ${after}::uuid and r.line_id <= ${last ?? after}::uuid`;
  return { filled: last ? await fill(tx, some) : 0, last };
}

/** Units on whose list somebody stands. */
export async function unitsWithList(db: Db): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select unit_code as code from drive_unit u
     where exists (select from roster_person r where r.unit_code = u.unit_code and r.left_at is null)`.execute(db);
  return rows.map(({ code }) => code);
}

export interface Touched {
  personIds: string[];
  numbers: string[];
}

/** Where something of a person's moments is written, by the time of it. */
const MOVES = [
  ["declaration", sql`confirmed_at`, sql`true`],
  ["declaration", sql`received_at`, sql`true`],
  ["declaration", sql`batched_at`, sql`true`],
  ["account", sql`activated_at`, sql`true`],
  ["account", sql`first_signed_in_at`, sql`true`],
  ["account", sql`installed_at`, sql`true`],
  ["person_merge", sql`decided_at`, sql`status = 'merged'`],
] as const;

/** Up to when some `most` moves of each kind reach, to the next millisecond; undefined: to the last of all. */
export async function reachOfMoves(db: Db, after: Date, most: number): Promise<Date | undefined> {
  const last = MOVES.map(
    ([table, at, where]) => sql`
      (select ${at} as at from ${sql.table(table)} where ${at} > ${after} and ${where} order by ${at} offset ${most - 1} limit 1)`,
  );
  const { rows } = await sql<{ to: Date | null }>`
    select date_trunc('milliseconds', min(at)) + interval '1 ms' as to from (${sql.join(last, sql` union all `)}) m`.execute(
    db,
  );
  return rows[0]?.to ?? undefined;
}

/** Whose file or account moved between two instants: persons of the register, and numbers that were declared. */
export async function touchedBetween(db: Db, after: Date, to: Date | undefined): Promise<Touched> {
  const within = (at: RawBuilder<unknown>) => sql`${at} > ${after} and ${at} <= ${to ?? "infinity"}::timestamptz`;
  const files = await sql<{ personId: string | null; insurance: string | null; paper: string | null }>`
    select coalesce(person_id, matched_person_id) as "personId", insurance_number as insurance, id_number as paper
      from declaration where ${within(sql`confirmed_at`)}
    union
    select coalesce(person_id, matched_person_id), insurance_number, id_number
      from declaration where ${within(sql`received_at`)}
    union
    select coalesce(person_id, matched_person_id), insurance_number, id_number
      from declaration where ${within(sql`batched_at`)}`.execute(db);
  const people = await sql<{ personId: string }>`
    select person_id as "personId" from account where ${within(sql`activated_at`)}
    union select person_id from account where ${within(sql`first_signed_in_at`)}
    union select person_id from account where ${within(sql`installed_at`)}
    union select unnest(array[survivor_id, merged_id]) from person_merge
           where status = 'merged' and ${within(sql`decided_at`)}`.execute(db);
  const ids = [...files.rows, ...people.rows].flatMap(({ personId }) => personId ?? []);
  const numbers = files.rows.flatMap(({ insurance, paper }) => [insurance, paper].filter((one) => one !== null));
  return { personIds: [...new Set(ids)], numbers: [...new Set(numbers)] };
}

export async function fillTouched(tx: Tx, { personIds, numbers }: Touched): Promise<number> {
  const ofPersons = await fill(
    tx,
    sql`r.person_id = any(array(
        select unnest(${personIds}::bigint[])
        union select merged_id from person_merge where survivor_id = any(${personIds}::bigint[]) and status = 'merged'
        union select survivor_id from person_merge where merged_id = any(${personIds}::bigint[]) and status = 'merged'))`,
  );
  return ofPersons + (numbers.length > 0 ? await fill(tx, sql`r.number_typed = any(${numbers}::text[])`) : 0);
}

const isToMatch = sql`r.left_at is null and r.match in ('several', 'none')`;

/** Lines that named nobody are looked up again when such a number or name has come into the register. */
export async function matchAgain(tx: Tx, personIds: readonly string[]): Promise<number> {
  if (personIds.length === 0) return 0;
  const ids = sql`${[...personIds]}::bigint[]`;
  // Read first: only by what is known beforehand the lists are looked up by their indexes.
  const { rows: keys } = await sql<{ key: string }>`
    select key from person_key where person_id = any(${ids})`.execute(tx);
  const { rows: names } = await sql<{ name: string; year: string }>`
    select distinct folded_name as name, date_trunc('year', birth_on)::date as year
      from person where person_id = any(${ids})`.execute(tx);
  const lines = sql`
    select unit_code || '/' || line_id as k, folded_name, birth_date, birth_precision, number_typed,
           ${kindOfTyped("number_typed")} as number_kind
      from (select r.* from roster_person r
             where r.number_typed = any(${keys.map(({ key }) => key)}::text[]) and ${isToMatch}
            union
            select r.* from unnest(${names.map(({ name }) => name)}::text[], ${names.map(({ year }) => year)}::date[])
                         as known (name, year)
              join roster_person r on r.folded_name = known.name and ${isToMatch}
               and r.birth_date between known.year and known.year + interval '1 year' - interval '1 day') r`;
  const done = await sql`
    update roster_person r set match = m.match, person_id = m.person_id, differs = m.differs
      from (select m.*, row_number() over (partition by left(m.k, -37), m.person_id order by m.k) as nth
              from (${matched(lines)}) m) m
     where r.unit_code = left(m.k, -37) and r.line_id = right(m.k, 36)::uuid and ${isToMatch}
       and m.match <> r.match and (m.person_id is null or m.nth = 1)
       and not exists (select from roster_person o where o.unit_code = r.unit_code and o.left_at is null
         and o.person_id = m.person_id)`.execute(tx);
  return Number(done.numAffectedRows ?? 0n);
}

/** Where the follower stopped; undefined before its first run. */
export async function lastFollow(db: Db): Promise<Date | undefined> {
  const row = await db.selectFrom("roster_follow").select("followed_to").executeTakeFirst();
  return row?.followed_to;
}

/** One follower at a time, until the transaction ends. False: another has gone on from `last`. */
export async function lockFollow(tx: Tx, last: Date): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(8330037)`.execute(tx);
  return (await lastFollow(tx))?.getTime() === last.getTime();
}

export async function saveFollow(db: Db, at: Date): Promise<void> {
  await db
    .insertInto("roster_follow")
    .values({ followed_to: at })
    .onConflict((conflict) => conflict.column("one").doUpdateSet({ followed_to: at }))
    .execute();
}
