/** Who of the register a line of a list is: by its number, then by name and birth date; all lines in one statement. */
import { type RawBuilder, sql } from "kysely";

/**
 * `rows`: a query of k (text), folded_name, birth_date, birth_precision, number_typed, number_kind. Answers k, match,
 * person_id and differs. A number whose holder has neither the name nor the birth date that were written says nothing:
 * the unit must not learn that the number is somebody's.
 */
export function matched(rows: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    with line as materialized (${rows}),
    by_number as (
      select line.k, p.person_id, p.folded_name = line.folded_name as is_name,
             line.birth_date is null or ${isBirth} as is_birth, line.birth_date is not null as has_birth
        from line
        join person_key n on n.kind = line.number_kind and n.key = line.number_typed
        join person p on p.person_id = n.person_id),
    numbered as (select * from by_number where is_name or (is_birth and has_birth)),
    by_name as (
      select line.k, count(*) as people, min(p.person_id) as person_id
        from line
        join person p on p.folded_name = line.folded_name and p.birth_on between
             make_date(extract(year from line.birth_date)::integer, 1, 1)
             and make_date(extract(year from line.birth_date)::integer, 12, 31)
       where ${isBirth}
         and not exists (select from numbered where numbered.k = line.k)
         and not exists (select from person_merge m where m.merged_id = p.person_id and m.status = 'merged')
       group by line.k)
    select line.k,
           case when n.is_name and n.is_birth then 'found' when n.k is not null or one.k is not null then 'differs'
                when b.people > 0 then 'several' else 'none' end as match,
           coalesce(n.person_id, one.person_id) as person_id,
           array_remove(array[
             case when not n.is_name then 'name' end,
             case when not n.is_birth then 'birth' end,
             case when one.k is null then null when line.number_typed is null then 'number_missing' else 'number' end
           ], null) as differs
      from line
      left join numbered n on n.k = line.k
      left join by_name b on b.k = line.k
      left join by_name one on one.k = line.k and one.people = 1 and line.birth_precision = 'day'`;
}

/** Of a number that stands on a list, where its kind is not kept. */
export const kindOfTyped = (column: string) =>
  sql`case length(${sql.ref(column)}) when 12 then 'personal_id' when 10 then 'bhxh' else 'cmnd' end`;

/** The same day, or the same year where one of the two knows no more. */
const isBirth = sql`(case when line.birth_precision = 'year' or p.birth_precision = 'year'
    then extract(year from p.birth_on) = extract(year from line.birth_date)
  when p.birth_precision = 'month'
    then date_trunc('month', p.birth_on) = date_trunc('month', line.birth_date)
  else p.birth_on = line.birth_date end)`;
