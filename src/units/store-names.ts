import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import type { NamedUnit } from "./rules-names.ts";

/** The office in charge of a unit through time: today's, those that it took over, and what took it over. */
export async function officesOfUnit(
  db: Db,
  unitCode: string,
): Promise<{ code: string; offices: NamedUnit[] } | undefined> {
  const { rows } = await sql<{
    own: string;
    code: string;
    name: string;
    from: string;
    to: string | null;
    next: string | null;
  }>`
    with own as (
      select o.office_code, o.replaced_by from employer e join bhxh_office o on o.office_code = e.office_code
       where e.unit_code = ${unitCode}
    )
    select own.office_code as own, o.office_code as code, o.name, o.valid_from as "from", o.valid_to as "to",
           o.replaced_by as next
      from own
      join bhxh_office o on o.office_code in (own.office_code, own.replaced_by) or o.replaced_by = own.office_code
     order by o.valid_from, o.office_code`.execute(db);
  const code = rows[0]?.own;
  return code === undefined
    ? undefined
    : {
        code,
        offices: rows.map(({ own: _, ...row }) => ({ ...row, to: row.to ?? undefined, next: row.next ?? undefined })),
      };
}
