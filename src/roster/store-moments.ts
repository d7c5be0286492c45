/** The five moments of each person of a list, counted apart: from declarations and the account, and never taken back. */
import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { kindOfTyped, matched } from "./store-match.ts";

/** Declared under a number of which the register knew nothing then. */
const isNobodys = sql`person_id is null and matched_person_id is null`;

/** Fills what is new for the lines of `scope`, a condition on `r`; answers how many lines changed. */
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
          select min(confirmed_at) as declared_at, min(received_at) as handed_in_at from (
            select confirmed_at, received_at from declaration where person_id = any(who.ids)
            union all
            select confirmed_at, received_at from declaration
             where matched_person_id = any(who.ids) and person_id is null
            union all
            select confirmed_at, received_at from declaration
             where insurance_number = r.number_typed and folded_name = r.folded_name and ${isNobodys}
            union all
            select confirmed_at, received_at from declaration
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

/** Whose file or account moved since an instant: persons of the register, and numbers that were declared. */
export async function touchedSince(tx: Tx, since: Date): Promise<Touched> {
  const files = await sql<{ personId: string | null; insurance: string | null; paper: string | null }>`
    select coalesce(person_id, matched_person_id) as "personId", insurance_number as insurance, id_number as paper
      from declaration where confirmed_at >= ${since}
    union
    select coalesce(person_id, matched_person_id), insurance_number, id_number
      from declaration where received_at >= ${since}`.execute(tx);
  const people = await sql<{ personId: string }>`
    select person_id as "personId" from account where activated_at >= ${since}
    union select person_id from account where first_signed_in_at >= ${since}
    union select person_id from account where installed_at >= ${since}
    union select survivor_id from person_merge where status = 'merged' and decided_at >= ${since}
    union select merged_id from person_merge where status = 'merged' and decided_at >= ${since}`.execute(tx);
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

/** Lines that named nobody are looked up again when such a number or name has come into the register. */
export async function matchAgain(tx: Tx, personIds: readonly string[]): Promise<number> {
  if (personIds.length === 0) return 0;
  const ids = sql`${[...personIds]}::bigint[]`;
  const lines = sql`
    select unit_code || '/' || line_id as k, folded_name, birth_date, birth_precision, number_typed,
           ${kindOfTyped("number_typed")} as number_kind
      from roster_person
     where left_at is null and match in ('several', 'none')
       and (number_typed in (select key from person_key where person_id = any(${ids}))
         or folded_name in (select folded_name from person where person_id = any(${ids})))`;
  const done = await sql`
    update roster_person r set match = m.match, person_id = m.person_id, differs = m.differs
      from (select m.*, row_number() over (partition by left(m.k, -37), m.person_id order by m.k) as nth
              from (${matched(lines)}) m) m
     where m.k = r.unit_code || '/' || r.line_id and r.left_at is null and r.match in ('several', 'none')
       and m.match <> r.match and (m.person_id is null or m.nth = 1)
       and not exists (select from roster_person o where o.unit_code = r.unit_code and o.left_at is null
         and o.person_id = m.person_id)`.execute(tx);
  return Number(done.numAffectedRows ?? 0n);
}

/** Where the follower stopped; undefined before its first run. One follower at a time: held to the end. */
export async function lockFollow(tx: Tx): Promise<Date | undefined> {
  await sql`select pg_advisory_xact_lock(8330037)`.execute(tx);
  const row = await tx.selectFrom("roster_follow").select("followed_to").executeTakeFirst();
  return row?.followed_to;
}

export async function saveFollow(tx: Tx, at: Date): Promise<void> {
  await tx
    .insertInto("roster_follow")
    .values({ followed_to: at })
    .onConflict((conflict) => conflict.column("one").doUpdateSet({ followed_to: at }))
    .execute();
}
