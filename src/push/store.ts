import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";

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
