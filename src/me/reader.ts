import type { Actor, Reader } from "../kernel/actor.ts";
import { NotSignedIn } from "../kernel/failures.ts";

/**
 * Whose record is read: one's own, or that of the child or ward for whom one acts. The only place where this is
 * chosen. The registry of addresses has let nobody but citizens in; the link was checked with the session.
 */
export function readerOf(actor: Actor): Reader {
  if (actor.kind !== "citizen") throw new NotSignedIn();
  const { actingFor, personId, limitedUntil } = actor;
  return {
    ...actor,
    personId: actingFor?.personId ?? personId,
    readBy: personId,
    // Who has set the password again by SMS alone is not known for the owner.
    hidesSensitive: actingFor?.hidesSensitive ?? limitedUntil !== undefined,
  };
}

/**
 * The layout of an answer as this reader gets it: a copy kept for one person, or for one who sees everything,
 * is never taken for another's.
 */
export function layoutFor({ actingFor, hidesSensitive }: Reader, layout: string): string {
  const whose = actingFor ? `.${actingFor.publicId.replaceAll("-", "")}` : "";
  return `${layout}${whose}${hidesSensitive ? ".p" : ""}`;
}
