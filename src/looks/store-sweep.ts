/** New links of the audit's chain, a batch at a time, with what the register knows of who looked at whom. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { CASELESS, COUNTED } from "./rules.ts";

export interface SweptLook {
  eventId: string;
  at: Date;
  staffId: string;
  action: string;
  personId: string | null;
  officeCode: string | null;
  detail: { case?: string; over?: string; why?: string };
  watched: string[];
  isStaff: boolean;
  isMine: boolean;
  /** Addresses as the register has them, of the person and of the member's own record. */
  address: string | null;
  ownAddress: string | null;
  caseless: number;
  matters: number;
}

/** One sweep at a time, whatever the number of processes; undefined: another one is at it. */
export async function lockSweep(tx: Tx): Promise<string | undefined> {
  const row = await tx.selectFrom("look_sweep").select("last_link").forUpdate().skipLocked().executeTakeFirst();
  return row?.last_link;
}

export async function moveSweep(tx: Tx, lastLink: string, at: Date): Promise<void> {
  await tx.updateTable("look_sweep").set({ last_link: lastLink, swept_at: at }).execute();
}

/** The last of the next `limit` links; undefined: nothing is new. */
export async function nextLink(tx: Tx, after: string, limit: number): Promise<string | undefined> {
  const { rows } = await sql<{ last: string | null }>`
    select max(link_no) as last from (
      select link_no from audit_link where link_no > ${after}::bigint order by link_no limit ${limit}) next`.execute(
    tx,
  );
  return rows[0]?.last ?? undefined;
}

const told = [...COUNTED, "look.refused", "look.matter"];

export async function newLooks(
  tx: Tx,
  { after, upTo, repeatDays }: { after: string; upTo: string; repeatDays: number },
): Promise<SweptLook[]> {
  const { rows } = await sql<SweptLook>`
    select e.event_id as "eventId", e.at, e.actor_id as "staffId", e.action, e.person_id as "personId",
           e.office_code as "officeCode", e.detail,
           array(select w.kind from look_watch w where w.person_id = e.person_id and w.ended_at is null) as watched,
           exists (select from staff_person s where s.person_id = e.person_id) as "isStaff",
           coalesce(own.person_id = e.person_id, false) as "isMine",
           ${addressOf("e.person_id")} as address, ${addressOf("own.person_id")} as "ownAddress",
           (select count(distinct (p.at at time zone 'Asia/Ho_Chi_Minh')::date)::int from audit_event p
             where p.person_id = e.person_id and p.event_id <= e.event_id and p.actor_kind = 'staff'
               and p.actor_id = e.actor_id and p.at > e.at - make_interval(days => ${repeatDays}::int)
               and p.action in ('person.look', 'person.compare', 'account_seen', 'guardian.look', 'claim.look', 'rejected_row.look')
               and coalesce(p.detail ->> 'case', 'matter') = any(${CASELESS as unknown as string[]}::text[])) as caseless,
           case when e.action = 'look.matter' then (select count(*)::int from counter_matter m
             where m.staff_id = e.actor_id and m.opened_at <= e.at
               and m.opened_at > e.at - interval '24 hours') else 0 end as matters
      from audit_link l
      join audit_event e on e.event_id = l.event_id
      left join staff_person own on own.staff_id = e.actor_id
     where l.link_no > ${after}::bigint and l.link_no <= ${upTo}::bigint
       and e.actor_kind = 'staff' and e.actor_id is not null and e.action = any(${told}::text[])
     order by l.link_no`.execute(tx);
  return rows;
}

const addressOf = (person: string) => sql<string | null>`(
  select c.value from contact_point c where c.person_id = ${sql.ref(person)} and c.kind = 'address' and c.valid_to is null
   order by c.valid_from desc limit 1)`;

/** The rows of the audit behind a flag, the newest first. `personId` "0": of every person. */
export async function evidenceOf(
  db: Db,
  { staffId, personId, from, to }: { staffId: string; personId: string; from: string; to: string },
  limit: number,
) {
  let query = db
    .selectFrom("audit_event")
    .select(["event_id", "at", "action", "purpose", "person_id", "object_kind", "object_id", "detail"])
    .where("actor_kind", "=", "staff")
    .where("actor_id", "=", staffId)
    .where("event_id", ">=", from)
    .where("event_id", "<=", to)
    .where("action", "in", [...told, "look.break_glass"]);
  if (personId !== "0") query = query.where("person_id", "=", personId);
  return query.orderBy("event_id", "desc").limit(limit).execute();
}

/** Links that no sweep has read yet: how far the flags are behind. */
export async function linksBehind(db: Db): Promise<number> {
  const { rows } = await sql<{ behind: number }>`
    select (coalesce((select max(link_no) from audit_link), 0) - last_link)::int as behind from look_sweep`.execute(db);
  return rows[0]?.behind ?? 0;
}

/** How many counted looks each of these members had since then; whoever had none is left out. */
export async function looksOfStaff(
  db: Db | Tx,
  staffIds: readonly string[],
  since: Date,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ staffId: string; looks: number }>`
    select actor_id as "staffId", count(*)::int as looks from audit_event
     where actor_kind = 'staff' and actor_id = any(${staffIds as string[]}::bigint[]) and at >= ${since}
       and action = any(${COUNTED as unknown as string[]}::text[])
     group by actor_id`.execute(db);
  return new Map(rows.map(({ staffId, looks }) => [staffId, looks]));
}
