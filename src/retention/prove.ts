import { sql } from "kysely";
import type { Db, House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { CLASSES, type RetentionClass } from "./rules.ts";
import { periodOf } from "./run.ts";
import { readProofs } from "./store.ts";
import { countDue } from "./store-classes.ts";

/** Counted by statements of their own, which know nothing of how rows are chosen for deletion. */
const older: Record<RetentionClass, (db: Db, before: Date) => Promise<number>> = {
  id_papers: count(
    (before) => sql`from id_paper_copy where declaration_id in (
      select declaration_id from declaration_event where kind in ('accepted', 'refused')
       group by declaration_id having max(at) < ${before})`,
  ),
  guardian_papers: count(
    (before) => sql`from guardian_paper_copy c
      where exists (select from guardianship g where g.paper_id = c.paper_id)
        and not exists (select from guardianship g where g.paper_id = c.paper_id
              and (g.status not in ('ended', 'rejected') or coalesce(g.ended_at, g.made_at) >= ${before}))`,
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

export interface Proved {
  class: string;
  /** Past their period and still there; all of them must be held. Null: the class has no period. */
  left: number | null;
  held: number;
  deleted: number;
  /** Proofs without their line in the record of deeds, or lines without their proof. */
  unmatched: number;
  isGood: boolean;
}

/** Is nothing left that should have gone, and has each deletion its line in the record of deeds? */
export async function proveRetention(house: House): Promise<Proved[]> {
  const proofs = new Map((await readProofs(house.db)).map((one) => [one.class, one]));
  const proved: Proved[] = [];
  for (const name of CLASSES) {
    const { deleted, unmatched } = proofs.get(name) ?? { deleted: 0, unmatched: 0 };
    const period = await periodOf(house, name);
    const left = period ? await older[name](house.db, period.before) : null;
    const { held } = period ? await inTransaction(house.db, (tx) => countDue(tx, name, period.before)) : { held: 0 };
    proved.push({ class: name, left, held, deleted, unmatched, isGood: (left ?? 0) === held && unmatched === 0 });
  }
  return proved;
}
