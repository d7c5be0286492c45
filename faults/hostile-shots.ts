/** One hostile request, made from a whole one by one to three changes; a seed draws the same again. */
import { type Dice, dice } from "../test/dice.ts";
import { escaped, partsOf, renderQuery } from "./hostile-address.ts";
import type { Base } from "./hostile-bases.ts";
import { hostileJson, hostileText } from "./hostile-values.ts";

export interface Shot {
  seed: number;
  actor: string;
  method: string;
  url: string;
  headers: Record<string, string | string[]>;
  payload?: Buffer;
  /** Written to the socket as it is, and perhaps cut: no answer at all is an answer too. */
  isRaw: boolean;
}

/** Who asks: what a session gives to each request. */
export interface Session {
  token: string | undefined;
  visitor: string;
  formToken: string;
  wardPublicId: string | undefined;
}

type Pairs = [string, string][];
const EDGE = "edgeof330";
const DEEP = 30_000;

export function shotOf(
  seed: number,
  bases: readonly Base[],
  sessions: Record<string, Session>,
  foreign: readonly string[],
): Shot {
  const drawn = dice(Math.imul(seed, 2_654_435_761));
  const { pick, roll, below } = drawn;
  const base = pick(bases);
  const session = sessions[base.actor];
  const changes = below(8) === 0 ? 0 : 1 + below(3);
  const value = () => (roll() < 0.15 ? pick(foreign) : hostileText(drawn));
  const { segments, query } = partsOf(base.url);
  const fields = base.fields?.map(([name, held]): [string, string] => [
    name,
    name === "_token" ? tokenOf(session) : held,
  ]);
  const sent = { segments, query, fields, json: structuredClone(base.json), rawPath: undefined as string | undefined };
  let change: Change = {};
  for (let nth = 0; nth < changes; nth += 1) change = { ...change, ...changeOnce(sent, drawn, value) };
  const path = sent.rawPath ?? `/${sent.segments.map((one) => (one === "" ? "" : escapedOnce(one))).join("/")}`;
  const method = change.method ?? base.method;
  const headers = { ...headersOf(base, session), ...change.headers };
  const body = method === "GET" || method === "HEAD" ? undefined : bodyOf(base, sent, change, drawn);
  if (body?.type && !headers["content-type"]) headers["content-type"] = body.type;
  return {
    ...{ seed, actor: base.actor, method, url: `${path}${renderQuery(sent.query)}`, headers },
    ...(body ? { payload: body.bytes } : {}),
    isRaw: change.isRaw ?? false,
  };
}

interface Sent {
  segments: string[];
  query: Pairs;
  fields: Pairs | undefined;
  json: unknown;
  rawPath: string | undefined;
}
interface Change {
  method?: string;
  headers?: Record<string, string | string[]>;
  isRaw?: boolean;
  body?: "cut" | "deep" | "garbage" | "multipart" | "broken multipart" | "as json" | "empty";
}

const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];
const TYPES = [
  "text/plain", "application/json", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml", "application/octet-stream",
  `multipart/form-data; boundary=${EDGE}`, "application/json; charset=utf-16", "application/json;charset=x", "text/html", "image/png", ";", "application/fhir+json", "*/*",
]; // biome-ignore format: a list
const HEADERS: readonly [string, string][] = [
  ["x-forwarded-for", "127.0.0.1"], ["x-forwarded-host", "evil.example"], ["x-original-url", "/console"], ["x-http-method-override", "DELETE"],
  ["origin", "https://evil.example"], ["origin", "null"], ["sec-fetch-site", "cross-site"], ["accept-language", "en;q=x,,;"], ["accept", "application/x"],
  ["if-none-match", '"x", *'], ["if-modified-since", "not a day"], ["range", "bytes=0-,5-1"], ["authorization", "Basic Og=="], ["authorization", `Bearer ${"a".repeat(9000)}`],
  ["cookie", "vssid_session=; vssid_session=x; =; ;;"], ["cookie", `vssid_flash=${"A".repeat(4000)}`], ["cookie", "vssid_file=%E0%A4%A"], ["cookie", "__proto__=1; constructor=2"], ["cookie", `vssid_lang=${"%00"}`],
  ["idempotency-key", "'; drop table person"], ["idempotency-key", "x".repeat(254)], ["vssid-acting-for", "00000000-0000-0000-0000-000000000000"], ["x-file-token", "a.b.c"], ["content-encoding", "gzip"],
  ["accept-encoding", "br;q=2, x"], ["expect", "100-continue"], ["referer", "javascript:alert(1)"], ["user-agent", "{{331*337}}"], ["transfer-encoding", "identity"], ["host", "evil.example"], ["te", "x"],
]; // biome-ignore format: a list

/** One change: to what is sent, or answered as a change of how it is sent. */
function changeOnce(sent: Sent, drawn: Dice, value: () => string): Change {
  const { roll, pick, below } = drawn;
  const way = roll();
  if (way < 0.42) return changeBody(sent, drawn, value);
  if (way < 0.56 && sent.segments.length > 0) {
    sent.segments[below(sent.segments.length)] = value();
    return {};
  }
  if (way < 0.68) {
    changePairs(sent.query, drawn, value);
    return {};
  }
  if (way < 0.74) {
    sent.rawPath = pick(PATHS)(sent.segments.map(escapedOnce).join("/"));
    return {};
  }
  if (way < 0.79) return { method: pick(METHODS) };
  if (way < 0.84) return { headers: { "content-type": pick(TYPES) } };
  if (way < 0.93) {
    const [name, held] = pick(HEADERS);
    return { headers: { [name]: held } };
  }
  if (way < 0.96) return { isRaw: true, body: "cut" };
  return { body: pick(["cut", "deep", "garbage", "multipart", "broken multipart", "as json", "empty"] as const) };
}

const PATHS: readonly ((path: string) => string)[] = [
  (path) => `/${path}/../../../../etc/passwd`,
  (path) => `/%2e%2e/%2e%2e/${path}`,
  (path) => `//${path}`,
  (path) => `/${path}%00.png`,
  (path) => `/${path};x=1`,
  (path) => `/${path}/%252e%252e%252fconsole`,
  (path) => `/${path.toUpperCase()}`,
  (path) => `/${path.replaceAll("/", "%2f")}`,
  (path) => `/assets/..%2f..%2f${path}`,
  (path) => `/${path}?${"a=1&".repeat(1500)}`,
  (path) => `/${path}/${"x".repeat(7000)}`,
  (path) => `/${path}%`,
];

function changeBody(sent: Sent, drawn: Dice, value: () => string): Change {
  if (sent.fields) changePairs(sent.fields, drawn, value);
  else if (sent.json !== undefined) sent.json = changedJson(sent.json, drawn);
  else changePairs(sent.query, drawn, value);
  return {};
}

function changePairs(pairs: Pairs, { roll, below, pick }: Dice, value: () => string): void {
  const at = below(Math.max(1, pairs.length));
  const name = pairs[at]?.[0] ?? pick(["q", "lang", "next", "page", "__proto__", "code"]);
  const way = roll();
  if (name === "_token" && way < 0.9) return;
  if (way < 0.6) pairs[at] = [name, value()];
  else if (way < 0.7) pairs.push([name, value()]);
  else if (way < 0.78) pairs.splice(at, 1);
  else if (way < 0.86)
    pairs.push([pick([`${name}[]`, `${name}[a]`, `${name}.a`, "__proto__[polluted330]", "constructor"]), value()]);
  else if (way < 0.93) pairs.push([value(), value()]);
  else if (way < 0.98) for (let nth = 0; nth < 12; nth += 1) pairs.push([name, value()]);
  else for (let nth = 0; nth < 3000; nth += 1) pairs.push([`f${nth}`, ""]);
}

/** One place in the value, at any depth, is another value. */
function changedJson(json: unknown, drawn: Dice): unknown {
  const { roll, below, pick } = drawn;
  if (json === null || typeof json !== "object" || roll() < 0.06) return hostileJson(drawn);
  if (Array.isArray(json)) return json.map((one, at) => (at === below(json.length) ? changedJson(one, drawn) : one));
  const entries = Object.entries(json as Record<string, unknown>);
  const at = below(Math.max(1, entries.length));
  const way = roll();
  if (way < 0.12) entries.splice(at, 1);
  else if (way < 0.24) entries.push([pick(["__proto__", "extra", "toJSON", "id"]), hostileJson(drawn)]);
  else if (entries[at]) entries[at] = [entries[at][0], changedJson(entries[at][1], drawn)];
  return Object.fromEntries(entries);
}

function headersOf(base: Base, session: Session | undefined): Record<string, string | string[]> {
  const cookies: Record<string, string> = { ...base.cookies };
  if (base.kind === "page" && session?.token) cookies.vssid_session = session.token;
  if (!session?.token) cookies.vssid_visitor = session?.visitor ?? "x";
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  return {
    ...base.headers,
    ...(base.kind === "api" && session?.token ? { authorization: `Bearer ${session.token}` } : {}),
    ...(base.kind === "api" && session?.wardPublicId ? { "vssid-acting-for": session.wardPublicId } : {}),
    ...(cookie.length > 0 ? { cookie: cookie.join("; ") } : {}),
  };
}

const tokenOf = (session: Session | undefined) => session?.formToken ?? "";

function bodyOf(
  base: Base,
  { fields, json }: Sent,
  { body }: Change,
  drawn: Dice,
): { type: string; bytes: Buffer } | undefined {
  const { below } = drawn;
  if (body === "empty") return { type: "application/json", bytes: Buffer.alloc(0) };
  if (body === "garbage")
    return { type: "", bytes: Buffer.from(Array.from({ length: below(4000) }, () => below(256))) };
  if (body === "deep") return { type: "application/json", bytes: Buffer.from(`${'[{"a":'.repeat(DEEP)}1`) };
  if (body === "as json")
    return { type: "application/json", bytes: Buffer.from(JSON.stringify(fields ?? json ?? hostileJson(drawn))) };
  const whole = wholeBody(base, fields, json, body);
  if (!whole || body !== "cut") return whole;
  return { ...whole, bytes: whole.bytes.subarray(0, below(whole.bytes.length + 1)) };
}

function wholeBody({ takesFile, xml }: Base, fields: Pairs | undefined, json: unknown, body: Change["body"]) {
  if (xml !== undefined) return { type: "application/xml", bytes: Buffer.from(xml) };
  if (json !== undefined) return { type: "application/json", bytes: Buffer.from(JSON.stringify(json)) };
  if (!fields) return undefined;
  if (takesFile || body === "multipart" || body === "broken multipart")
    return multipart(fields, body === "broken multipart");
  return { type: "application/x-www-form-urlencoded", bytes: Buffer.from(renderQuery(fields).slice(1)) };
}

function multipart(fields: Pairs, isBroken: boolean): { type: string; bytes: Buffer } {
  const texts = fields.map(
    ([name, value]) =>
      `--${EDGE}\r\ncontent-disposition: form-data; name="${name.replaceAll('"', "%22")}"\r\n\r\n${value}\r\n`,
  );
  const file = `--${EDGE}\r\ncontent-disposition: form-data; name="front"; filename="../../a\u202egnp.jpg"\r\ncontent-type: image/jpeg\r\n\r\n\u00ff\u00d8\u00ff\r\n`;
  const end = isBroken
    ? `--${EDGE}\r\ncontent-disposition: form-data; name=\r\nx: ${"y".repeat(20_000)}`
    : `--${EDGE}--\r\n`;
  return { type: `multipart/form-data; boundary=${EDGE}`, bytes: Buffer.from(texts.join("") + file + end) };
}

/** A value that already stands escaped in an address is not escaped again. */
function escapedOnce(segment: string): string {
  return /^[\w.~:@!$&'()*+,;=-]*(%[\da-f]{2}[\w.~-]*)*$/i.test(segment) ? segment : escaped(segment);
}
