/** I1–I7 of the crash loop, of the files of some people, as the database says it after everything has settled. */
import type pg from "pg";

const files = "declaration d where d.insurance_number = any($1::text[])";
const RESULTS = "('declaration_accepted', 'declaration_refused')";

/** Each answers one line a violation. */
const invariants: readonly string[] = [
  `select 'I1 ' || d.code || ' is accepted and has no account of its own' from ${files} and d.status = 'accepted'
      and (select count(*) from account a where a.person_id = d.person_id and a.status = 'active') <> 1`,
  `select 'I1 ' || d.code || ' is ' || d.status || ' and has an account' from ${files} and d.status <> 'accepted'
      and exists (select from account a where a.declaration_id = d.declaration_id)`,
  `select 'I2 ' || d.code || ' has ' || count(*) || ' × ' || n.template || ' by ' || n.channel
     from notice n, ${files} and n.declaration_id = d.declaration_id and n.repeat_of is null
      and n.template in ('declaration_accepted', 'declaration_refused', 'declaration_lapsed')
    group by d.code, n.template, n.channel having count(*) > 1`,
  `select 'I2 ' || d.code || ' is ' || d.status || ' and was told ' || n.template
     from notice n, ${files} and n.declaration_id = d.declaration_id
      and n.template in ${RESULTS} and n.template <> 'declaration_' || d.status`,
  `select 'I2 ' || d.code || ' is ' || d.status || ' and nobody is told' from ${files} and d.status in ('accepted', 'refused')
      and not exists (select from notice n where n.declaration_id = d.declaration_id and n.template = 'declaration_' || d.status)`,
  `select 'I3 ' || d.code || ' was received without what was read from the paper' from ${files} and d.received_at is not null
      and (select count(*) from id_paper_reading r where r.declaration_id = d.declaration_id) <> 1`,
  `select 'I4 ' || d.code || ' ' || e.kind || ' is not on record' from declaration_event e, ${files}
      and e.declaration_id = d.declaration_id
      and e.kind in ('confirmed', 'withdrawn', 'lapsed', 'received', 'accepted', 'refused')
      and not exists (select from audit_event a where a.object_kind = 'declaration' and a.object_id = d.code
        and a.action = case when e.kind in ('received', 'accepted', 'refused') then 'review.' else 'declaration.' end
          || case e.kind when 'confirmed' then 'confirm' when 'withdrawn' then 'withdraw' when 'lapsed' then 'lapse'
                         when 'received' then 'receive' when 'accepted' then 'accept' else 'refuse' end)`,
  `select 'I5 ' || d.code || ' has reported ' || count(*) || ' things' from dispute t, ${files} and t.person_id = d.person_id
    group by d.code having count(*) > 1`,
  `select 'I6 ' || d.code || ' is due at another time than fifteen minutes after its receipt' from ${files}
      and d.notice_due_at <> d.received_at + interval '15 minutes'`,
  `select 'I6 ' || d.code || ' its message is due at another time, or left after it' from notice n, ${files}
      and n.declaration_id = d.declaration_id and n.template in ${RESULTS} and n.repeat_of is null
      and (n.due_at <> d.notice_due_at or n.sent_at > n.due_at)`,
  `select 'I7 ' || code || ' is ' || status || ' after ' || steps from (
     select d.code, d.status, string_agg(e.kind, ' ' order by e.seq) as steps from declaration_event e, ${files}
        and e.declaration_id = d.declaration_id
        and e.kind in ('drafted', 'confirmed', 'withdrawn', 'lapsed', 'received', 'accepted', 'refused')
      group by d.code, d.status) every
    where steps !~ '^drafted( confirmed( received( accepted| refused)?| withdrawn| lapsed)?| withdrawn)?$'
       or status <> case when steps ~ ' ' then regexp_replace(steps, '^.* ', '') else 'draft' end`,
];

/** Answered reads of a person's own record without a row of their own. */
export async function unwritten(owner: pg.Pool, insurance: string, reads: number): Promise<string[]> {
  const { rows } = await owner.query<{ n: number }>(
    `select count(*)::int as n from audit_event a, ${files} and a.person_id = d.person_id
        and a.actor_kind = 'citizen' and a.action = 'read_person'`,
    [[insurance]],
  );
  const written = rows[0]?.n ?? 0;
  return written < reads ? [`I4 ${reads} reads were answered and ${written} are on record`] : [];
}

export async function violations(owner: pg.Pool, insurance: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const text of invariants) {
    const { rows } = await owner.query<[string]>({ text, values: [insurance], rowMode: "array" });
    found.push(...rows.map(([line]) => line));
  }
  return found;
}
