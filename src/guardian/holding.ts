import { findAccount } from "../account/store.ts";
import type { Db, House, Tx } from "../db/house.ts";
import type { Actor, Citizen, Ward } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Forbidden } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { policyOn } from "../policy/store.ts";
import { getPerson } from "../register/store.ts";
import { endOf, hasTurned, nextChange, standingOn, turnsOn } from "./rules.ts";
import { endsAtAge, sensitiveHiddenFromAge } from "./rules-policies.ts";
import { findOpenLink, type Link } from "./store.ts";

/**
 * May this guardian act for this person now? The one place where that is decided; asked for each request and each
 * start of acting. Undefined: no, whatever the reason.
 */
export async function findHeldWard(
  db: Db | Tx,
  guardianId: string,
  asked: { personId: string } | { publicId: string },
  now: Date,
): Promise<Ward | undefined> {
  const link = await findOpenLink(db, guardianId, asked);
  return link && (await heldWard(db, link, now));
}

/** Does the link hold today, and does the guardian live? Whether the ward's account is open is another question. */
export async function holdsToday(db: Db | Tx, link: Link, now: Date): Promise<boolean> {
  const today = dayOf(now);
  if (standingOn(link, link.ward, await policyOn(db, endsAtAge, today), today) !== "holds") return false;
  return (await getPerson(db, link.guardianId)).diedOn === null;
}

/** The ward of a link that holds today, unless the ward's account was closed: then it opens to nobody. */
export async function heldWard(db: Db | Tx, link: Link, now: Date): Promise<Ward | undefined> {
  const today = dayOf(now);
  const { ward } = link;
  if (!(await holdsToday(db, link, now))) return undefined;
  const account = await findAccount(db, ward.personId);
  if (account && account.status !== "active") return undefined;
  const years = await policyOn(db, endsAtAge, today);
  const privateFrom = await policyOn(db, sensitiveHiddenFromAge, today);
  return {
    personId: ward.personId,
    publicId: ward.publicId,
    name: ward.fullName,
    relation: link.relation,
    hidesSensitive: hasTurned(ward, privateFrom, today),
    until: nextChange([endOf(link, ward, years)?.on, turnsOn(ward, privateFrom)], now),
  };
}

/** Acting for others needs a session that opens everything, and a password that was not just set by SMS alone. */
export function mayAct(citizen: Citizen): boolean {
  return citizen.scope === "full" && citizen.limitedUntil === undefined;
}

/**
 * The person whom an API client names in a request: itself, or somebody for whom it may act. A stranger, somebody
 * whose link has ended and nobody at all are refused alike.
 */
export async function actingAs(house: House, actor: Actor, publicId: string): Promise<Actor> {
  if (actor.kind !== "citizen") return actor;
  const { actingFor: _, ...self } = actor;
  if ((await getPerson(house.db, actor.personId)).publicId === publicId) return self;
  const mayAsk = mayAct(actor) && isUuid(publicId);
  const ward = mayAsk ? await findHeldWard(house.db, actor.personId, { publicId }, house.clock.now()) : undefined;
  if (!ward) throw new Forbidden("not_guardian");
  return { ...self, actingFor: ward } satisfies Citizen;
}
