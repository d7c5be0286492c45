import { createPublicKey } from "node:crypto";
import { z } from "zod";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import { definePolicy } from "../kernel/policy.ts";

/** What a browser gives when somebody lets it receive notices: where to send them, and the keys to seal them (RFC 8291). */
export interface Subscription {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

/** More than anybody carries; a page that asks again and again fills no table. */
export const DEVICES_MOST = 10;

/** The push services of the browsers people have here; an operator may name others. */
export const USUAL_HOSTS: readonly string[] = [
  "fcm.googleapis.com",
  "updates.push.services.mozilla.com",
  "*.push.apple.com",
  "*.notify.windows.com",
];

const NAMED = /^(\*\.)?([a-z0-9-]+\.)+[a-z]{2,}$/;
const LOOPBACK = /^(127\.0\.0\.1|localhost):\d{1,5}$/;

/** A host name, every name below one ("*.push.apple.com"), or, where `mayLoop`, a port of this machine. */
export function isHostRule(text: string, mayLoop: boolean): boolean {
  return NAMED.test(text) || (mayLoop && LOOPBACK.test(text));
}

/**
 * Messages go to known services only: an address that somebody makes up leads neither into our own network nor to a
 * third party. Https at its own port, without name and password; plain http for a port of this machine that is named.
 */
export function isAllowed(endpoint: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, host, username, password } = new URL(endpoint);
  if (username || password) return false;
  if (hosts.some((rule) => LOOPBACK.test(rule) && rule === host)) return protocol === "http:";
  if (protocol !== "https:") return false;
  return hosts.some((rule) => (rule.startsWith("*.") ? host.endsWith(rule.slice(1)) : rule === host));
}

const key = (bytes: number) =>
  z
    .string()
    .max(200)
    .regex(/^[\w-]+={0,2}$/)
    .refine((text) => Buffer.from(text, "base64url").length === bytes);

const POINT_BYTES = 65;
const AUTH_BYTES = 16;
const shape = z.object({
  endpoint: z.url().max(2048),
  keys: z.object({ p256dh: key(POINT_BYTES).refine(isOnCurve), auth: key(AUTH_BYTES) }),
});

/** What the page's script posts; `hosts`: the services to which we send. */
export function parseSubscription(text: string, hosts: readonly string[]): Outcome<Subscription, Fault[]> {
  const parsed = shape.safeParse(readJson(text));
  if (!parsed.success) return bad([{ field: "subscription", key: "unreadable" }]);
  if (!isAllowed(parsed.data.endpoint, hosts)) return bad([{ field: "subscription", key: "unknown_service" }]);
  return good(parsed.data);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 0x04, x, y of a point of P-256: with any other bytes nothing could be sealed. */
function isOnCurve(text: string): boolean {
  const point = Buffer.from(text, "base64url");
  if (point[0] !== 4) return false;
  const x = point.subarray(1, 33).toString("base64url");
  const y = point.subarray(33).toString("base64url");
  try {
    createPublicKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x, y } });
    return true;
  } catch {
    return false;
  }
}

export const keepMinutes = definePolicy({
  name: "push.keep_minutes",
  meaning:
    "Minutes for which a push service keeps a notice for a device that is switched off, where its deadline is nearer",
  schema: z.object({ outcome: z.number().int().min(0).max(40_320), reminder: z.number().int().min(0).max(40_320) }),
  values: [
    {
      from: "2021-01-01",
      value: { outcome: 3 * 1440, reminder: 1440 },
      source: "proposal: a telephone that was off over the weekend still learns of a decision",
    },
  ],
});

export const pushPolicies = [keepMinutes];

/** Until when a notice is worth showing: its deadline, or the least time for which it is kept when that is later. */
export function worthUntil(
  notice: { class: string; dueAt: Date; queuedAt: Date },
  kept: { outcome: number; reminder: number },
): Date {
  const minutes = notice.class === "outcome" ? kept.outcome : kept.reminder;
  return new Date(Math.max(notice.dueAt.getTime(), notice.queuedAt.getTime() + minutes * 60_000));
}
