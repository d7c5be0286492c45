import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { plainDate } from "../kernel/calendar.ts";
import { type Person, personColumns } from "./store.ts";

/** Records that may be one person's: the same name and birth date, or a number that stands in both. */
export interface Alike extends Person {
  sharesNumber: boolean;
}

export async function findAlike(db: Db | Tx, person: Person, foldedName: string, limit: number): Promise<Alike[]> {
  const byNumber = await findWithSameNumber(db, person.personId, limit);
  const byName = await findNamesakes(db, { ...person, foldedName }, limit);
  const known = new Set(byNumber.map(({ personId }) => personId));
  return [
    ...byNumber.map((one) => ({ ...one, sharesNumber: true })),
    ...byName.filter(({ personId }) => !known.has(personId)).map((one) => ({ ...one, sharesNumber: false })),
  ].slice(0, limit);
}

/** Former numbers too: a number leads to one person, but may stand in the history of two. */
async function findWithSameNumber(db: Db | Tx, personId: string, limit: number): Promise<Person[]> {
  const rows = await db
    .selectFrom("person_number as own")
    .innerJoin("person_number as theirs", (join) =>
      join.onRef("theirs.number", "=", "own.number").onRef("theirs.kind", "=", "own.kind"),
    )
    .innerJoin("person", "person.person_id", "theirs.person_id")
    .select(personColumns)
    .distinct()
    .where("own.person_id", "=", personId)
    .where("theirs.person_id", "!=", personId)
    .where("person.merged_into", "is", null)
    .orderBy("person.person_id")
    .limit(limit)
    .execute();
  return rows as Person[];
}

/** Of whom others of the same name and birth date are looked for: a record, or somebody who has none yet. */
export interface Namesake {
  personId?: string | undefined;
  foldedName: string;
  birthOn: string;
  birthPrecision: Person["birthPrecision"];
}

/** The same name without marks, and the same birth date as far as both are known. */
export async function findNamesakes(db: Db | Tx, of: Namesake, limit: number): Promise<Person[]> {
  const { personId, foldedName, birthOn, birthPrecision } = of;
  const month = plainDate(birthOn).with({ day: 1 });
  const year = month.with({ month: 1 });
  const rows = await db
    .selectFrom("person")
    .select(personColumns)
    .where("folded_name", "=", foldedName)
    .where("birth_on", ">=", year.toString())
    .where("birth_on", "<", year.add({ years: 1 }).toString())
    .where((where) =>
      where.or([
        where("birth_on", "=", birthOn),
        where("birth_precision", "=", "year"),
        where.val(birthPrecision === "year"),
        where.and([
          where.or([where("birth_precision", "=", "month"), where.val(birthPrecision === "month")]),
          where("birth_on", ">=", month.toString()),
          where("birth_on", "<", month.add({ months: 1 }).toString()),
        ]),
      ]),
    )
    .$if(personId !== undefined, (query) => query.where("person_id", "!=", personId ?? ""))
    .where("merged_into", "is", null)
    .orderBy("person_id")
    .limit(limit)
    .execute();
  return rows as Person[];
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
           p.*, (select count(*)::integer from benefit where person_id = ${personId}) as benefits, v.*,
           (select count(*)::integer from dispute where person_id = ${personId} and status = 'open') as disputes,
           (select status from account where person_id = ${personId}) as "accountStatus"
      from (select count(*)::integer as periods, min(from_month) as "firstMonth", max(to_month) as "lastMonth"
              from participation_period where person_id = ${personId}) p,
           (select count(*)::integer as visits, extract(year from max(admitted_at))::integer as "lastVisitYear"
              from visit where person_id = ${personId}) v`.execute(db);
  const [facts] = rows;
  if (!facts) throw new Error("a select of counts has a row");
  return facts;
}
