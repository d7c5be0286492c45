import { randomBytes } from "node:crypto";
import type { House } from "../db/house.ts";
import type { Marks } from "../db/marks.ts";
import type { LoginNumber } from "./rules.ts";
import type { WindowKey } from "./store-window.ts";

/** Keyed marks: what must be told apart later without being readable in the database. */

type Vaulted = Pick<House, "vault">;

/** Whose tries are counted: the account's, or, when nobody has that number, the number's own. */
export function subjectMarks({ vault }: Vaulted, personId: string | undefined, login?: LoginNumber): Marks {
  return vault.everyMark("sign-in-subject", personId ? `person:${personId}` : `${login?.kind}:${login?.number}`);
}

export function staffMarks({ vault }: Vaulted, username: string): Marks {
  return vault.everyMark("sign-in-subject", `staff:${username}`);
}

/** Tries made inside a session, when a password is changed: a stranger outside cannot use them up. */
export function sessionWindow(house: Vaulted, personId: string, sessionId: string): WindowKey {
  return { subjectMarks: subjectMarks(house, personId), device: `session:${sessionId}` };
}

/** The name under which a browser keeps it, and how long. */
export const DEVICE_COOKIE = "vssid_device";
export const DEVICE_KEPT_SECONDS = 180 * 24 * 3600;

/**
 * The cookie of a device on which `who` ("person:7", "staff:3") has signed in: opens nothing, only counts
 * its tries apart from those of strangers.
 */
export function deviceCookie({ vault }: Vaulted, who: string, device: string): string {
  return `${device}.${vault.mark("known-device", `${who}:${device}`).toString("base64url")}`;
}

/** The device's own name when one of the cookie's names is genuine and was made for `who`, else "". */
export function knownDevice({ vault }: Vaulted, who: string, cookie: string | undefined): string {
  for (const name of namesIn(cookie)) {
    const [device = "", mark = ""] = name.split(".");
    if (vault.isMark("known-device", `${who}:${device}`, Buffer.from(mark, "base64url"))) return device;
  }
  return "";
}

const PEOPLE_OF_A_BROWSER = 4;
const nameShape = /^[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/;

function namesIn(cookie = ""): string[] {
  return cookie.split("~", PEOPLE_OF_A_BROWSER).filter((name) => nameShape.test(name));
}

/**
 * A browser that a family shares has another name for each of the last who signed in there, so that what one of them
 * switched on still ends when they sign out themselves. `own` comes in front of those in `before`.
 */
export function besideOthers(own: string, before: string | undefined): string {
  const others = namesIn(before).filter((name) => name !== own);
  return [own, ...others].slice(0, PEOPLE_OF_A_BROWSER).join("~");
}

export function newDevice(): string {
  return randomBytes(16).toString("base64url");
}

/** One device through many sessions: what was switched on there ends when one of them is signed out. */
export function sessionDevices({ vault }: Vaulted, device: string): Marks {
  return vault.everyMark("session-device", device);
}
