/** The one statement of a counted look by staff: case, ceilings and the row of the audit, before anything is shown. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { dayOf, startOf } from "../kernel/calendar.ts";
import { ownValueOn } from "../kernel/policy.ts";
import { COUNTED, type Refusal } from "./rules.ts";
import { caseDays, ceilings } from "./rules-policies.ts";

/** A row of the audit, and the persons whose open case lets this one be seen (none: the person's own). */
export interface CountedLook {
  at: Date;
  actor_kind: string;
  actor_id: string | null;
  action: string;
  purpose: string;
  person_id: string | null;
  object_kind: string | null;
  object_id: string | null;
  office_code: string | null;
  detail: object;
  case_of?: readonly string[];
}

export interface LookVerdict {
  personId: string | null;
  /** What lets the office see this person; null: nothing does, or it was not asked. */
  caseKind: string | null;
  refused: Refusal | null;
}

const HOUR_MS = 3_600_000;

/**
 * Each of `looks` becomes a row, a refused one as `look.refused`. `asks`: nothing of cases; which case there is; or
 * refuse where there is none. It reads other features' tables, so that a look stays one statement.
 */
export async function countLooks(
  db: Db | Tx,
  staff: Staff,
  looks: readonly CountedLook[],
  asks: "nothing" | "case" | "must",
): Promise<LookVerdict[]> {
  const at = looks[0]?.at;
  if (!at) return [];
  const today = dayOf(at);
  const [midnight, hourAgo] = [startOf(today), new Date(at.getTime() - HOUR_MS)];
  const [own, days] = [ownValueOn(ceilings, today.toString()), ownValueOn(caseDays, today.toString())];
  const scope = {
    offices: officesAtWork(staff),
    staffId: staff.staffId,
    now: at,
    day: today.toString(),
    days: days.value,
  };
  const roles = staff.roles.map(({ role }) => role);
  const { rows } = await sql<LookVerdict>`
    with asked as materialized (
      select e.*, coalesce(e.person_id::text, e.object_id) as who, coalesce(e.case_of, array[e.person_id]) as them
        from jsonb_to_recordset(${JSON.stringify(looks)}::jsonb) as e (
          at timestamptz, actor_kind text, actor_id bigint, action text, purpose text, person_id bigint,
          object_kind text, object_id text, office_code text, detail jsonb, case_of bigint[])
    ), known as materialized (
      select a.*, ${asks === "nothing" ? sql<null>`null::text` : caseOf(scope)} as case_kind from asked a
    ), held as materialized (
      select k.*, ${asks === "must"}::boolean and k.case_kind is null as has_no_case from known k
    ), seen as materialized (
      select coalesce(person_id::text, object_id) as who, max(at) as at from audit_event
       where actor_kind = 'staff' and actor_id = ${staff.staffId}::bigint
         and at >= least(${midnight}::timestamptz, ${hourAgo}::timestamptz)
         and action = any(${COUNTED as unknown as string[]}::text[])
       group by 1
    ), many as (
      select count(distinct who) filter (where at > ${hourAgo}) as hour,
             count(distinct who) filter (where at >= ${midnight}) as day
        from (select who, at from seen union all select who, at from held where not has_no_case) every
    ), ceiling as (
      select max((c.value #>> '{hour,soft}')::int) as hour_soft, max((c.value #>> '{hour,hard}')::int) * lift.times as hour_hard,
             max((c.value #>> '{day,soft}')::int) as day_soft, max((c.value #>> '{day,hard}')::int) * lift.times as day_hard
        from jsonb_each(coalesce((
               select value from setting where name = ${ceilings.name} and valid_from <= ${today.toString()}::date
                  and valid_from >= ${own.from}::date order by valid_from desc limit 1), ${JSON.stringify(own.value)}::jsonb)) c,
             (select case when exists (select from look_lift where staff_id = ${staff.staffId}::bigint
                and from_at <= ${at} and until_at > ${at}) then 2 else 1 end as times) lift
       where c.key = any(${roles}::text[]) group by lift.times
    ), judged as (
      select h.*,
             case when h.has_no_case then 'no_case'
                  when many.day > ceiling.day_hard and (s.who is null or s.at < ${midnight}) then 'day'
                  when many.hour > ceiling.hour_hard and (s.who is null or s.at <= ${hourAgo}) then 'hour'
             end as refused,
             case when many.day > ceiling.day_soft then 'day' when many.hour > ceiling.hour_soft then 'hour' end as over
        from held h cross join many left join ceiling on true left join seen s on s.who = h.who
    ), written as (
      insert into audit_event (at, actor_kind, actor_id, action, purpose, person_id, object_kind, object_id, office_code, detail)
      select at, actor_kind, actor_id, case when refused is null then action else 'look.refused' end,
             case when case_kind = 'break_glass' then 'break_glass' else purpose end,
             person_id, coalesce(object_kind, case when case_kind = 'break_glass' then case_kind end),
             coalesce(object_id, case when case_kind = 'break_glass' then (
               select g.glass_id::text from break_glass g where g.person_id = judged.person_id and g.until_at > ${at}
                  and g.staff_id = ${staff.staffId}::bigint order by g.opened_at desc limit 1) end),
             office_code, detail || jsonb_strip_nulls(jsonb_build_object('case', case_kind, 'over', over, 'why', refused,
               'asked', case when refused is not null then action end))
        from judged
    )
    select person_id::text as "personId", case_kind as "caseKind", refused from judged`.execute(db);
  return rows;
}

interface Scope {
  offices: readonly string[];
  staffId: string;
  now: Date;
  day: string;
  days: number;
}

/**
 * What is open about a person at one of the offices: the first that is found. Broken glass comes last. A ticket is no case
 * for whoever wrote it, and one that rests on a paper is told apart: that it was seen is one officer's word.
 */
function caseOf({ offices, staffId, now, day, days }: Scope) {
  const at = sql`any(${offices as string[]}::text[])`;
  // A column of rows that are made beforehand: behind the wall no index is asked by an expression that might fail.
  const them = sql`any(a.them)`;
  const since = sql`${now}::timestamptz - make_interval(days => coalesce((
    select (value #>> '{}')::int from setting where name = ${caseDays.name} and valid_from <= ${day}::date
     order by valid_from desc limit 1), ${days}::int))`;
  return sql<string | null>`coalesce(
    (select 'file' from person_number n join declaration d on d.insurance_number = n.number
      where n.person_id = ${them} and n.kind = 'bhxh' and d.office_code = ${at} and d.status in ('confirmed', 'received') limit 1),
    (select 'file' from person_number n join declaration d on d.id_number = n.number
      where n.person_id = ${them} and n.kind <> 'bhxh' and d.office_code = ${at} and d.status in ('confirmed', 'received') limit 1),
    (select 'file' from declaration d where d.person_id = ${them} and d.status = 'accepted' and d.office_code = ${at}
        and d.decided_at > ${since} limit 1),
    (select 'dispute' from dispute d where d.person_id = ${them} and d.status = 'open' and d.office_code = ${at} limit 1),
    (select 'merge' from person_merge m where m.survivor_id = ${them} and m.office_code = ${at}
        and (m.status = 'proposed' or m.decided_at > ${since}) limit 1),
    (select 'merge' from person_merge m where m.merged_id = ${them} and m.office_code = ${at}
        and (m.status = 'proposed' or m.decided_at > ${since}) limit 1),
    (select 'death' from person_death p where p.person_id = ${them} and p.undone_at is null and p.office_code = ${at} limit 1),
    (select 'request' from data_request r where r.person_id = ${them} and r.decided_at is null and r.withdrawn_at is null
        and r.office_code = ${at} limit 1),
    (select case t.identified_how when 'paper' then 'paper' else 'ticket' end from ticket t
      where t.person_id = ${them} and t.state = 'open' and t.office_code = ${at}
        and t.opened_by is distinct from ${staffId}::bigint
      order by t.identified_how is not distinct from 'paper' limit 1),
    (select 'matter' from counter_matter m where m.person_id = ${them} and m.until_at > ${now} and m.office_code = ${at} limit 1),
    (select 'break_glass' from break_glass g where g.person_id = ${them} and g.until_at > ${now}
        and g.staff_id = ${staffId}::bigint limit 1))`;
}
