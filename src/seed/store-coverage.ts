import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";

const OFFICE = "52T01";
const WEEKS = 8;

/** Under the demo's province where there is one already. */
export async function insertUnits(
  db: Db,
  units: readonly { code: string; kind: string; name: string; headcount: number }[],
  now: Date,
): Promise<void> {
  const since = dayOf(now).subtract({ days: 7 * WEEKS + 7 });
  await sql`
    insert into drive_unit (unit_code, kind, name, folded_name, parent_code, office_code, province_code, headcount,
                            headcount_source, valid_from)
    select u.code, u.kind, u.name, lower(u.name), (select min(unit_code) from drive_unit where kind = 'province'), ${OFFICE},
           '52', u.headcount, 'bản trình diễn', ${since.toString()}::date
      from json_to_recordset(${JSON.stringify(units)}::json) as u (code text, kind text, name text, headcount integer)`.execute(
    db,
  );
}

/**
 * People without a record of their own, and how far each has come in eight weeks: drawn from the code and number of the
 * line, so that every demo shows the same. `declares`: how many in a hundred declare.
 */
export async function fillRosters(
  db: Db,
  units: readonly { code: string; people: number; declares: number }[],
  now: Date,
): Promise<void> {
  const drawn = (salt: string) =>
    sql`(('x' || substr(md5(u.code || n || ${salt}::text), 1, 7))::bit(28)::integer / 268435456.0)`;
  const past = (at: ReturnType<typeof sql>) => sql`case when ${at} <= ${now}::timestamptz then ${at} end`;
  const later = (of: string, salt: string, share: number, days: number) =>
    past(
      sql`case when ${drawn(salt)} < ${share} then ${sql.ref(of)} + ${drawn(`${salt}2`)} * ${days} * interval '1 day' end`,
    );
  await sql`
    with line as materialized (
      select u.code, n, md5(u.code || n)::uuid as id,
             ${now}::timestamptz - ${7 * WEEKS} * interval '1 day' as joined,
             case when ${drawn("a")} * 100 < u.declares then ${now}::timestamptz
               - ${7 * WEEKS} * interval '1 day' * (1 - power(${drawn("a")} * 100 / u.declares, 0.9)) end as declared
        from json_to_recordset(${JSON.stringify(units)}::json) as u (code text, people integer, declares double precision)
       cross join generate_series(1, u.people) as n),
    handed as materialized (select u.*, ${later("declared", "b", 0.94, 9)} as handed from line u),
    approved as materialized (select u.*, ${later("handed", "c", 0.96, 0.01)} as approved from handed u),
    signed as materialized (select u.*, ${later("approved", "d", 0.86, 6)} as signed from approved u)
    insert into roster_person (unit_code, line_id, full_name, folded_name, people_group, has_smartphone, match, joined_at,
                               declared_at, handed_in_at, approved_at, signed_in_at, installed_at)
    select u.code, u.id, 'Người Mẫu ' || n, 'nguoi mau ' || n, 'other', ${drawn("f")} < 0.85, 'none', u.joined,
           u.declared, u.handed, u.approved, u.signed, ${later("signed", "e", 0.6, 8)}
      from signed u`.execute(db);
}

/** What the supervisor promised: for the office and for one commune of its own. */
export async function insertTargets(db: Db, now: Date): Promise<void> {
  const due = dayOf(now).add({ days: 35 }).toString();
  await sql`
    insert into coverage_target (scope_code, moment, percent, due_on, set_at, set_by)
    select t.scope, t.moment, t.percent, ${due}::date, ${now}::timestamptz - interval '40 days', s.staff_id
      from (values (${`@${OFFICE}`}, 'approved', 70), (${`@${OFFICE}`}, 'installed', 40), ('MAU-X09', 'approved', 55))
           as t (scope, moment, percent)
     cross join lateral (select min(staff_id) as staff_id from staff where username like 'kiemsoat%') as s
     where s.staff_id is not null`.execute(db);
}
