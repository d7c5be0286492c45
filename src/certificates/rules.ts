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

/** One line of ours that is TLS: what the other side shows. */
export interface Place {
  /** web, mail, database, eid, key_service, listener, or the name of a provider of texts. */
  name: string;
  host: string;
  port: number;
  /** What is said before TLS begins; absent: it begins at once. */
  opening?: "smtp" | "postgres";
  /** On this very machine a certificate of its own is enough. */
  isHere: boolean;
  /** PEM of the authorities that are believed there; absent: those of Node. */
  rootFile?: string | undefined;
  /** What is shown there of ours: without it the other side may end the line before it shows its own. */
  shown?: Pick<OwnCertificate, "certFile" | "keyFile"> | undefined;
}

/** What we show ourselves at such a line. */
export interface OwnCertificate {
  /** database_login, database_owner, key_service_login. */
  name: string;
  certFile: string;
  keyFile: string;
}

/** By which a PostgreSQL knows the login of an address; undefined: by something else. */
export function ownAt(name: string, url: string | undefined): OwnCertificate | undefined {
  if (!url) return undefined;
  const { searchParams } = new URL(url);
  const [certFile, keyFile] = [searchParams.get("sslcert"), searchParams.get("sslkey")];
  return certFile && keyFile ? { name, certFile, keyFile } : undefined;
}

/** By which a key service knows us; undefined: by a token alone. */
export function ownAtKeyService(service: LinesAsked["keyService"]): OwnCertificate | undefined {
  const { cert: certFile, key: keyFile } = service?.files ?? {};
  return certFile && keyFile ? { name: "key_service_login", certFile, keyFile } : undefined;
}

interface LinesAsked {
  baseUrl: string;
  smtpUrl: string;
  smppUrl: string;
  smsProviders: readonly { name: string; url: string }[];
  eid?: { issuer: string } | undefined;
  keyService?:
    | { url: string; files: { cert?: string | undefined; key?: string | undefined; root?: string | undefined } }
    | undefined;
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
  const keys = placeOf("key_service", rest.keyService?.url ?? "");
  const [rootFile, shown] = [rest.keyService?.files.root, ownAtKeyService(rest.keyService)];
  // Its certificate is for the proxy, which alone must believe it.
  return [
    ...asked.flatMap(({ name, url }) => placeOf(name, url) ?? []),
    ...(keys ? [{ ...keys, rootFile, shown }] : []),
    ...(ours ? [{ ...ours, isHere: true }] : []),
  ];
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
  const rootFile = searchParams.get("sslrootcert");
  return isDatabase && !searchParams.has("host")
    ? { ...place, isHere, opening: "postgres", ...(rootFile ? { rootFile } : {}) }
    : undefined;
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** From when to when a certificate counts. */
export interface Term {
  beganAt: Date;
  endsAt: Date;
}

/** What was found at a place, or in our own file. */
export type Found =
  /** The one of the chain that ends first; `fault`: why it is not believed, as OpenSSL calls it. */
  | (Term & { fault?: string | undefined })
  /** No certificate was shown: the name is not found, nobody answers, no TLS is offered. */
  | { fault: string };

const DAY_MS = 86_400_000;

/** Whole days left; negative: over since. */
export const daysLeft = (endsAt: Date, now: Date): number => Math.floor((endsAt.getTime() - now.getTime()) / DAY_MS);

/** The narrowest mark that was passed; undefined: none. */
export function markOf(days: number, marks: readonly number[]): number | undefined {
  return marks.filter((mark) => days <= mark).toSorted((one, other) => one - other)[0];
}

const SHORT_MS = 14 * DAY_MS;

/** Renewed each day or week by a program: days before its end say nothing. */
export const isShort = (term: Term): boolean => lifeMs(term) <= SHORT_MS;

/** Three quarters of its life are over: whatever renews it had its time. */
export const isLate = (term: Term, now: Date): boolean => term.endsAt.getTime() - now.getTime() < lifeMs(term) / 4;

/**
 * The mark to tell of; undefined: none. Programs that renew (Caddy, certbot) do so when a third of the life is left, so a
 * mark counts that is first passed a day behind that: then it was not renewed. Where none does, the last quarter.
 */
export function markAt(term: Term, now: Date, marks: readonly number[]): number | undefined {
  const firstAt = (mark: number) => (mark + 1) * DAY_MS;
  const counting = isShort(term) ? [] : marks.filter((mark) => 3 * (firstAt(mark) + DAY_MS) <= lifeMs(term));
  if (counting.length > 0) return markOf(daysLeft(term.endsAt, now), counting);
  return isLate(term, now) ? 0 : undefined;
}

const lifeMs = ({ beganAt, endsAt }: Term) => endsAt.getTime() - beganAt.getTime();

const NOT_REACHED = ["ECONNREFUSED", "ETIMEDOUT", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH"];

/**
 * Refused for good, until somebody mends it: a name that is not found, a certificate that is not believed. A place that
 * does not answer just now is the business of whoever sends there.
 */
export function isRefused(found: Found, place: Pick<Place, "isHere"> | OwnCertificate): boolean {
  if (!found.fault || NOT_REACHED.includes(found.fault)) return false;
  return !("isHere" in place && place.isHere && "endsAt" in found);
}
