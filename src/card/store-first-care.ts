/** Where somebody is registered for first care on a day: what a caller at the hotline is asked. */
import { sql } from "kysely";
import type { Db } from "../db/house.ts";

export async function firstCareOf(
  db: Db,
  personId: string,
  on: string,
): Promise<{ code: string; name: string } | undefined> {
  const { rows } = await sql<{ code: string; name: string | null }>`
    select c.facility_code as code,
           (select f.name from facility f where f.facility_code = c.facility_code order by f.valid_from desc limit 1) as name
      from health_card c
     where c.person_id = ${personId} and c.facility_code is not null and c.valid_from <= ${on}::date
       and (c.valid_to is null or c.valid_to >= ${on}::date)
     order by c.valid_from desc limit 1`.execute(db);
  const [row] = rows;
  return row && { code: row.code, name: row.name ?? "" };
}
