/** Who gets no message of a campaign: numbers and addresses, and persons wherever they are reached. */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { Refused } from "./rules-audience.ts";

export interface AddressRefusal {
  channel: "sms" | "email";
  address: string;
  way: "reply" | "link";
  mailingId: string | null;
}

/** The id of the refusal; undefined when it was refused before: said twice is once. */
export async function refuseAddress(tx: Tx, one: AddressRefusal, at: Date): Promise<string | undefined> {
  const row = await tx
    .insertInto("mailing_refusal")
    .values({
      ...{ refusal_id: randomUUID(), channel: one.channel, address: one.address, way: one.way },
      ...{ refused_at: at, mailing_id: one.mailingId },
    })
    .onConflict((conflict) => conflict.columns(["channel", "address"]).where("ended_at", "is", null).doNothing())
    .returning("refusal_id as id")
    .executeTakeFirst();
  return row?.id;
}

export async function refusePerson(tx: Tx, personId: string, mailingId: string | null, at: Date): Promise<void> {
  await sql`
    insert into mailing_choice (person_id, choice_id, refused_at, mailing_id)
    select ${personId}::bigint, ${randomUUID()}::uuid, ${at}, ${mailingId}::uuid
     where not exists (select from mailing_choice where person_id = ${personId}::bigint and ended_at is null)`.execute(
    tx,
  );
}

/** The person, and the numbers and addresses that are theirs, are written to again. */
export async function endRefusals(tx: Tx, personId: string, addresses: readonly string[], at: Date): Promise<void> {
  await sql`
    update mailing_choice set ended_at = greatest(${at}::timestamptz, refused_at)
     where person_id = ${personId}::bigint and ended_at is null`.execute(tx);
  await sql`
    update mailing_refusal set ended_at = greatest(${at}::timestamptz, refused_at)
     where address = any(${[...addresses]}::text[]) and ended_at is null`.execute(tx);
}

/** Of these persons and addresses, those that refuse; a record that was merged refuses as the one it went into. */
export async function refusedAmong(
  db: Db | Tx,
  asked: { persons: readonly string[]; addresses: readonly string[] },
): Promise<Refused> {
  const persons = await sql<{ id: string }>`
    with recursive record (asked, id) as (
      select id, id from unnest(${[...asked.persons]}::bigint[]) id
      union select r.asked, p.merged_into from record r join person p on p.person_id = r.id
             where p.merged_into is not null)
    select distinct r.asked as id from record r join mailing_choice c on c.person_id = r.id
     where c.ended_at is null`.execute(db);
  const places = await sql<{ channel: string; address: string }>`
    select channel, address from mailing_refusal
     where channel in ('sms', 'email') and address = any(${[...asked.addresses]}::text[]) and ended_at is null`.execute(
    db,
  );
  const of = (channel: string) => new Set(places.rows.flatMap((one) => (one.channel === channel ? one.address : [])));
  return { persons: new Set(persons.rows.map(({ id }) => id)), phones: of("sms"), emails: of("email") };
}

/** Everybody who answered this campaign by refusing the next ones. */
export async function countRefusedAfter(db: Db, mailingId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select ((select count(*) from mailing_refusal where mailing_id = ${mailingId}::uuid)
          + (select count(*) from mailing_choice where mailing_id = ${mailingId}::uuid))::integer as count`.execute(db);
  return rows[0]?.count ?? 0;
}
