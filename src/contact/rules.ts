import { z } from "zod";
import { parseEmail, parsePhone } from "../kernel/numbers.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import { definePolicy } from "../kernel/policy.ts";

/** Changes of telephone and e-mail: the way back in changes hands slowly, and the old one is told. Pure. */

export type ContactKind = "phone" | "email";

export const coolingHours = definePolicy({
  name: "contact.cooling_hours",
  meaning: "Hours between the proof of a new telephone or e-mail and its taking effect; the old one may stop it then",
  schema: z.number().int().min(0).max(720),
  values: [{ from: "2021-01-01", value: 24, source: "proposal" }],
});

export const contactPolicies = [coolingHours];

const HOUR_MS = 60 * 60_000;

export function effectiveAt(provedAt: Date, hours: number): Date {
  return new Date(provedAt.getTime() + hours * HOUR_MS);
}

/** A code that is out but was never brought back is forgotten after a day. */
export const ASKED_KEPT_MS = 24 * HOUR_MS;

export const STOP_DIGITS = 8;

export function parseStopCode(text: string): string | undefined {
  const digits = text.normalize("NFKC").replace(/[\s.\-–]/gu, "");
  return digits.length === STOP_DIGITS && /^\d+$/.test(digits) ? digits : undefined;
}

export function parseContact(kind: ContactKind, text: string): Outcome<string, Fault[]> {
  const value = kind === "phone" ? parsePhone(text) : parseEmail(text);
  return value ? good(value) : bad([{ field: "contact", key: `${kind}_shape` }]);
}

const ADDRESS_MOST = 200;

export function parseAddress(text: string): Outcome<string, Fault[]> {
  const address = text.normalize("NFC").replace(/\s+/gu, " ").trim();
  const fits = address.length >= 5 && address.length <= ADDRESS_MOST && !/\p{Cc}/u.test(address);
  return fits ? good(address) : bad([{ field: "address", key: "address_shape" }]);
}

/** ••••••608 · h•••@example.vn: enough to know one's own again. */
export function maskContact(kind: ContactKind, value: string): string {
  if (kind === "phone") return `${"•".repeat(Math.max(0, value.length - 3))}${value.slice(-3)}`;
  const [name = "", host = ""] = value.split("@");
  return `${name.slice(0, 1)}•••@${host}`;
}
