import type { House } from "../db/house.ts";
import { afterCommit, rootOf } from "../db/within.ts";
import type { Citizen, Staff } from "../kernel/actor.ts";
import type { Subject } from "./store-session.ts";

/**
 * Who is behind a session, remembered for three seconds: reading one's record costs no statement for the
 * session. Ending a session here forgets it at once; other processes follow within those seconds.
 */
const FRESH_MS = 3000;
const ENTRIES_MAX = 20_000;

interface Remembered {
  actor: Citizen | Staff;
  readAt: number;
  /** The earlier of the idle and the whole limit. */
  until: number;
}

interface Cache {
  entries: Map<string, Remembered>;
  /** Counts forgettings: what was read before one may be out of date and is not kept. */
  generation: number;
}

const caches = new WeakMap<House, Cache>();

function cacheOf(house: House): Cache {
  const root = rootOf(house);
  const known = caches.get(root);
  if (known) return known;
  const cache = { entries: new Map<string, Remembered>(), generation: 0 };
  caches.set(root, cache);
  return cache;
}

export function recall(house: House, sessionId: string, now: Date): Citizen | Staff | undefined {
  const held = cacheOf(house).entries.get(sessionId);
  if (!held) return undefined;
  const age = now.getTime() - held.readAt;
  return age >= 0 && age < FRESH_MS && now.getTime() < held.until ? held.actor : undefined;
}

/** Before reading from the database: the answer may be kept only while nothing was forgotten since. */
export function generationOf(house: House): number {
  return cacheOf(house).generation;
}

export function remember(house: House, actor: Citizen | Staff, readAt: Date, until: Date, generation: number): void {
  const cache = cacheOf(house);
  if (cache.generation !== generation) return;
  if (cache.entries.size >= ENTRIES_MAX) cache.entries.clear();
  cache.entries.set(actor.sessionId, { actor, readAt: readAt.getTime(), until: until.getTime() });
}

/** Call after the commit that ended or changed the sessions; inside a transaction of others it waits for theirs. */
export function forgetSessions(house: House, which: Subject | { sessionId: string }): void {
  afterCommit(house, () => forget(cacheOf(house), which));
}

function forget(cache: Cache, which: Subject | { sessionId: string }): void {
  cache.generation += 1;
  if ("sessionId" in which) {
    cache.entries.delete(which.sessionId);
    return;
  }
  for (const [sessionId, { actor }] of cache.entries) {
    const isTheirs =
      actor.kind === "citizen"
        ? "personId" in which && actor.personId === which.personId
        : "staffId" in which && actor.staffId === which.staffId;
    if (isTheirs) cache.entries.delete(sessionId);
  }
}
