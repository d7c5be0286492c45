import type { Db, Tx } from "../db/house.ts";
import type { ConsentKind, ConsentSource } from "./rules.ts";

/** Notices that were shown, and the events of consent. */

/** Shown twice is once. */
export async function insertSeen(tx: Tx, personId: string, version: number, at: Date): Promise<void> {
  await tx
    .insertInto("notice_seen")
    .values({ person_id: personId, version, seen_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function seenOf(db: Db, personId: string) {
  return db
    .selectFrom("notice_seen")
    .select(["version", "seen_at as seenAt"])
    .where("person_id", "=", personId)
    .orderBy("version", "desc")
    .execute();
}

export interface ConsentEvent {
  kind: ConsentKind;
  isGiven: boolean;
  version: number;
  source: ConsentSource;
  at: Date;
}

const SHOWN_MOST = 200;

/** The newest first. */
export async function consentsOf(db: Db | Tx, personId: string, most = SHOWN_MOST): Promise<ConsentEvent[]> {
  const rows = await db
    .selectFrom("consent_event")
    .select(["kind", "is_given as isGiven", "notice_version as version", "source", "at"])
    .where("person_id", "=", personId)
    .orderBy("at", "desc")
    .orderBy("event_id")
    .limit(most)
    .execute();
  return rows as ConsentEvent[];
}

export async function insertConsent(tx: Tx, personId: string, eventId: string, event: ConsentEvent): Promise<void> {
  await tx
    .insertInto("consent_event")
    .values({
      person_id: personId,
      event_id: eventId,
      kind: event.kind,
      is_given: event.isGiven,
      notice_version: event.version,
      source: event.source,
      at: event.at,
    })
    .execute();
}
