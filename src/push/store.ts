import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { amongMarks, lockMarks, type Marks } from "../db/marks.ts";

/** Devices on which people switched notices on. What has ended is deleted: nothing is sent where no row is. */

export interface DeviceRow {
  person_id: string;
  subscription_id: string;
  endpoint_mark: Buffer;
  device_mark: Buffer;
  sealed_subscription: Buffer;
  server_key: string;
  label: string;
  created_at: Date;
}

/** The devices of these persons, by their ids only. */
export async function devicesOf(db: Db | Tx, personIds: readonly string[]) {
  if (personIds.length === 0) return [];
  return db
    .selectFrom("push_subscription")
    .select(["person_id", "subscription_id"])
    .where("person_id", "=", sql<string>`any(${[...personIds]}::bigint[])`)
    .orderBy("created_at")
    .execute();
}

/** Those that trust our present key, the newest first. */
export async function listDevices(db: Db | Tx, personId: string, serverKey: string) {
  return db
    .selectFrom("push_subscription")
    .select(["subscription_id", "device_mark", "label", "created_at"])
    .where("person_id", "=", personId)
    .where("server_key", "=", serverKey)
    .orderBy("created_at", "desc")
    .execute();
}

export async function findDevice(db: Db, personId: string, subscriptionId: string) {
  return db
    .selectFrom("push_subscription")
    .select(["sealed_subscription", "server_key"])
    .where("person_id", "=", personId)
    .where("subscription_id", "=", subscriptionId)
    .executeTakeFirst();
}

/** Switched on again at the same address keeps its id, so that what is on its way still arrives. */
export async function saveDevice(tx: Tx, row: DeviceRow): Promise<void> {
  const { subscription_id, person_id, endpoint_mark, ...anew } = row;
  await tx
    .insertInto("push_subscription")
    .values({ subscription_id, person_id, endpoint_mark, ...anew })
    .onConflict((conflict) => conflict.columns(["person_id", "subscription_id"]).doUpdateSet(anew))
    .execute();
}

/** The id of the device at this address, when the person has it already. */
export async function findByEndpoint(tx: Tx, personId: string, endpointMark: Buffer): Promise<string | undefined> {
  const row = await tx
    .selectFrom("push_subscription")
    .select("subscription_id")
    .where("person_id", "=", personId)
    .where("endpoint_mark", "=", endpointMark)
    .executeTakeFirst();
  return row?.subscription_id;
}

/**
 * An address that was marked under another secret is marked under the one in front; whose it is stays. Answers whether
 * there was one.
 */
export async function carryEndpoint(tx: Tx, endpointMarks: Marks): Promise<boolean> {
  const [front, ...others] = endpointMarks;
  if (others.length === 0) return false;
  await lockMarks(tx, endpointMarks);
  const { rows } = await sql`
    with held as (select from push_endpoint where endpoint_mark = ${front}),
    gone as (delete from push_endpoint where endpoint_mark ${amongMarks(others)} returning person_id),
    kept as (insert into push_endpoint (endpoint_mark, person_id)
      select ${front}::bytea, person_id from gone where not exists (select from held) limit 1),
    moved as (update push_subscription p set endpoint_mark = ${front} from gone
      where p.person_id = gone.person_id and p.endpoint_mark ${amongMarks(others)}
        and not exists (select from push_subscription own
          where own.person_id = p.person_id and own.endpoint_mark = ${front}))
    select from gone`.execute(tx);
  return rows.length > 0;
}

/** Every subscription, in the order of persons and ids. */
export async function subscriptionsAfter(db: Db, { personId, id }: { personId: string; id: string }, limit: number) {
  const { rows } = await sql<{ personId: string; id: string; sealed: Buffer; mark: Buffer }>`
    select person_id as "personId", subscription_id as id, sealed_subscription as sealed, endpoint_mark as mark
      from push_subscription where (person_id, subscription_id) > (${personId}::bigint, ${id}::uuid)
     order by person_id, subscription_id limit ${limit}`.execute(db);
  return rows;
}

/** From now on the address is this person's alone; answers whose it was, when it was somebody else's. */
export async function takeEndpoint(tx: Tx, personId: string, endpointMark: Buffer): Promise<string | undefined> {
  await tx
    .insertInto("push_endpoint")
    .values({ endpoint_mark: endpointMark, person_id: personId })
    .onConflict((conflict) => conflict.column("endpoint_mark").doNothing())
    .execute();
  const held = await tx
    .selectFrom("push_endpoint")
    .select("person_id")
    .where("endpoint_mark", "=", endpointMark)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (held.person_id === personId) return undefined;
  await tx
    .updateTable("push_endpoint")
    .set({ person_id: personId })
    .where("endpoint_mark", "=", endpointMark)
    .execute();
  return held.person_id;
}

type Which = { subscriptionId: string } | { endpointMark: Buffer } | { deviceMark: Buffer } | { except?: Buffer };

/** Ends the devices of one person: one of them, those of one session's device, or all but these. How many that were. */
export async function dropDevices(db: Db | Tx, personId: string, which: Which): Promise<number> {
  let gone = db.deleteFrom("push_subscription").where("person_id", "=", personId);
  if ("subscriptionId" in which) gone = gone.where("subscription_id", "=", which.subscriptionId);
  else if ("endpointMark" in which) gone = gone.where("endpoint_mark", "=", which.endpointMark);
  else if ("deviceMark" in which) gone = gone.where("device_mark", "=", which.deviceMark);
  else if (which.except) gone = gone.where("device_mark", "!=", which.except);
  const { rows } = await sql<{ count: number }>`
    with gone as (${gone.returning("endpoint_mark")}), keys as (
      delete from push_endpoint using gone
       where push_endpoint.endpoint_mark = gone.endpoint_mark and push_endpoint.person_id = ${personId}
    )
    select count(*)::integer as count from gone`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Of one device: the mark under the secret in front, and those under others. */
export async function carrySubscriptions(tx: Tx, personId: string, [front, ...others]: Marks): Promise<void> {
  await tx
    .updateTable("push_subscription")
    .set({ device_mark: front })
    .where("person_id", "=", personId)
    .where("device_mark", "in", others)
    .execute();
}
