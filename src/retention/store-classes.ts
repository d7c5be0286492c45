import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { RetentionClass } from "./rules.ts";

/**
 * Per class: rows that have had their event (id, at, since, person_id, declaration_id, data_key_id), and how they go.
 * `id` is text; what is open, running or waited for is never among them. `since` is no later than the event and stands
 * in an index, so that the oldest rows that are left are found without the years of those that have none any more.
 */
interface ClassRows {
  ended(before: Date): RawBuilder<unknown>;
  /** Where `since` stands, when most of its old rows stay for years: they are gone through in steps. */
  since?: { table: string; column: string };
  remove(tx: Tx, ids: readonly string[]): Promise<void>;
}

const none = { person: sql`null::bigint`, file: sql`null::bigint`, key: sql`null::uuid` };

export const classRows: Record<RetentionClass, ClassRows> = {
  id_papers: {
    ended: (before) => sql`
      select c.copy_id::text as id, d.decided_at as at, c.filed_at as since, d.person_id, d.declaration_id, c.data_key_id
        from id_paper_copy c join declaration d using (declaration_id)
       where d.status in ('accepted', 'refused') and c.filed_at < ${before}`,
    remove: (tx, ids) => run(tx, sql`delete from id_paper_copy where copy_id = any(${ids}::uuid[])`),
  },
  guardian_papers: {
    since: { table: "guardian_paper_copy", column: "filed_at" },
    ended: (before) => sql`
      select c.copy_id::text as id, g.at, c.filed_at as since, g.person_id, g.declaration_id, c.data_key_id
        from guardian_paper_copy c
       cross join lateral (
         select max(coalesce(ended_at, made_at)) as at, max(person_id) as person_id, max(declaration_id) as declaration_id
           from guardianship where paper_id = c.paper_id having bool_and(status in ('ended', 'rejected'))) g
       where c.filed_at < ${before}
       union all
      -- No link came of it: the guardian was named on another paper since, or the file was refused.
      select c.copy_id::text, coalesce(d.decided_at, c.filed_at), c.filed_at, d.person_id, n.declaration_id, c.data_key_id
        from guardian_paper_copy c
        left join declaration_guardian n using (paper_id) left join declaration d using (declaration_id)
       where not exists (select from guardianship g where g.paper_id = c.paper_id) and c.filed_at < ${before}
         and (n.declaration_id is null or d.status = 'refused')`,
    remove: (tx, ids) => run(tx, sql`delete from guardian_paper_copy where copy_id = any(${ids}::uuid[])`),
  },
  disputes: {
    ended: () => sql`
      select dispute_id::text as id, answered_at as at, answered_at as since, person_id, ${none.file} as declaration_id, ${none.key} as data_key_id
        from dispute where status = 'answered'`,
    remove: async (tx, ids) => {
      await run(tx, sql`delete from dispute_event where dispute_id = any(${ids}::uuid[])`);
      await run(tx, sql`delete from dispute where dispute_id = any(${ids}::uuid[])`);
    },
  },
  tickets: {
    ended: (before) => sql`
      select t.ticket_id::text as id, (select max(e.at) from ticket_event e where e.ticket_id = t.ticket_id) as at,
             t.opened_at as since, t.person_id, t.declaration_id, ${none.key} as data_key_id
        from ticket t where t.state = 'closed' and t.opened_at < ${before}`,
    remove: async (tx, ids) => {
      for (const table of ["help_answer_use", "ticket_event", "ticket"]) {
        await run(tx, sql`delete from ${sql.table(table)} where ticket_id = any(${ids}::bigint[])`);
      }
    },
  },
  calls: {
    ended: () => sql`
      select c.call_id::text as id, c.closed_at as at, c.closed_at as since, c.person_id, c.declaration_id, ${none.key} as data_key_id
        from hotline_call c
       where c.closed_at is not null and not exists (select from ticket t where t.call_id = c.call_id)`,
    remove: (tx, ids) => run(tx, sql`delete from hotline_call where call_id = any(${ids}::uuid[])`),
  },
  contact_changes: {
    ended: () => sql`
      select change_id::text as id, ended_at as at, ended_at as since, person_id, ${none.file} as declaration_id, ${none.key} as data_key_id
        from contact_change where ended_at is not null`,
    remove: (tx, ids) => run(tx, sql`delete from contact_change where change_id = any(${ids}::uuid[])`),
  },
  invitations: {
    ended: () => sql`
      select invitation_id::text as id, coalesce(accepted_at, withdrawn_at, ends_at) as at,
             invited_at as since, ${none.person} as person_id, ${none.file} as declaration_id, ${none.key} as data_key_id
        from drive_invitation`,
    remove: (tx, ids) => run(tx, sql`delete from drive_invitation where invitation_id = any(${ids}::uuid[])`),
  },
};

async function run(tx: Tx, statement: RawBuilder<unknown>): Promise<void> {
  await statement.execute(tx);
}

/**
 * What holds a deletion back: a hold of the file or of its person, who may be found or merged after it was put on, and
 * whatever of theirs is still to be answered. Each by an index of its own: by all at once, every row is asked of every hold.
 */
const held = sql`(
  exists (select from retention_hold h where h.ended_at is null and h.declaration_id = r.declaration_id)
  or exists (select from retention_hold h where h.ended_at is null and h.person_id = r.person_id)
  or exists (select from retention_hold h join declaration d using (declaration_id)
              where h.ended_at is null and d.person_id = r.person_id)
  or exists (select from dispute d where d.person_id = r.person_id and d.status = 'open')
  or exists (select from data_request q where q.person_id = r.person_id and q.decided_at is null and q.withdrawn_at is null)
  or exists (select from ticket t where t.state = 'open'
              and (t.person_id = r.person_id or t.declaration_id = r.declaration_id)))`;

export interface DueRow {
  id: string;
  at: Date;
  dataKeyId: string | null;
}

/** What one step of a class looks at: rows whose `since` lies behind `after`, up to `to`; undefined: without an end. */
export interface Step {
  before: Date;
  after: Date | undefined;
  to: Date | undefined;
}

/** Up to when some `most` rows of a class reach from `after` on, to the next millisecond; undefined: to the last of all. */
export async function reachOfStep(
  db: Db,
  name: RetentionClass,
  { before, after }: Omit<Step, "to">,
  most: number,
): Promise<Date | undefined> {
  const { since } = classRows[name];
  if (!since) return undefined;
  const at = sql.ref(since.column);
  const { rows } = await sql<{ to: Date }>`
    select date_trunc('milliseconds', ${at}) + interval '1 ms' as to from ${sql.table(since.table)}
     where ${at} > ${after ?? "-infinity"}::timestamptz and ${at} < ${before}
     order by ${at} offset ${most - 1} limit 1`.execute(db);
  return rows[0]?.to;
}

/** The oldest rows past their period that nothing holds. */
export async function dueRows(tx: Tx, name: RetentionClass, step: Step, most: number): Promise<DueRow[]> {
  const { before, after, to } = step;
  const { rows } = await sql<DueRow>`
    select id, at, data_key_id as "dataKeyId" from (${classRows[name].ended(before)}) r
     where at < ${before} ${after ? sql`and since > ${after}` : sql``} ${to ? sql`and since <= ${to}` : sql``}
       and not ${held} order by since, id limit ${most}`.execute(tx);
  return rows;
}

/** How many are past their period: those that may go, and those that something holds. */
export async function countDue(tx: Tx, name: RetentionClass, before: Date): Promise<{ due: number; held: number }> {
  const { rows } = await sql<{ due: number; held: number }>`
    select count(*) filter (where not ${held})::integer as due, count(*) filter (where ${held})::integer as held
      from (${classRows[name].ended(before)}) r where at < ${before}`.execute(tx);
  return rows[0] ?? { due: 0, held: 0 };
}

/** Pictures of a file or its person whose keys are destroyed: their bytes only wait to be deleted. */
export async function countUnreadable(tx: Tx, of: { declarationId: string; personId: string | null }): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with files as (
      select declaration_id from declaration
       where declaration_id = ${of.declarationId} or person_id = ${of.personId}
    )
    select count(*)::integer as count
      from (select c.data_key_id from id_paper_copy c where c.declaration_id in (select declaration_id from files)
            union all
            select c.data_key_id from guardian_paper_copy c
             where c.paper_id in (select paper_id from guardianship where person_id = ${of.personId}
                                  union select g.paper_id from guardianship g join files using (declaration_id)
                                  union select n.paper_id from declaration_guardian n join files using (declaration_id))) r
     where r.data_key_id is not null
       and not exists (select from data_key k where k.key_id = r.data_key_id)`.execute(tx);
  return rows[0]?.count ?? 0;
}
