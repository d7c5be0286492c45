import { type RawBuilder, sql } from "kysely";
import type { Db } from "../db/house.ts";

/** Records that are, or once were, one record by merges, the asked one first. */
const joinedTo = (personId: string): RawBuilder<unknown> => sql`
  joined (id) as (
    select ${personId}::bigint
    union
    select case m.survivor_id when j.id then m.merged_id else m.survivor_id end
      from person_merge m join joined j on j.id in (m.survivor_id, m.merged_id)
     where m.status in ('merged', 'undone')
  )`;

/** Whether the record with this public id and this one are, or once were, one record by merges. */
export async function wereOneRecord(db: Db, personId: string, publicId: string): Promise<boolean> {
  const { rows } = await sql<{ were: boolean }>`
    with recursive ${joinedTo(personId)}
    select exists (select from person p join joined j on p.person_id = j.id
                    where p.public_id = ${publicId}::uuid) as were`.execute(db);
  return rows[0]?.were ?? false;
}

/** Person ids under which something of this account may have been marked. */
export async function idsOfOneRecord(db: Db, personId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive ${joinedTo(personId)} select id from joined`.execute(db);
  return rows.map(({ id }) => id);
}
