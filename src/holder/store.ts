import type { Db, Tx } from "../db/house.ts";
import type { EventKind } from "./rules.ts";

/** What happened to a registration, each with the number of its confirmation. */

export interface NewEvent {
  person_id: string;
  event_id: string;
  at: Date;
  kind: EventKind;
  reference: string;
  source: "online" | "counter";
  grounds: string | null;
}

export async function insertEvent(tx: Tx, event: NewEvent): Promise<void> {
  await tx.insertInto("account_event").values(event).execute();
}

const SHOWN_MOST = 50;

/** The newest first. */
export async function eventsOf(db: Db | Tx, personId: string, most = SHOWN_MOST): Promise<AccountEvent[]> {
  const rows = await db
    .selectFrom("account_event")
    .select(["at", "kind", "reference", "source", "grounds"])
    .where("person_id", "=", personId)
    .orderBy("at", "desc")
    .limit(most)
    .execute();
  return rows as AccountEvent[];
}

export type AccountEvent = Omit<NewEvent, "person_id" | "event_id">;

/** One change by the number of its confirmation; undefined when it is none of this person's. */
export async function findEvent(db: Db | Tx, personId: string, reference: string): Promise<AccountEvent | undefined> {
  const row = await db
    .selectFrom("account_event")
    .select(["at", "kind", "reference", "source", "grounds"])
    .where("person_id", "=", personId)
    .where("reference", "=", reference)
    .executeTakeFirst();
  return row as AccountEvent | undefined;
}
