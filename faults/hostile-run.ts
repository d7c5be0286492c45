/** Many hostile requests in a row or a few at once; whatever carries them, the judgement is the same. */
import type { Base } from "./hostile-bases.ts";
import { formsOf, linksOf } from "./hostile-bases.ts";
import { type Answer, type Canary, faultsOf } from "./hostile-judge.ts";
import { type Session, type Shot, shotOf } from "./hostile-shots.ts";

/** The connection ended without an answer; why, as the client names it. */
export interface Silence {
  ended: string;
}
export type Send = (shot: Shot) => Promise<Answer | Silence>;

export interface Run {
  firstSeed: number;
  requests: number;
  atOnce: number;
  slowestMs: number;
  bases: readonly Base[];
  foreign: readonly string[];
  canaries: readonly Canary[];
  sessions: Record<string, Session>;
  routeOf(method: string, url: string): string | undefined;
  send: Send;
  /** A session has ended: another for the same person. */
  renew(actor: string): Promise<Session>;
  tell?(done: number): void;
}

export interface Outcome {
  /** Sentences with the seed that plays them again; alike ones of one address are told once. */
  faults: string[];
  answers: Map<number, number>;
  routes: Set<string>;
  slowest: { ms: number; what: string };
}

export async function shootAll(run: Run): Promise<Outcome> {
  const outcome: Outcome = { faults: [], answers: new Map(), routes: new Set(), slowest: { ms: 0, what: "" } };
  const told = new Set<string>();
  let next = 0;
  const shooter = async () => {
    while (next < run.requests) {
      const seed = run.firstSeed + next;
      next += 1;
      await shootOnce(run, seed, outcome, told);
      run.tell?.(next);
    }
  };
  await Promise.all(Array.from({ length: run.atOnce }, shooter));
  return outcome;
}

async function shootOnce(run: Run, seed: number, outcome: Outcome, told: Set<string>): Promise<void> {
  const shot = shotOf(seed, run.bases, run.sessions, run.foreign);
  const route = run.routeOf(shot.method, shot.url) ?? "nowhere";
  const heard = await run.send(shot);
  const answer = "ended" in heard ? undefined : heard;
  outcome.routes.add(route);
  outcome.answers.set(answer?.status ?? 0, (outcome.answers.get(answer?.status ?? 0) ?? 0) + 1);
  if (answer && answer.ms > outcome.slowest.ms) outcome.slowest = { ms: answer.ms, what: `${route} (seed ${seed})` };
  const faults =
    "ended" in heard
      ? shot.isRaw
        ? []
        : [`ended the connection without an answer (${heard.ended})`]
      : faultsOf(shot, heard, route, run.canaries, run.slowestMs);
  for (const fault of faults) {
    const key = `${route} ${fault}`;
    if (told.has(key)) continue;
    told.add(key);
    outcome.faults.push(`seed ${seed}: ${shot.actor} at ${route}: ${fault}`);
  }
  if (answer && isSignedOut(answer, shot)) run.sessions[shot.actor] = await run.renew(shot.actor);
}

function isSignedOut({ status, headers }: Answer, { actor, url }: Shot): boolean {
  if (actor === "stranger" || actor === "facility") return false;
  if (/sign-out/.test(url)) return true;
  return status === 401 || /^\/(console\/)?sign-in\?/.test(String(headers.location ?? ""));
}

/** The walk: pages from these addresses on, a few of each kind, and every form that stands on them. */
export async function walk(
  run: Pick<Run, "send" | "sessions" | "routeOf">,
  actor: string,
  from: readonly string[],
  most: number,
): Promise<Base[]> {
  const ahead = [...from];
  const seen = new Map<string, number>();
  const bases: Base[] = [];
  for (let at = 0; at < ahead.length && at < most; at += 1) {
    const url = ahead[at] ?? "/";
    const base: Base = { actor, method: "GET", url, kind: "page", headers: {}, cookies: {}, takesFile: false };
    const shot = plainShot(base, run.sessions);
    const answer = await run.send(shot);
    if ("ended" in answer || !String(answer.headers["content-type"]).includes("text/html")) continue;
    if (answer.status === 200) bases.push(base, ...formsOf(answer.body, url).map((form) => ({ actor, ...form })));
    for (const link of linksOf(answer.body)) {
      const kind = run.routeOf("GET", link) ?? link;
      const times = seen.get(kind) ?? 0;
      if (times >= 2 || ahead.includes(link)) continue;
      seen.set(kind, times + 1);
      ahead.push(link);
    }
  }
  return bases;
}

function plainShot(base: Base, sessions: Record<string, Session>): Shot {
  const session = sessions[base.actor];
  const cookie = session?.token ? `vssid_session=${session.token}` : `vssid_visitor=${session?.visitor ?? "x"}`;
  return { seed: 0, actor: base.actor, method: "GET", url: base.url, headers: { cookie }, isRaw: false };
}
