import { randomUUID } from "node:crypto";
import type { Tx } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { type ConsentKind, type ConsentSource, noticeOn } from "./rules.ts";
import { consentsOf, insertConsent } from "./store.ts";

/**
 * Writes down that consent was given or taken back, under the notice in force, in the transaction of what it is about.
 * The same again is no event.
 */
export async function noteConsent(
  tx: Tx,
  consent: { personId: string; kind: ConsentKind; isGiven: boolean; source: ConsentSource; now: Date },
): Promise<void> {
  const { personId, kind, isGiven, source, now } = consent;
  const last = (await consentsOf(tx, personId)).find((event) => event.kind === kind);
  if (last?.isGiven === isGiven) return;
  const { version } = noticeOn(dayOf(now));
  await insertConsent(tx, personId, randomUUID(), { kind, isGiven, version, source, at: now });
}
