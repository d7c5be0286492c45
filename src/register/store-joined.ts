import { sql } from "kysely";
import type { Db } from "../db/house.ts";

/** Whether the record with this public id and this one are, or once were, one record by merges. */
export async function wereOneRecord(db: Db, personId: string, publicId: string): Promise<boolean> {
  const { rows } = await sql<{ were: boolean }>`
    with recursive joined (id) as (
      select ${personId}::bigint
      union
      select case m.survivor_id when j.id then m.merged_id else m.survivor_id end
        from person_merge m join joined j on j.id in (m.survivor_id, m.merged_id)
       where m.status in ('merged', 'undone')
    )
    select exists (select from person p join joined j on p.person_id = j.id
                    where p.public_id = ${publicId}::uuid) as were`.execute(db);
  return rows[0]?.were ?? false;
}
