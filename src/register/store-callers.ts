/** Whom a caller at the hotline may be: living persons, found by what the caller says first. */
import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import { type Person, personColumns } from "./store.ts";

/** A family may share a telephone: all whose it is now. */
export async function personsByPhone(db: Db, phone: string, limit: number): Promise<Person[]> {
  const rows = await db
    .selectFrom("contact_point")
    .innerJoin("person", "person.person_id", "contact_point.person_id")
    .select(personColumns)
    .distinct()
    .where("contact_point.value", "=", phone)
    .where("contact_point.kind", "=", sql.lit("phone"))
    .where("contact_point.valid_to", "is", null)
    .where("person.merged_into", "is", null)
    .where("person.died_on", "is", null)
    .orderBy("person.person_id")
    .limit(limit)
    .execute();
  return rows as Person[];
}

/** `birthOn` as an ISO day; the year alone fits where the register knows no more. */
export async function personsByNameAndBirth(
  db: Db,
  { foldedName, birthOn, limit }: { foldedName: string; birthOn: string; limit: number },
): Promise<Person[]> {
  const rows = await db
    .selectFrom("person")
    .select(personColumns)
    .where("folded_name", "=", foldedName)
    .where((where) =>
      where.or([
        where.and([where("birth_precision", "=", "day"), where("birth_on", "=", birthOn)]),
        where.and([
          where("birth_precision", "!=", "day"),
          where(sql<string>`extract(year from birth_on)::text`, "=", birthOn.slice(0, 4)),
        ]),
      ]),
    )
    .where("merged_into", "is", null)
    .where("died_on", "is", null)
    .orderBy("person_id")
    .limit(limit)
    .execute();
  return rows as Person[];
}
