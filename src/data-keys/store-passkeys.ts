import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";

/** The passkeys of people and those of staff, by what their keys are sealed for (factor/sealed-key.ts). */
export const PASSKEY_TABLES = {
  passkey: { table: "passkey", owner: "person_id" },
  "staff-passkey": { table: "staff_passkey", owner: "staff_id" },
} as const;
type Kind = keyof typeof PASSKEY_TABLES;

export interface UnsealedKey {
  ownerId: string;
  credentialId: Buffer;
  publicKey: Buffer;
}

/** Some of those without a seal, locked until they have one. */
export async function takeUnsealed(tx: Tx, kind: Kind, most: number): Promise<UnsealedKey[]> {
  const { table, owner } = PASSKEY_TABLES[kind];
  const { rows } = await sql<UnsealedKey>`
    select ${sql.ref(owner)} as "ownerId", credential_id as "credentialId", public_key as "publicKey"
      from ${sql.table(table)} where sealed_key is null
     order by ${sql.ref(owner)}, credential_id limit ${most} for update`.execute(tx);
  return rows;
}

export async function saveSeals(
  tx: Tx,
  kind: Kind,
  seals: readonly { ownerId: string; credentialId: Buffer; sealed: Buffer }[],
): Promise<void> {
  const { table, owner } = PASSKEY_TABLES[kind];
  const hex = (of: (one: (typeof seals)[number]) => Buffer) => seals.map((one) => of(one).toString("hex"));
  await sql`
    update ${sql.table(table)} t set sealed_key = decode(given.sealed, 'hex')
      from unnest(${seals.map(({ ownerId }) => ownerId)}::bigint[], ${hex((one) => one.credentialId)}::text[],
                  ${hex((one) => one.sealed)}::text[]) as given (owner, credential, sealed)
     where ${sql.ref(`t.${owner}`)} = given.owner and t.credential_id = decode(given.credential, 'hex')`.execute(tx);
}

export async function countUnsealed(db: Db, kind: Kind): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from ${sql.table(PASSKEY_TABLES[kind].table)} where sealed_key is null`.execute(db);
  return rows[0]?.n ?? 0;
}

export interface SealedKey {
  ownerId: string;
  credentialId: Buffer;
  sealed: Buffer;
}

/** Those with a seal after this one, by owner and credential. */
export async function sealedAfter(
  db: Db,
  kind: Kind,
  after: Pick<SealedKey, "ownerId" | "credentialId">,
  most: number,
): Promise<SealedKey[]> {
  const { table, owner } = PASSKEY_TABLES[kind];
  const place: RawBuilder<unknown> = sql`${sql.ref(owner)}, credential_id`;
  const { rows } = await sql<SealedKey>`
    select ${sql.ref(owner)} as "ownerId", credential_id as "credentialId", sealed_key as sealed
      from ${sql.table(table)} where sealed_key is not null and (${place}) > (${after.ownerId}, ${after.credentialId})
     order by ${place} limit ${most}`.execute(db);
  return rows;
}
