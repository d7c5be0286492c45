import { randomBytes, timingSafeEqual } from "node:crypto";
import type { House } from "../db/house.ts";
import type { LoginNumber } from "./rules.ts";
import type { WindowKey } from "./store.ts";

/** Keyed marks: what must be told apart later without being readable in the database. */

type Vaulted = Pick<House, "vault">;

/** Whose tries are counted: the account's, or, when nobody has that number, the number's own. */
export function subjectMark({ vault }: Vaulted, personId: string | undefined, login?: LoginNumber): Buffer {
  return vault.mark("sign-in-subject", personId ? `person:${personId}` : `${login?.kind}:${login?.number}`);
}

export function staffMark({ vault }: Vaulted, username: string): Buffer {
  return vault.mark("sign-in-subject", `staff:${username}`);
}

/** Tries made inside a session, when a password is changed: a stranger outside cannot use them up. */
export function sessionWindow(house: Vaulted, personId: string, sessionId: string): WindowKey {
  return { subjectMark: subjectMark(house, personId), device: `session:${sessionId}` };
}

/** The name under which a browser keeps it, and how long. */
export const DEVICE_COOKIE = "vssid_device";
export const DEVICE_KEPT_SECONDS = 180 * 24 * 3600;

/**
 * The cookie of a device on which `who` ("person:7", "staff:3") has signed in: opens nothing, only counts
 * its tries apart from those of strangers.
 */
export function deviceCookie({ vault }: Vaulted, who: string, device: string): string {
  return `${device}.${deviceMark(vault, who, device)}`;
}

/** The device's own name when the cookie is genuine and was made for `who`, else "". */
export function knownDevice({ vault }: Vaulted, who: string, cookie: string | undefined): string {
  const [device = "", mark = ""] = (cookie ?? "").split(".");
  const expected = Buffer.from(deviceMark(vault, who, device));
  const given = Buffer.from(mark);
  return expected.length === given.length && timingSafeEqual(expected, given) ? device : "";
}

export function newDevice(): string {
  return randomBytes(16).toString("base64url");
}

/** One device through many sessions: what was switched on there ends when one of them is signed out. */
export function sessionDevice({ vault }: Vaulted, device: string): Buffer {
  return vault.mark("session-device", device);
}

function deviceMark(vault: House["vault"], who: string, device: string): string {
  return vault.mark("known-device", `${who}:${device}`).toString("base64url");
}
