import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { type Person, personColumns } from "./store.ts";

/** Records that may be one person's: the same name and birth date, or a number that stands in both. */
export interface Alike extends Person {
  sharesNumber: boolean;
}

export async function findAlike(db: Db | Tx, person: Person, foldedName: string, limit: number): Promise<Alike[]> {
  const { personId, birthOn, birthPrecision } = person;
  const rows = await db
    .selectFrom("person")
    .select(personColumns)
    .select((e) =>
      e
        .exists(
          e
            .selectFrom("person_number as theirs")
            .innerJoin("person_number as own", (join) =>
              join.onRef("own.kind", "=", "theirs.kind").onRef("own.number", "=", "theirs.number"),
            )
            .select("theirs.person_id")
            .whereRef("theirs.person_id", "=", "person.person_id")
            .where("own.person_id", "=", personId),
        )
        .as("sharesNumber"),
    )
    .where("person.merged_into", "is", null)
    .where("person.person_id", "!=", personId)
    .where((where) =>
      where.or([
        where.and([
          where("person.folded_name", "=", foldedName),
          where.or([
            where("person.birth_on", "=", birthOn),
            where.and([
              where.or([where("person.birth_precision", "!=", "day"), where.val(birthPrecision !== "day")]),
              sql<boolean>`extract(year from person.birth_on) = ${Number(birthOn.slice(0, 4))}`,
            ]),
          ]),
        ]),
        where(
          "person.person_id",
          "in",
          where
            .selectFrom("person_number as theirs")
            .innerJoin("person_number as own", (join) =>
              join.onRef("own.kind", "=", "theirs.kind").onRef("own.number", "=", "theirs.number"),
            )
            .select("theirs.person_id")
            .where("own.person_id", "=", personId),
        ),
      ]),
    )
    .orderBy("person.person_id")
    .limit(limit)
    .execute();
  return rows as Alike[];
}

/** How much stands in a record: counts and months, nothing of what the visits were for. */
export interface RecordFacts {
  cards: number;
  periods: number;
  firstMonth: string | null;
  lastMonth: string | null;
  benefits: number;
  visits: number;
  lastVisitYear: number | null;
  disputes: number;
  accountStatus: string | null;
}

export async function factsOf(db: Db | Tx, personId: string): Promise<RecordFacts> {
  const { rows } = await sql<RecordFacts>`
    select (select count(*)::integer from health_card where person_id = ${personId}) as cards,
           (select count(*)::integer from participation_period where person_id = ${personId}) as periods,
           (select min(from_month) from participation_period where person_id = ${personId}) as "firstMonth",
           (select max(to_month) from participation_period where person_id = ${personId}) as "lastMonth",
           (select count(*)::integer from benefit where person_id = ${personId}) as benefits,
           (select count(*)::integer from visit where person_id = ${personId}) as visits,
           (select extract(year from max(admitted_at))::integer from visit where person_id = ${personId}) as "lastVisitYear",
           (select count(*)::integer from dispute where person_id = ${personId} and status = 'open') as disputes,
           (select status from account where person_id = ${personId}) as "accountStatus"`.execute(db);
  const [facts] = rows;
  if (!facts) throw new Error("a select of counts has a row");
  return facts;
}
