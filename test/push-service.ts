import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  randomUUID,
  verify,
} from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A push service on this machine, with browsers of its own behind it. It checks what a real one checks (RFC 8030, 8292)
 * with its own arithmetic, and opens what only the browser can open (RFC 8291).
 */
export interface PushService {
  /** For the list of hosts: "127.0.0.1:4711". */
  host: string;
  /** A browser that trusts this server key. */
  browser(serverKey: string): Browser;
  /** Everything it took, oldest first. */
  received: Received[];
  /** Every call that reached it, taken or not, and why a call was refused by the letter of the standards. */
  calls: number;
  faults: string[];
  /** What it does with a proper message; undefined never answers. */
  answer: (message: Received, count: number) => Reply | undefined;
  stop(): Promise<void>;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
}

export interface Browser {
  id: string;
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
}

export interface Received {
  browser: string;
  /** As it was opened with the browser's own keys. */
  payload: Record<string, string>;
  ttl: number;
  urgency: string | undefined;
  topic: string | undefined;
  claims: { aud: string; exp: number; sub: string };
}

interface Held extends Browser {
  serverKey: string;
  auth: Buffer;
  ecdh: ECDH;
}

const taken: PushService["answer"] = () => ({ status: 201 });
const DAY_SECONDS = 24 * 3600;

export async function startPushService(): Promise<PushService> {
  const browsers = new Map<string, Held>();
  const server = createServer((request, reply) => void take(request, reply));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `http://${host}`;
  const service: PushService = {
    host,
    received: [],
    calls: 0,
    faults: [],
    answer: taken,
    browser(serverKey) {
      const ecdh = createECDH("prime256v1");
      const p256dh = ecdh.generateKeys("base64url");
      const [id, auth] = [randomUUID(), randomBytes(16)];
      const subscription = { endpoint: `${origin}/push/${id}`, keys: { p256dh, auth: auth.toString("base64url") } };
      const held = { id, subscription, serverKey, auth, ecdh };
      browsers.set(id, held);
      return held;
    },
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };

  async function take(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    service.calls += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    try {
      const browser = browsers.get(/^\/push\/([\w-]+)$/.exec(request.url ?? "")?.[1] ?? "");
      if (!browser) return void reply.writeHead(404).end();
      const message = openMessage(request, Buffer.concat(chunks), browser, origin);
      const answer = service.answer(message, service.calls);
      if (!answer) return;
      if (answer.status < 300) service.received.push(message);
      reply.writeHead(answer.status, answer.headers).end();
    } catch (error) {
      service.faults.push((error as Error).message);
      reply.writeHead(400).end();
    }
  }
  return service;
}

function openMessage(request: IncomingMessage, body: Buffer, browser: Held, origin: string): Received {
  const { headers, method } = request;
  const ttl = Number(headers.ttl);
  must(method === "POST", "not a POST");
  must(Number.isInteger(ttl) && ttl >= 0, "no TTL");
  must(headers["content-encoding"] === "aes128gcm", "not aes128gcm");
  must(headers.topic === undefined || /^[\w-]{1,32}$/.test(String(headers.topic)), "not a topic");
  const claims = claimsOf(String(headers.authorization), browser.serverKey);
  must(claims.aud === origin, `aud is ${claims.aud}`);
  must(claims.exp > Date.now() / 1000 && claims.exp <= Date.now() / 1000 + DAY_SECONDS, `exp is ${claims.exp}`);
  must(/^(mailto:.+@.+|https:\/\/.+)$/.test(claims.sub), `sub is ${claims.sub}`);
  const payload = JSON.parse(openBody(body, browser).toString()) as Record<string, string>;
  const named = (name: string) => (headers[name] === undefined ? undefined : String(headers[name]));
  return { browser: browser.id, payload, ttl, urgency: named("urgency"), topic: named("topic"), claims };
}

/** "vapid t=JWT, k=KEY" (RFC 8292): the key is the one the browser trusts, and the signature is made with it. */
function claimsOf(header: string, serverKey: string): Received["claims"] {
  const { t = "", k = "" } = /^vapid t=(?<t>[\w.-]+), ?k=(?<k>[\w-]+)$/.exec(header)?.groups ?? {};
  must(k === serverKey, "signed with a key that the browser does not trust");
  const point = Buffer.from(k, "base64url");
  must(point.length === 65, "no point");
  const x = point.subarray(1, 33).toString("base64url");
  const y = point.subarray(33).toString("base64url");
  const key = createPublicKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x, y } });
  const [head = "", claims = "", signature = ""] = t.split(".");
  must((readJson(head) as { alg: string }).alg === "ES256", "not ES256");
  const signed = Buffer.from(`${head}.${claims}`);
  const isGenuine = verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
  must(isGenuine, "the signature is wrong");
  return readJson(claims) as Received["claims"];
}

const readJson = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString());

const SALT = 16;
const RECORD_SIZE = 4;
const TAG = 16;

/** RFC 8188 with the keys of RFC 8291; one record. */
export function openBody(body: Buffer, { ecdh, auth }: Pick<Held, "ecdh" | "auth">): Buffer {
  const salt = body.subarray(0, SALT);
  const idLength = body[SALT + RECORD_SIZE] ?? 0;
  const sealedFrom = SALT + RECORD_SIZE + 1 + idLength;
  const theirs = body.subarray(SALT + RECORD_SIZE + 1, sealedFrom);
  const about = Buffer.concat([Buffer.from("WebPush: info\0"), ecdh.getPublicKey(), theirs]);
  const secret = Buffer.from(hkdfSync("sha256", ecdh.computeSecret(theirs), auth, about, 32));
  const derived = (use: string, length: number) =>
    Buffer.from(hkdfSync("sha256", secret, salt, `Content-Encoding: ${use}\0`, length));
  const decipher = createDecipheriv("aes-128-gcm", derived("aes128gcm", 16), derived("nonce", 12));
  decipher.setAuthTag(body.subarray(-TAG));
  const padded = Buffer.concat([decipher.update(body.subarray(sealedFrom, -TAG)), decipher.final()]);
  const end = padded.findLastIndex((byte) => byte !== 0);
  must(padded[end] === 2, "not the last record");
  return padded.subarray(0, end);
}

function must(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new Error(otherwise);
}
