import { type RawBuilder, sql } from "kysely";
import type { Db } from "../db/house.ts";

/** Lines of the record of looks that a search takes; what is left out restricts nothing. */
export interface LookSearch {
  from: Date;
  to: Date;
  staffIds?: readonly string[] | undefined;
  /** Accounts of persons in wrong hands: what was read and done with them. */
  accountIds?: readonly string[] | undefined;
  /** Beginnings of actions. */
  actions?: readonly string[] | undefined;
  refused: readonly string[];
}

export interface Touched {
  /** One of the two: a person of the register, or a file that belongs to none yet. */
  personId: string | null;
  declarationId: string | null;
  actions: string[];
  firstAt: Date;
  lastAt: Date;
  times: number;
}

/** Of each record that was merged, however often, the one that stayed. */
const survivors = sql`merged (id, survivor) as (
      select person_id, merged_into from person where merged_into is not null
      union select m.id, p.merged_into from merged m join person p on p.person_id = m.survivor where p.merged_into is not null
    ), survivor (id, survivor) as (
      select m.id, m.survivor from merged m join person p on p.person_id = m.survivor where p.merged_into is null
    )`;

/**
 * Whom the lines concern, each once: a line without a person leads there by what it was about, and whose record was
 * merged is the one that stayed.
 */
export async function touchedByLooks(db: Db, { from, to, staffIds, accountIds, actions, refused }: LookSearch) {
  const byStaff = staffIds ? sql`and e.actor_kind = 'staff' and e.actor_id = any(${[...staffIds]}::bigint[])` : sql``;
  const byAccount = accountIds
    ? sql`and e.actor_kind = 'citizen' and e.actor_id = any(${[...accountIds]}::bigint[])`
    : sql``;
  const byAction = actions ? sql`and e.action like any(${actions.map(beginning)}::text[])` : sql``;
  const { rows } = await sql<Touched>`
    with recursive ${survivors}, touched as (
      select e.person_id, e.object_kind, e.object_id, e.action, e.at
        from audit_event e
       where e.at >= ${from} and e.at < ${to} and e.action <> all(${[...refused]}::text[])
         ${byStaff} ${byAccount} ${byAction}
    ), led as (
      select t.action, t.at, coalesce(t.person_id, d.person_id, n.person_id, k.person_id, r.person_id) as person_id,
             coalesce(d.declaration_id, n.declaration_id, k.declaration_id, u.declaration_id, c.declaration_id,
                      f.declaration_id) as declaration_id
        from touched t
        left join declaration d on t.person_id is null and t.object_kind = 'declaration' and d.code = t.object_id
        left join notice n on t.person_id is null and t.object_kind = 'notice'
                          and n.notice_id = case when t.object_kind = 'notice' then t.object_id::bigint end
        left join ticket k on t.person_id is null and t.object_kind = 'ticket' and k.code = t.object_id
        left join roster_person r on t.person_id is null and t.object_kind = 'roster_person'
                                 and r.line_id = case when t.object_kind = 'roster_person' then t.object_id::uuid end
        left join unreached_task u on t.person_id is null and t.object_kind = 'unreached_task'
                                  and u.task_id = case when t.object_kind = 'unreached_task' then t.object_id::bigint end
        left join id_paper_copy c on t.person_id is null and t.object_kind = 'id_paper_copy'
                                 and c.copy_id = case when t.object_kind = 'id_paper_copy' then t.object_id::uuid end
        left join declaration_photo f on t.person_id is null and t.object_kind = 'declaration_photo'
                                 and f.photo_id = case when t.object_kind = 'declaration_photo' then t.object_id::uuid end
    ), owned as (
      select l.action, l.at, coalesce(l.person_id, d.person_id) as person_id, l.declaration_id
        from led l left join declaration d on l.person_id is null and d.declaration_id = l.declaration_id
    )
    select coalesce(s.survivor, o.person_id) as "personId",
           case when o.person_id is null then o.declaration_id end as "declarationId",
           array_agg(distinct o.action) as actions, min(o.at) as "firstAt", max(o.at) as "lastAt",
           count(*)::integer as times
      from owned o left join survivor s on s.id = o.person_id
     where o.person_id is not null or o.declaration_id is not null
     group by 1, 2`.execute(db);
  return rows;
}

/** Any text after it; what a pattern would read as a sign of its own is taken as written. */
const beginning = (start: string) => `${start.replace(/[\\%_]/g, "\\$&")}%`;

/**
 * Every person of whom a table holds a row: by the person it names, or by the file, which leads on to its person. The
 * declarer of a file that is nobody's yet is named by it.
 */
export async function touchedByTable(db: Db, table: string): Promise<Pick<Touched, "personId" | "declarationId">[]> {
  const { rows } = await sql<Pick<Touched, "personId" | "declarationId">>`
    with recursive ${survivors}, found as (
      select distinct coalesce(nullif(r.person_id, 0), d.person_id) as person_id, d.declaration_id
        from (${namedBy(table)}) r left join declaration d on d.declaration_id = r.declaration_id
    )
    select distinct coalesce(s.survivor, f.person_id) as "personId",
           case when f.person_id is null then f.declaration_id end as "declarationId"
      from found f left join survivor s on s.id = f.person_id
     where f.person_id is not null or f.declaration_id is not null`.execute(db);
  return rows;
}

/** Rows that know the file alone, and those that know it until its person is in the register. */
const BY_FILE = [
  "declaration_event",
  "declaration_finding",
  "declaration_photo",
  "id_paper_copy",
  "id_paper_reading",
  "unreached_task",
];
const BY_BOTH = ["breach_subject", "declaration", "notice", "retention_hold", "ticket"];

/** person_id and declaration_id of whom the rows of a table name. */
function namedBy(table: string): RawBuilder<unknown> {
  const own = sql.table(table);
  const known = KNOWN_BY_OTHERS[table];
  if (known) return known(own);
  if (BY_FILE.includes(table)) return sql`select null::bigint as person_id, declaration_id from ${own}`;
  if (BY_BOTH.includes(table)) return sql`select person_id, declaration_id from ${own}`;
  return sql`select person_id, null::bigint as declaration_id from ${own}`;
}

const ofPapers = (own: RawBuilder<unknown>) => sql`
  select one.id as person_id, null::bigint as declaration_id
    from ${own} t join guardianship g using (paper_id), unnest(array[g.person_id, g.guardian_id]) one (id)
  union all
  select one.id, n.declaration_id
    from ${own} t join declaration_guardian n using (paper_id), unnest(array[n.guardian_id, null]) one (id)`;

/** Tables whose rows name two, or nobody by themselves. */
const KNOWN_BY_OTHERS: Readonly<Record<string, (own: RawBuilder<unknown>) => RawBuilder<unknown>>> = {
  declaration_guardian: (own) => sql`
    select one.id as person_id, n.declaration_id from ${own} n, unnest(array[n.guardian_id, null]) one (id)`,
  guardian_paper: ofPapers,
  guardian_paper_copy: ofPapers,
  guardianship: (own) => sql`
    select one.id as person_id, null::bigint as declaration_id
      from ${own} g, unnest(array[g.person_id, g.guardian_id]) one (id)`,
  household_member: () => sql`select person_id, null::bigint as declaration_id from person_household where is_self`,
  person_merge_row: (own) => sql`
    select m.merged_id as person_id, null::bigint as declaration_id from ${own} t join person_merge m using (merge_id)`,
};
