import type { House } from "../db/house.ts";
import type { Actor } from "../kernel/actor.ts";

/** Says in the browser that this telephone keeps the card of whoever is meant by the mark in it. */
export const KEPT_COOKIE = "vssid_kept";
/** Since the telephone was last heard of: each contact gives the cookie anew, under the secret in front. */
const KEPT_SECONDS = 180 * 24 * 3600;

type Vaulted = Pick<House, "vault">;

export const keptMark = ({ vault }: Vaulted, personId: string): string =>
  vault.mark("kept-card", personId).toString("base64url");

export const keptCookie = (house: Vaulted, personId: string) => ({
  name: KEPT_COOKIE,
  value: keptMark(house, personId),
  maxAgeSeconds: KEPT_SECONDS,
});

interface Asking {
  house: Vaulted;
  actor: Actor;
  cookies: Readonly<Record<string, string | undefined>>;
}

/**
 * This browser keeps the card of whoever is signed in. Only then their own page carries the script that renews it, and
 * signing out clears what the browser stores. A cookie without a mark ("1") is of before there were marks.
 */
export function keepsCardHere({ house, actor, cookies }: Asking): boolean {
  const kept = cookies[KEPT_COOKIE];
  if (kept === undefined || actor.kind !== "citizen") return false;
  return kept === "1" || house.vault.isMark("kept-card", actor.personId, Buffer.from(kept, "base64url"));
}
