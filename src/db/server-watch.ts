/**
 * Looks whether our PostgreSQL lets anybody in. A main process that lives on is no server yet: after a start that
 * failed it may stay behind without one.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { Connection } from "./connection.ts";
import { oneClient } from "./one-client.ts";
import { workOf } from "./postmaster.ts";
import { isStuck, lookedAt, newlyStarted, type Patience, type ServerSight, usualPatience } from "./rules-server.ts";

export interface WatchPace extends Patience {
  everyMs: number;
  /** While it lets nobody in. */
  againMs: number;
  answerMs: number;
}

const usualPace: WatchPace = { ...usualPatience, everyMs: 5000, againMs: 1000, answerMs: 5000 };

interface Watching {
  connection: Connection;
  dataDir: string;
  /** Its main process; undefined: there is none now. */
  pid(): number | undefined;
  /** Ends it; resolves when it is gone. */
  end(reason: string): Promise<void>;
  pace?: Partial<WatchPace> | undefined;
}

/** Answers how to stop looking. */
export function watchServer({ connection, dataDir, pid, end, pace }: Watching): () => void {
  const limits = { ...usualPace, ...pace };
  const ending = new AbortController();
  const pause = (ms: number) => wait(ms, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
  void (async () => {
    let seen: number | undefined;
    let watched = newlyStarted(performance.now());
    let isGood = false;
    for (;;) {
      await pause(isGood ? limits.everyMs : limits.againMs);
      if (ending.signal.aborted) return;
      const present = pid();
      if (present === undefined) continue;
      if (present !== seen) watched = newlyStarted(performance.now(), watched.ends);
      seen = present;
      const sight = await sightOf(connection, dataDir, present, limits.answerMs);
      if (ending.signal.aborted || pid() !== present) continue;
      const now = performance.now();
      isGood = sight.answer === "takes";
      watched = lookedAt(watched, sight, now);
      if (!isStuck(watched, sight, now, limits)) continue;
      watched = { ...watched, ends: watched.ends + 1 };
      const seconds = Math.round((now - watched.movedAt) / 1000);
      await end(`PostgreSQL lives on and lets nobody in, and nothing went on in it for ${seconds} s; ending it`);
    }
  })();
  return () => ending.abort();
}

async function sightOf(connection: Connection, dataDir: string, pid: number, limitMs: number): Promise<ServerSight> {
  const answer = await answerOf(connection, limitMs);
  return answer === "takes" ? { answer, isBusy: false, progress: "" } : { answer, ...workOf(dataDir, pid) };
}

/** "The database system is starting up", "… shutting down", "… not accepting connections". */
const CANNOT_NOW = "57P03";
const REFUSALS = [CANNOT_NOW, "ECONNREFUSED", "ENOENT"];

async function answerOf(connection: Connection, limitMs: number): Promise<ServerSight["answer"]> {
  const client = oneClient(connection, { application_name: "vssid-watch", connectionTimeoutMillis: limitMs });
  try {
    await client.connect();
    return "takes";
  } catch (error) {
    const { code, severity } = error as { code?: string; severity?: string };
    if (code !== undefined && REFUSALS.includes(code)) return "refuses";
    // Whatever else it says – too many are connected – it is there.
    return severity === undefined ? "silent" : "takes";
  } finally {
    void client.end().catch(() => undefined);
  }
}
