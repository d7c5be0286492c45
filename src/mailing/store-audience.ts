/** Lines of rosters at a stage of which a campaign speaks: of a unit and its hamlets, or of all that an office serves. */
import { type RawBuilder, sql } from "kysely";
import type { Db } from "../db/house.ts";
import type { Audience, Mailing } from "./rules.ts";
import type { Line } from "./rules-audience.ts";

export type Reach = Pick<Mailing, "officeCode" | "unitCode">;

const unitsOf = ({ officeCode, unitCode }: Reach, today: string) => sql`
  select unit_code from drive_unit u
   where ${
     unitCode === null
       ? sql`u.office_code = ${officeCode}`
       : sql`(u.unit_code = ${unitCode} or (u.parent_code = ${unitCode} and u.kind = 'hamlet'))`
   }
     and u.valid_from <= ${today}::date and (u.valid_to is null or u.valid_to >= ${today}::date)`;

/** As in roster/rules.ts: the furthest moment counts. */
const stages: Record<Audience, RawBuilder<unknown>> = {
  to_declare: sql`coalesce(r.declared_at, r.handed_in_at, r.approved_at, r.signed_in_at, r.installed_at) is null`,
  to_hand_in: sql`r.declared_at is not null
    and coalesce(r.handed_in_at, r.approved_at, r.signed_in_at, r.installed_at) is null`,
  to_sign_in: sql`r.approved_at is not null and coalesce(r.signed_in_at, r.installed_at) is null`,
};
const atStage = (audience: readonly Audience[]) =>
  sql.join(
    audience.map((one) => sql`(${stages[one]})`),
    sql` or `,
  );

/** In one order, so that the preview and the sending leave out the same of two lines. `today`: ISO day. */
export async function linesFor(db: Db, reach: Reach, audience: readonly Audience[], today: string): Promise<Line[]> {
  const { rows } = await sql<Line>`
    select r.unit_code as "unitCode", r.line_id as "lineId", r.phone,
           case when r.match = 'found' then r.person_id end as "personId", r.person_id as "knownAs"
      from roster_person r
     where r.left_at is null and r.unit_code in (${unitsOf(reach, today)}) and (${atStage(audience)})
     order by r.joined_at, r.unit_code, r.line_id`.execute(db);
  return rows;
}

/** One line at the last moment: whom it names now, and whether it still is where the campaign found it. */
export async function findLine(
  db: Db,
  { unitCode, lineId }: Pick<Line, "unitCode" | "lineId">,
  audience: readonly Audience[],
): Promise<{ knownAs: string | null; isThere: boolean } | undefined> {
  const { rows } = await sql<{ knownAs: string | null; isThere: boolean }>`
    select r.person_id as "knownAs", r.left_at is null and (${atStage(audience)}) as "isThere" from roster_person r
     where r.unit_code = ${unitCode} and r.line_id = ${lineId}::uuid`.execute(db);
  return rows[0];
}
