/** A province for the roll-out's bench: units, people and a day's events, written straight into the tables. */
import type pg from "pg";

export const PROVINCE = "BENCH";

export interface Size {
  communes: number;
  enterprises: number;
  people: number;
}

/** Half of the people stand in a commune, half in an enterprise too or instead; each has come as far as chance will. */
export async function fillProvince(owner: pg.Pool, { communes, enterprises, people }: Size, now: Date): Promise<void> {
  await owner.query(
    `insert into drive_unit (unit_code, kind, name, folded_name, parent_code, office_code, province_code, valid_from)
     select $1, 'province', 'Tỉnh Mẫu', 'tinh mau', null, office_code, '52', '2021-01-01'
       from bhxh_office order by office_code limit 1`,
    [PROVINCE],
  );
  for (const [kind, count] of [
    ["commune", communes],
    ["enterprise", enterprises],
  ] as const) {
    await owner.query(
      `insert into drive_unit (unit_code, kind, name, folded_name, parent_code, office_code, province_code, valid_from)
       select $1 || '-' || $2 || '-' || n, $2, 'Đơn vị Mẫu ' || n, 'don vi mau ' || n, $1, office_code, '52', '2021-01-01'
         from generate_series(1, $3::integer) as n, drive_unit where unit_code = $1`,
      [PROVINCE, kind, count],
    );
  }
  await owner.query(
    `with person as (
       select n, random() as a, random() as b, random() as c,
              case when random() < 0.5 then $1 || '-commune-' || (1 + n % $2::integer)
                   else $1 || '-enterprise-' || (1 + n % $3::integer) end as unit
         from generate_series(1, $4::integer) as n)
     insert into roster_person (unit_code, line_id, full_name, folded_name, match, person_id, joined_at, declared_at,
                                handed_in_at, approved_at, signed_in_at, installed_at)
     select unit, gen_random_uuid(), 'Người Mẫu ' || n, 'nguoi mau ' || n, 'found', n, $5::timestamptz - interval '300 days',
            case when a < 0.7 then at end, case when a < 0.6 then at + interval '5 days' end,
            case when a < 0.58 then at + interval '5 days' end, case when a < 0.5 then at + interval '7 days' end,
            case when a < 0.3 then at + interval '9 days' end
       from person cross join lateral (select $5::timestamptz - interval '1 day' * (10 + 280 * b)) as moment (at)`,
    [PROVINCE, communes, enterprises, people, now],
  );
  // One in twenty of an enterprise stands on the roster of a commune as well.
  await owner.query(
    `insert into roster_person (unit_code, line_id, full_name, folded_name, match, person_id, joined_at, declared_at, approved_at)
     select $1 || '-commune-' || (1 + person_id % $2::integer), gen_random_uuid(), full_name, folded_name, match, person_id,
            joined_at, declared_at, approved_at
       from roster_person where unit_code like $1 || '-enterprise-%' and person_id % 20 = 0`,
    [PROVINCE, communes],
  );
  await owner.query("analyze");
}

/** One in `of` comes a step further today; answers how many. */
export async function aDayOfEvents(owner: pg.Pool, of: number, salt: number, now: Date): Promise<number> {
  const { rowCount } = await owner.query(
    `update roster_person set approved_at = $3, declared_at = coalesce(declared_at, $3)
      where approved_at is null and person_id % $1::integer = $2::integer`,
    [of, salt, now],
  );
  return rowCount ?? 0;
}

/** What a page would do without counts: today's figures of every unit, from all rows. */
export async function recountToday(owner: pg.Pool): Promise<Map<string, { people: number; approved: number }>> {
  const { rows } = await owner.query(
    `select scope_code, count(distinct person_id)::integer as people,
            count(distinct person_id) filter (where declared_at is not null)::integer as declared,
            count(distinct person_id) filter (where handed_in_at is not null)::integer as handed_in,
            count(distinct person_id) filter (where approved_at is not null)::integer as approved,
            count(distinct person_id) filter (where signed_in_at is not null)::integer as signed_in,
            count(distinct person_id) filter (where installed_at is not null)::integer as installed
       from roster_person join unit_above using (unit_code) where left_at is null group by 1`,
  );
  return new Map(rows.map(({ scope_code, people, approved }) => [scope_code, { people, approved }]));
}
