/** Open-loop load: requests leave by a Poisson clock, and a time is counted from when one was meant to leave. */
import { setTimeout as wait } from "node:timers/promises";
import { Pool } from "undici";
import { someAddress } from "../faults/some-address.ts";

export interface Asked {
  method: "GET" | "POST";
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text(): string;
}

/** What came of the requests of one kind. */
export interface Seen {
  asked: number;
  /** Milliseconds of each good answer. */
  goodMs: number[];
  /** Told to come again (503 with Retry-After). */
  sentAway: number;
  failures: Map<string, number>;
}

/** Who hears nothing for so long has gone away, as a browser's patience ends. */
const PATIENCE_MS = 30_000;
/** As many sockets as a proxy would keep; who finds none free waits here, and that counts as waiting. */
const SOCKETS = 4096;
/** The load shares its processors with what it measures: a lean client leaves them to the product. */
const pools = new Map<number, Pool>();

function poolOf(port: number): Pool {
  const kept = pools.get(port);
  if (kept) return kept;
  const pool = new Pool(`http://127.0.0.1:${port}`, {
    connections: SOCKETS,
    headersTimeout: PATIENCE_MS,
    bodyTimeout: PATIENCE_MS,
  });
  pools.set(port, pool);
  return pool;
}

/** By the lowest door of the client, and the text only for whoever reads it. */
export function send(port: number, { method, path, headers = {}, body }: Asked): Promise<Answer> {
  const asked = { method, path, headers: { ...headers, "x-forwarded-for": someAddress() }, body: body ?? null };
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let head: Pick<Answer, "status" | "headers">;
    poolOf(port).dispatch(asked, {
      onRequestStart: () => undefined,
      onResponseStart(_, status, given) {
        head = { status, headers: given };
      },
      onResponseData: (_, part) => void parts.push(part),
      onResponseEnd: () => resolve({ ...head, text: () => Buffer.concat(parts).toString() }),
      onResponseError: (_, error) => reject(error),
    });
  });
}

export async function hangUp(): Promise<void> {
  await Promise.all([...pools.values()].map((pool) => pool.destroy()));
}

/** Arrivals for so many seconds; resolves when the last one is answered. */
export async function arrive(
  perSecond: number,
  seconds: number,
  act: (nth: number) => Promise<Pick<Answer, "status" | "headers">>,
): Promise<Seen> {
  const seen: Seen = { asked: 0, goodMs: [], sentAway: 0, failures: new Map() };
  const running = new Set<Promise<void>>();
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  let dueAt = startedAt;
  for (let nth = 0; ; nth += 1) {
    dueAt += (-Math.log(1 - Math.random()) / perSecond) * 1000;
    if (dueAt > endsAt) break;
    const early = dueAt - performance.now();
    if (early > 1) await wait(early);
    seen.asked += 1;
    const one = note(seen, dueAt, act(nth)).finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
  return seen;
}

async function note(seen: Seen, dueAt: number, answered: Promise<Pick<Answer, "status" | "headers">>): Promise<void> {
  const what = await answered.then(
    ({ status, headers }) => {
      if (status < 400) return undefined;
      return status === 503 && headers["retry-after"] ? "away" : String(status);
    },
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
  if (what === undefined) seen.goodMs.push(performance.now() - dueAt);
  else if (what === "away") seen.sentAway += 1;
  else seen.failures.set(what, (seen.failures.get(what) ?? 0) + 1);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** "59,871 good, p50 3.1 ms, p99 21 ms, 0 sent away, failed: none". */
export function told({ goodMs, sentAway, failures }: Seen): string {
  const failed = [...failures].map(([what, count]) => `${count} × ${what}`).join(", ") || "none";
  const [p50, p99] = [percentile(goodMs, 0.5), percentile(goodMs, 0.99)].map((ms) => `${ms.toFixed(1)} ms`);
  return `${goodMs.length} good, p50 ${p50}, p99 ${p99}, ${sentAway} sent away, failed: ${failed}`;
}

export const failed = ({ failures, sentAway }: Seen): number =>
  sentAway + [...failures.values()].reduce((sum, count) => sum + count, 0);
