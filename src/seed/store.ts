import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import { foldName } from "../kernel/names.ts";
import type { CastMember } from "./rules-cast.ts";

const SETTING = "demo_cast";
const SINCE = "1900-01-01";

/** Whom one can sign in as, kept by the first start of the demo for the later ones; staff hired later are added. */
export async function findCast(db: Db): Promise<CastMember[] | undefined> {
  const row = await db
    .selectFrom("setting")
    .select("value")
    .where("name", "=", SETTING)
    .where("valid_from", "=", SINCE)
    .executeTakeFirst();
  return row?.value as CastMember[] | undefined;
}

export async function keepCast(db: Db, cast: readonly CastMember[]): Promise<void> {
  const value = JSON.stringify(cast);
  await db.insertInto("setting").values({ name: SETTING, valid_from: SINCE, value, changed_by: "seed" }).execute();
}

/** One more; of two at the same moment both. */
export async function addToCast(db: Db, member: CastMember): Promise<void> {
  const value = JSON.stringify([member]);
  await db
    .insertInto("setting")
    .values({ name: SETTING, valid_from: SINCE, value, changed_by: "demo" })
    .onConflict((conflict) =>
      conflict.columns(["name", "valid_from"]).doUpdateSet({ value: sql`setting.value || excluded.value` }),
    )
    .execute();
}

/** A database that holds people is not for made-up ones. */
export async function hasPersons(db: Db): Promise<boolean> {
  return (await db.selectFrom("person").select("person_id").limit(1).executeTakeFirst()) !== undefined;
}

/** Made-up units of the roll-out that an office serves, from the beginning of the system, unless they are there. */
export async function placeUnits(
  db: Db,
  units: readonly { code: string; kind: string; name: string; parent?: string | null }[],
  officeCode: string,
): Promise<void> {
  const rows = units.map(({ code, kind, name, parent = null }) => ({
    ...{ unit_code: code, kind, name, folded_name: foldName(name), office_code: officeCode, parent_code: parent },
    ...{ province_code: "52", valid_from: "2021-01-01" },
  }));
  await db
    .insertInto("drive_unit")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
