import { timingSafeEqual } from "node:crypto";
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

/** The cookie of a device on which this person has signed in: opens nothing, only counts tries apart. */
export function deviceCookie({ vault }: Vaulted, personId: string, device: string): string {
  return `${device}.${deviceMark(vault, personId, device)}`;
}

/** The device's own name when the cookie is genuine and was made for this person, else "". */
export function knownDevice({ vault }: Vaulted, personId: string, cookie: string | undefined): string {
  const [device = "", mark = ""] = (cookie ?? "").split(".");
  const expected = Buffer.from(deviceMark(vault, personId, device));
  const given = Buffer.from(mark);
  return expected.length === given.length && timingSafeEqual(expected, given) ? device : "";
}

function deviceMark(vault: House["vault"], personId: string, device: string): string {
  return vault.mark("known-device", `${personId}:${device}`).toString("base64url");
}

/** A code is worth something for one request only. */
export function codeMark({ vault }: Vaulted, requestId: string, code: string): Buffer {
  return vault.mark("recovery-code", `${requestId}:${code}`);
}
