import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";

/** Where such objects lie (vault/places.ts). */
interface OwnPlace {
  table: string;
  id: string;
  column: string;
}

/** Objects without a data key of their own, locked; those that somebody else is at are passed over. */
export async function takeUnkeyed(tx: Tx, place: OwnPlace, most: number): Promise<{ id: string; sealed: Buffer }[]> {
  const { table, id, column } = place;
  const { rows } = await sql<{ id: string; sealed: Buffer }>`
    select ${sql.ref(id)} as id, ${sql.ref(column)} as sealed from ${sql.table(table)}
     where data_key_id is null order by ${sql.ref(id)} limit ${most} for update skip locked`.execute(tx);
  return rows;
}

export async function saveResealed(
  tx: Tx,
  place: OwnPlace,
  objectId: string,
  { sealed, dataKeyId }: { sealed: Buffer; dataKeyId: string },
): Promise<void> {
  const { table, id, column } = place;
  await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${sealed}, data_key_id = ${dataKeyId}
     where ${sql.ref(id)} = ${objectId}`.execute(tx);
}

export async function countUnkeyed(db: Db, { table }: OwnPlace): Promise<number> {
  const { rows } = await sql<{ n: string }>`
    select count(*) as n from ${sql.table(table)} where data_key_id is null`.execute(db);
  return Number(rows[0]?.n ?? 0);
}

/**
 * Values of classes that outlive the age before data keys, and what they are sealed under: `before`, then the id. What
 * lives for minutes, and the totals of papers, which open with their code only, end by themselves.
 */
export const OLD_PLACES = [
  { purpose: "authenticator", table: "authenticator", id: "person_id", column: "sealed_secret", before: "person:" },
  {
    purpose: "staff-authenticator",
    table: "staff_authenticator",
    id: "staff_id",
    column: "sealed_secret",
    before: "staff:",
  },
  {
    purpose: "push-subscription",
    table: "push_subscription",
    id: "subscription_id",
    column: "sealed_subscription",
    before: "",
  },
  { purpose: "letter", table: "letter_paper", id: "letter_id", column: "sealed_pdf", before: "" },
  { purpose: "letter-signature", table: "letter_receipt", id: "addressee_id", column: "sealed_drawing", before: "" },
] as const;

type OldPlace = (typeof OLD_PLACES)[number];

/** Sealed without a head: vault.ts. A seal of that age begins with random bytes, so that one in four milliards hides. */
const isUnheaded = (column: string) =>
  sql`${sql.ref(column)} is not null and substr(${sql.ref(column)}, 1, 4) <> '\\x56534b31'::bytea`;

export async function takeUnheaded(
  tx: Tx,
  { table, id, column }: OldPlace,
  after: string,
  most: number,
): Promise<{ id: string; sealed: Buffer }[]> {
  const { rows } = await sql<{ id: string; sealed: Buffer }>`
    select ${sql.ref(id)}::text as id, ${sql.ref(column)} as sealed from ${sql.table(table)}
     where ${isUnheaded(column)} and ${sql.ref(id)}::text > ${after}
     order by ${sql.ref(id)}::text limit ${most} for update`.execute(tx);
  return rows;
}

export async function saveUnheaded(
  tx: Tx,
  { table, id, column }: OldPlace,
  rowId: string,
  sealed: Buffer,
): Promise<void> {
  await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${sealed} where ${sql.ref(id)}::text = ${rowId}`.execute(tx);
}

export async function countUnheaded(db: Db, { table, column }: OldPlace): Promise<number> {
  const { rows } = await sql<{ n: string }>`
    select count(*) as n from ${sql.table(table)} where ${isUnheaded(column)}`.execute(db);
  return Number(rows[0]?.n ?? 0);
}
