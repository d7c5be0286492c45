import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import type { RetentionClass } from "./rules.ts";

/** Counted by statements of their own, which know nothing of how rows are chosen for deletion. */
export const older: Record<RetentionClass, (db: Db, before: Date) => Promise<number>> = {
  id_papers: count(
    (before) => sql`from id_paper_copy where declaration_id in (
      select declaration_id from declaration_event where kind in ('accepted', 'refused')
       group by declaration_id having max(at) < ${before})`,
  ),
  guardian_papers: count(
    (before) => sql`from guardian_paper_copy c
      where (exists (select from guardianship g where g.paper_id = c.paper_id)
             and not exists (select from guardianship g where g.paper_id = c.paper_id
                   and (g.status not in ('ended', 'rejected') or coalesce(g.ended_at, g.made_at) >= ${before})))
         or (not exists (select from guardianship g where g.paper_id = c.paper_id)
             and case when c.paper_id in (select paper_id from declaration_guardian)
                   then exists (select from declaration_guardian n join declaration_event e using (declaration_id)
                     where n.paper_id = c.paper_id and e.kind = 'refused' and e.at < ${before})
                   else c.filed_at < ${before} end)`,
  ),
  disputes: count((before) => sql`from dispute where answered_at < ${before}`),
  tickets: count(
    (before) => sql`from ticket t where state = 'closed'
      and not exists (select from ticket_event e where e.ticket_id = t.ticket_id and e.at >= ${before})`,
  ),
  calls: count(
    (before) =>
      sql`from hotline_call c left join ticket t using (call_id) where t.call_id is null and c.closed_at < ${before}`,
  ),
  contact_changes: count((before) => sql`from contact_change where ended_at < ${before}`),
  invitations: count(
    (before) => sql`from drive_invitation where least(accepted_at, withdrawn_at) < ${before}
      or (accepted_at is null and withdrawn_at is null and ends_at < ${before})`,
  ),
};

function count(of: (before: Date) => ReturnType<typeof sql>): (db: Db, before: Date) => Promise<number> {
  return async (db, before) => {
    const { rows } = await sql<{ count: number }>`select count(*)::integer as count ${of(before)}`.execute(db);
    return rows[0]?.count ?? 0;
  };
}
