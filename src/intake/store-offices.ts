/** What is peculiar to offices: they name each other and places, and serve communes. */
import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import { differs, isSaid, mergeRows, type Target } from "./store-rows.ts";

interface Astray {
  field: string;
  code: "place_unknown" | "office_unknown";
  records: number[];
}

const place = (level: "province" | "commune", column: string) => ({
  field: column,
  code: "place_unknown" as const,
  is: sql`r.${sql.ref(column)} is not null and not exists (
    select from admin_unit a where a.level = ${level} and a.code = r.${sql.ref(column)})`,
});
const office = (column: string) => ({
  field: column,
  code: "office_unknown" as const,
  is: sql`r.${sql.ref(column)} is not null and (
    r.${sql.ref(column)} = r.office_code
    or not exists (select from bhxh_office o where o.office_code = r.${sql.ref(column)})
   and not exists (select from intake_row i where i.office_code = r.${sql.ref(column)}))`,
});
const ASTRAY = [
  place("province", "province_code"),
  place("commune", "commune_code"),
  {
    field: "communes",
    code: "place_unknown" as const,
    is: sql`exists (
      select from unnest(string_to_array(r.communes, ' ')) c (code)
       where not exists (select from admin_unit a where a.level = 'commune' and a.code = c.code))`,
  },
  office("parent_code"),
  office("replaced_by"),
];

/** Rows that name a place or an office that is nowhere; without them others may name nobody, so it is looked again. */
export async function dropAstray(tx: Db): Promise<Astray[]> {
  const astray: Astray[] = [];
  for (;;) {
    const before = astray.length;
    for (const { field, code, is } of ASTRAY) {
      const { rows } = await sql<{
        record_no: number;
      }>`delete from intake_row r where ${is} returning record_no`.execute(tx);
      if (rows.length > 0) astray.push({ field, code, records: rows.map((row) => row.record_no) });
    }
    if (astray.length === before) return astray;
  }
}

/** The offices, and then the communes that each serves: all that its row names, and no other, where the file has them. */
export async function mergeOffices(tx: Db, target: Target): Promise<{ staged: number; written: number }> {
  const { rows: fresh } = await sql`
    select from intake_row r left join bhxh_office t on t.office_code = r.office_code
     where t.office_code is null or ${differs(target)}`.execute(tx);
  const { staged } = await mergeRows(tx, target);
  // One that works again has nobody in its place.
  await sql`
    update bhxh_office t set replaced_by = null from intake_row r
     where t.office_code = r.office_code and t.valid_to is null and t.replaced_by is not null`.execute(tx);
  if (!isSaid(target, "communes")) return { staged, written: fresh.length };
  await sql`
    delete from bhxh_office_area a using intake_row r
     where a.office_code = r.office_code
       and not (a.commune_code = any(string_to_array(coalesce(r.communes, ''), ' ')))`.execute(tx);
  await sql`
    insert into bhxh_office_area (office_code, commune_code)
    select office_code, unnest(string_to_array(communes, ' ')) from intake_row where communes is not null
    on conflict do nothing`.execute(tx);
  return { staged, written: fresh.length };
}
