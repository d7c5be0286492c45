/** Ways to sign in beside the password, as figures and choices. Pure. */

const MINUTE_MS = 60_000;

/** A challenge to a passkey is good this long, once. */
export const CHALLENGE_MS = 5 * MINUTE_MS;
/** After the right password, the second factor may come this late. */
export const TICKET_MS = 5 * MINUTE_MS;
export const TICKET_TRIES = 5;
/** More than anybody has telephones and computers. */
export const PASSKEYS_MOST = 10;
export const NAME_MOST = 40;
export const SPARE_CODES = 8;

/** What a person calls a passkey; undefined when there is nothing to read, or too much. */
export function parseName(text: string): string | undefined {
  const name = text.normalize("NFC").replace(/\s+/gu, " ").trim();
  return name.length >= 1 && name.length <= NAME_MOST && !/\p{Cc}/u.test(name) ? name : undefined;
}

/**
 * A passkey that counts its uses must count upwards: an equal or smaller number means that a copy of it
 * exists. Passkeys that are kept in step between devices do not count and always say 0.
 */
export function isCopied(heldCounter: number, givenCounter: number): boolean {
  return (heldCounter > 0 || givenCounter > 0) && givenCounter <= heldCounter;
}

/**
 * An answer to a question that went out before the passkey was last used hung on its way while the next one was given:
 * its lower count tells of no copy. Whoever holds a copy is asked after the owner's last use, sooner or later.
 */
export function isOvertaken(askedAt: Date, lastUsedAt: Date | null): boolean {
  return lastUsedAt !== null && askedAt < lastUsedAt;
}

/** Under which name passkeys are made, and the one address at which they work. */
export interface RelyingParty {
  id: string;
  origin: string;
}

/**
 * Browsers give passkeys to names only, never to bare addresses of machines. A demo on this machine is
 * reached by the name of this machine.
 */
export function relyingPartyOf(baseUrl: string): RelyingParty | undefined {
  const url = new URL(baseUrl);
  if (url.hostname === "127.0.0.1" || url.hostname === "[::1]") url.hostname = "localhost";
  const isAddress = /^[\d.]+$|^\[/.test(url.hostname);
  const isSafe = url.protocol === "https:" || url.hostname === "localhost";
  return isAddress || !isSafe ? undefined : { id: url.hostname, origin: url.origin };
}
