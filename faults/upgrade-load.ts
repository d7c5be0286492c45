/** Open-loop load as an ordinary day mixes it: a time is counted from when the request was meant to leave. */
import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { someAddress } from "./some-address.ts";
import type { People } from "./upgrade-store.ts";

export type Kind = "read" | "page" | "sign-in" | "registration" | "upload";

export interface Seen {
  /** Milliseconds of each answer, uploads apart: those are slow on purpose. */
  tookMs: number[];
  asked: Record<Kind, number>;
  /** "sign-in 502", "read ECONNRESET": each with how often. */
  failures: Map<string, number>;
  goodReads: number;
  /** Of which kind were the answers that took longer than half a second. */
  slow: Map<string, number>;
  /** What went on, and how many answers had come before it began. */
  phases: { what: string; from: number }[];
}

const SLOW_MS = 500;
const UPLOAD_PARTS = 12;
const UPLOAD_PART_MS = 150;
const uploadPart = Buffer.from(`${"<HOSO>".padEnd(8190, " ")}\n`);
/** Of a thousand requests; the rest are reads. */
const shares: [Kind, number][] = [
  ["page", 30],
  ["sign-in", 25],
  ["registration", 15],
  ["upload", 4],
];

export class Load {
  readonly seen: Seen = {
    tookMs: [],
    asked: { read: 0, page: 0, "sign-in": 0, registration: 0, upload: 0 },
    failures: new Map(),
    goodReads: 0,
    slow: new Map(),
    phases: [],
  };
  readonly #agent = new Agent({ keepAlive: true });
  readonly #port: number;
  readonly #people: People;
  readonly #running = new Set<Promise<void>>();
  #isOn = true;
  #made = 0;

  constructor(port: number, people: People) {
    this.#port = port;
    this.#people = people;
  }

  /** Arrivals by a Poisson clock until `stop`. */
  async run(perSecond: number): Promise<void> {
    let dueAt = performance.now();
    while (this.#isOn) {
      dueAt += (-Math.log(1 - Math.random()) / perSecond) * 1000;
      const early = dueAt - performance.now();
      if (early > 1) await wait(early);
      const kind = drawn();
      const one = this.#one(kind, dueAt).finally(() => this.#running.delete(one));
      this.#running.add(one);
    }
    await Promise.all(this.#running);
    this.#agent.destroy();
  }

  /** From now on it is this that the requests go through. */
  goesThrough(what: string): void {
    this.seen.phases.push({ what, from: this.seen.tookMs.length });
  }

  stop(): void {
    this.#isOn = false;
  }

  async #one(kind: Kind, dueAt: number): Promise<void> {
    this.seen.asked[kind] += 1;
    const failed = await this.#ask(kind).then(
      (status) => (status < 400 ? undefined : String(status)),
      (error: NodeJS.ErrnoException) => error.code ?? error.message,
    );
    if (failed) count(this.seen.failures, `${kind} ${failed}`);
    else if (kind === "read") this.seen.goodReads += 1;
    if (kind === "upload") return;
    const tookMs = performance.now() - dueAt;
    this.seen.tookMs.push(tookMs);
    if (tookMs > SLOW_MS) count(this.seen.slow, kind);
  }

  #ask(kind: Kind): Promise<number> {
    const number = this.#made++;
    const { readers, members, facilityTokens } = this.#people;
    const pick = <T>(all: readonly T[]) => all[number % all.length] as T;
    if (kind === "read") {
      return this.#send("GET", "/api/v1/me/visits", { authorization: `Bearer ${pick(readers)}` });
    }
    if (kind === "page") return this.#send("GET", number % 2 ? "/" : "/sign-in");
    if (kind === "sign-in") return this.#send("POST", "/api/v1/session", {}, JSON.stringify(pick(members)));
    if (kind === "registration") {
      return this.#send("POST", "/api/v1/declarations", {}, JSON.stringify(declarationOf(number)));
    }
    return this.#upload(pick(facilityTokens));
  }

  async #send(method: string, path: string, headers: Record<string, string> = {}, body = ""): Promise<number> {
    const asked = request({
      ...{ host: "127.0.0.1", port: this.#port, agent: this.#agent, method, path },
      headers: {
        ...headers,
        ...(body ? { "content-type": "application/json", "content-length": Buffer.byteLength(body) } : {}),
        "x-forwarded-for": someAddress(),
      },
    });
    asked.end(body);
    const [reply] = (await once(asked, "response")) as [IncomingMessage];
    return wholeStatus(reply);
  }

  /** A file that trickles in for about two seconds: cut when its connection is, or when no receipt comes. */
  async #upload(token: string): Promise<number> {
    const asked = request({
      ...{ host: "127.0.0.1", port: this.#port, agent: this.#agent, method: "POST", path: "/api/v1/facility/uploads" },
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/xml",
        "x-forwarded-for": someAddress(),
      },
    });
    const replied = once(asked, "response") as Promise<[IncomingMessage]>;
    replied.catch(() => undefined);
    for (let part = 0; part < UPLOAD_PARTS && !asked.destroyed; part += 1) {
      asked.write(uploadPart);
      await wait(UPLOAD_PART_MS);
    }
    asked.end();
    const [reply] = await replied;
    return wholeStatus(reply);
  }
}

const count = (all: Map<string, number>, what: string) => all.set(what, (all.get(what) ?? 0) + 1);

/** An answer that breaks off is none. */
async function wholeStatus(reply: IncomingMessage): Promise<number> {
  reply.resume();
  await once(reply, "end");
  if (!reply.complete) throw new Error("cut");
  return reply.statusCode ?? 0;
}

function drawn(): Kind {
  let left = Math.random() * 1000;
  for (const [kind, share] of shares) {
    left -= share;
    if (left < 0) return kind;
  }
  return "read";
}

/** Form 01 of a made-up woman, each number another one. */
export function declarationOf(number: number) {
  const tail = String(number).padStart(7, "0");
  return {
    for: "self",
    paper: { kind: "cccd", number: `05219${tail}` },
    fullName: "Nguyễn Thị Mẫu Thử Tải",
    sex: 2,
    birth: "1990-01-15",
    insuranceNumber: `529${tail}`,
    phone: `091${tail}`,
    email: null,
    address: { communeCode: "21952", street: "12 Đường Thử" },
    officeCode: "52T01",
  };
}
