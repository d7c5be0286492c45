/** Which links the sweep of ends looks at: each knows the day from which there is something to do about it. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { findLinks, type Link } from "./store.ts";

const TO_RECKON = -1;

export interface LookAt {
  today: string;
  /** The age that ends a link now: what was planned by another age is looked at again. */
  years: number;
  limit: number;
  /** Tried in vain by this run. */
  except: readonly string[];
}

/** Held until the end of the transaction, without those that somebody else holds. */
export async function lockLinksToLookAt(tx: Tx, { today, years, limit, except }: LookAt): Promise<Link[]> {
  const some = (when: ReturnType<typeof sql>) => sql`
    (select person_id, link_id from guardianship
      where status = 'active' and ${when} and link_id <> all(${[...except]}::uuid[]) limit ${limit})`;
  const { rows } = await sql<{ linkId: string }>`
    select link_id as "linkId" from guardianship
     where status = 'active' and (person_id, link_id) in (
       ${some(sql`look_by_years < ${years}`)}
       union all ${some(sql`look_by_years = ${years} and look_on <= ${today}::date`)}
       union all ${some(sql`look_by_years > ${years}`)})
     limit ${limit} for update skip locked`.execute(tx);
  return findLinks(
    tx,
    rows.map(({ linkId }) => linkId),
  );
}

export interface NextLook {
  wardId: string;
  linkId: string;
  /** Null: nothing is known that would end the link. */
  on: string | null;
}

export async function planLooks(tx: Tx, looks: readonly NextLook[], years: number): Promise<void> {
  if (looks.length === 0) return;
  await sql`
    update guardianship g set look_on = n.look_on, look_by_years = ${years}
      from unnest(${looks.map(({ wardId }) => wardId)}::bigint[], ${looks.map(({ linkId }) => linkId)}::uuid[],
                  ${looks.map(({ on }) => on)}::date[]) as n (person_id, link_id, look_on)
     where g.person_id = n.person_id and g.link_id = n.link_id`.execute(tx);
}

/**
 * The birth or the death of wards was written: what was planned by it may be wrong. A link that is to be reckoned anyway
 * is written as well: its lock keeps the sweep from planning by what is still to be committed.
 */
export async function lookAgain(tx: Db | Tx, wardIds: readonly string[]): Promise<void> {
  if (wardIds.length === 0) return;
  await tx
    .updateTable("guardianship")
    .set({ look_by_years: TO_RECKON })
    .where("person_id", "in", [...wardIds])
    .where("status", "in", ["proposed", "active", "blocked"])
    .execute();
}
