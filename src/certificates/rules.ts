import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** Whose certificates we depend on, and when their end is told. Pure. */
export const warnDays = definePolicy({
  name: "certificates.warn_days",
  meaning:
    "Days before the end of a certificate, ours or of somebody to whom we send, at which the alarm is raised anew",
  schema: z.array(z.number().int().min(0).max(400)).min(1).max(8),
  values: [
    { from: "2021-01-01", value: [30, 14, 7, 1], source: "proposal: a month for the contract, a day for the night" },
  ],
});

export const certificatePolicies = [warnDays];

/** One line of ours that is TLS. */
export interface Place {
  /** web, mail, database, eid, listener, or the name of a provider of texts. */
  name: string;
  host: string;
  port: number;
  /** What is said before TLS begins; absent: it begins at once. */
  opening?: "smtp" | "postgres";
  /** On this very machine a certificate of its own is enough. */
  isHere: boolean;
}

interface LinesAsked {
  baseUrl: string;
  smtpUrl: string;
  smppUrl: string;
  smsProviders: readonly { name: string; url: string }[];
  eid?: { issuer: string } | undefined;
  databaseUrl?: string | undefined;
  /** Where the process itself listens with TLS. */
  listenerUrl?: string | undefined;
}

/** Every place at which TLS is spoken; what travels in the clear has no certificate. */
export function placesOf({ baseUrl, smtpUrl, smppUrl, smsProviders, eid, ...rest }: LinesAsked): Place[] {
  const texts = smsProviders.length > 0 ? smsProviders : smppUrl ? [{ name: "sms", url: smppUrl }] : [];
  const asked = [
    { name: "web", url: baseUrl },
    { name: "mail", url: smtpUrl },
    ...texts,
    { name: "eid", url: eid?.issuer ?? "" },
    { name: "database", url: rest.databaseUrl ?? "" },
  ];
  const ours = placeOf("listener", rest.listenerUrl ?? "");
  // Its certificate is for the proxy, which alone must believe it.
  return [...asked.flatMap(({ name, url }) => placeOf(name, url) ?? []), ...(ours ? [{ ...ours, isHere: true }] : [])];
}

const PORTS: Record<string, number> = {
  "https:": 443,
  "smtps:": 465,
  "smtp:": 587,
  "postgres:": 5432,
  "postgresql:": 5432,
};
const TLS_SCHEMES = ["https:", "smtps:", "ssmpp:", "smpps:"];

function placeOf(name: string, url: string): Place | undefined {
  if (!url) return undefined;
  const { protocol, hostname, port, searchParams } = new URL(url);
  const place = { name, host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) || (PORTS[protocol] ?? 0) };
  const isHere = isThisMachine(place.host);
  if (TLS_SCHEMES.includes(protocol) && place.port > 0) return { ...place, isHere };
  if (protocol === "smtp:") return isHere ? undefined : { ...place, isHere, opening: "smtp" };
  const isDatabase = protocol.startsWith("postgres") && /^(require|verify-)/.test(searchParams.get("sslmode") ?? "");
  return isDatabase && !searchParams.has("host") ? { ...place, isHere, opening: "postgres" } : undefined;
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** What was found at a place. */
export type Found =
  /** When the first of the chain ends; `fault`: why it is not believed, as OpenSSL calls it. */
  | { endsAt: Date; fault?: string | undefined }
  /** No certificate was shown: the name is not found, nobody answers, no TLS is offered. */
  | { fault: string };

const DAY_MS = 86_400_000;

/** Whole days left; negative: over since. */
export const daysLeft = (endsAt: Date, now: Date): number => Math.floor((endsAt.getTime() - now.getTime()) / DAY_MS);

/** The narrowest mark that was passed; undefined: none. */
export function markOf(days: number, marks: readonly number[]): number | undefined {
  return marks.filter((mark) => days <= mark).toSorted((one, other) => one - other)[0];
}

const NOT_REACHED = ["ECONNREFUSED", "ETIMEDOUT", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH"];

/**
 * Refused for good, until somebody mends it: a name that is not found, a certificate that is not believed. A place that
 * does not answer just now is the business of whoever sends there.
 */
export function isRefused(found: Found, { isHere }: Pick<Place, "isHere">): boolean {
  if (!found.fault || NOT_REACHED.includes(found.fault)) return false;
  return !(isHere && "endsAt" in found);
}
