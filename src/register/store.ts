import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";

export type NumberKind = "bhxh" | "personal_id" | "cmnd" | "passport";
export type KeyKind = NumberKind | "card" | "account_phone";

/** A person as the insurer's register knows them. */
export interface Person {
  personId: string;
  publicId: string;
  fullName: string;
  birthOn: string;
  birthPrecision: "day" | "month" | "year";
  sex: 1 | 2 | 3;
  nationality: string;
  managedBy: string;
  diedOn: string | null;
  dataVersion: string;
  /** The record in which this one's rows stand since two were found to be one. */
  mergedInto: string | null;
}

export const personColumns = [
  "person.person_id as personId",
  "person.public_id as publicId",
  "person.full_name as fullName",
  "person.birth_on as birthOn",
  "person.birth_precision as birthPrecision",
  "person.sex",
  "person.nationality",
  "person.managed_by as managedBy",
  "person.died_on as diedOn",
  "person.data_version as dataVersion",
  "person.merged_into as mergedInto",
] as const;

/** Whose number is this? One number belongs to one person. */
export async function findPersonByKey(db: Db | Tx, kind: KeyKind, key: string): Promise<Person | undefined> {
  const row = await db
    .selectFrom("person_key")
    .innerJoin("person", "person.person_id", "person_key.person_id")
    .select(personColumns)
    .where("person_key.kind", "=", kind)
    .where("person_key.key", "=", key)
    .executeTakeFirst();
  return row as Person | undefined;
}

export async function getPerson(db: Db | Tx, personId: string): Promise<Person> {
  const row = await db
    .selectFrom("person")
    .select(personColumns)
    .where("person.person_id", "=", personId)
    .executeTakeFirstOrThrow();
  return row as Person;
}

/** For the copy of one's own data alone: sensitive by NĐ 356/2025, art. 4, and nothing goes by it. */
export async function ethnicCodeOf(db: Db, personId: string): Promise<string | null> {
  const row = await db.selectFrom("person").select("ethnic_code").where("person_id", "=", personId).executeTakeFirst();
  return row?.ethnic_code ?? null;
}

/** By the one id that leaves the system. */
export async function findPersonByPublicId(db: Db | Tx, publicId: string): Promise<Person | undefined> {
  const row = await db
    .selectFrom("person")
    .select(personColumns)
    .where("person.public_id", "=", publicId)
    .executeTakeFirst();
  return row as Person | undefined;
}

/** This record and every record that was merged into it. */
export async function recordsOf(db: Db | Tx, personId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive record (id) as (
      select ${personId}::bigint
      union select p.person_id from person p join record r on p.merged_into = r.id
    ) select id from record`.execute(db);
  return rows.map(({ id }) => id);
}

/** A person's numbers through time, the current ones first. */
export async function numbersOf(db: Db | Tx, personId: string) {
  return db
    .selectFrom("person_number")
    .select([
      "kind",
      "number",
      "valid_from as validFrom",
      "valid_to as validTo",
      "issued_on as issuedOn",
      "issued_by as issuedBy",
    ])
    .where("person_id", "=", personId)
    .orderBy("valid_to", (order) => order.desc().nullsFirst())
    .orderBy("kind")
    .execute();
}

/** Where a person is reached now. */
export async function contactsOf(db: Db | Tx, personId: string) {
  return db
    .selectFrom("contact_point")
    .select(["kind", "value", "valid_from as validFrom", "verified_at as verifiedAt"])
    .where("person_id", "=", personId)
    .where("valid_to", "is", null)
    .orderBy("valid_from", "desc")
    .execute();
}

/** Where a person is and was reached, now first. */
export async function contactsThroughTime(db: Db, personId: string) {
  return db
    .selectFrom("contact_point")
    .select(["kind", "value", "valid_from as validFrom", "valid_to as validTo", "verified_at as verifiedAt"])
    .where("person_id", "=", personId)
    .orderBy("valid_to", (order) => order.desc().nullsFirst())
    .orderBy("valid_from", "desc")
    .execute();
}

/** Where many persons are reached now: telephone and e-mail by person. */
export async function contactsOfMany(
  db: Db | Tx,
  personIds: readonly string[],
): Promise<Map<string, { phone?: string; email?: string }>> {
  const found = new Map<string, { phone?: string; email?: string }>();
  if (personIds.length === 0) return found;
  const rows = await db
    .selectFrom("contact_point")
    .select(["person_id", "kind", "value"])
    .where("person_id", "in", [...personIds])
    .where("valid_to", "is", null)
    .where("kind", "in", ["phone", "email"])
    .orderBy("valid_from")
    .execute();
  for (const { person_id, kind, value } of rows) found.set(person_id, { ...found.get(person_id), [kind]: value });
  return found;
}

/** Persons whose name without marks begins so: the officer's search. */
export async function findPersonsByFoldedName(db: Db, prefix: string, limit: number): Promise<Person[]> {
  const rows = await db
    .selectFrom("person")
    .select(personColumns)
    .where("merged_into", "is", null)
    .where("folded_name", "like", `${prefix.replace(/[\\%_]/g, "\\$&")}%`)
    // As the index of prefixes is ordered; by another order all names before this one would be gone through.
    .orderBy(sql`folded_name using ~<~`)
    .limit(limit)
    .execute();
  return rows as Person[];
}
