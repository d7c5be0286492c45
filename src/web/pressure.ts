/** How full this process is: known to whoever sends requests away (shed.tsx), and told to whoever has time (decision 77). */
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { House } from "../db/house.ts";
import { notePressed } from "../db/pressed.ts";
import { isFelt, type Pressure } from "./rules-shed.ts";

const SAMPLE_MS = 250;
const RESOLUTION_MS = 20;
/** The lag is the median of so many samples: one long turn of the loop, or three, are no overload. */
const SAMPLES = 8;
/** So many looks at who waits for a connection, as far apart: what has passed by the next one was a hiccup of the disk. */
const WAITING_LOOKS = 3;
const WAITING_LOOK_MS = 100;
const TELL_MS = 500;

export function watchPressure(app: FastifyInstance, house: House): () => Pressure {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const last: number[] = Array(SAMPLES).fill(0);
  const waited: number[] = Array(WAITING_LOOKS).fill(0);
  let lagMs = 0;
  const waiting = () => Math.min(house.pool.waitingCount, ...waited);
  const tell = createTeller(house);
  delay.enable();
  const sampling = setInterval(() => {
    last.push(delay.count > 0 ? Math.max(0, delay.mean / 1e6 - RESOLUTION_MS) : 0);
    last.shift();
    lagMs = last.toSorted((one, other) => one - other)[SAMPLES / 2] ?? 0;
    delay.reset();
  }, SAMPLE_MS).unref();
  const underWay = countUnderWay(app);
  const felt: number[] = Array(WAITING_LOOKS).fill(0);
  const looking = setInterval(() => {
    waited.push(house.pool.waitingCount);
    waited.shift();
    felt.push(underWay());
    felt.shift();
    if (isFelt(Math.min(...felt))) tell();
  }, WAITING_LOOK_MS).unref();
  app.addHook("onClose", async () => {
    clearInterval(sampling);
    clearInterval(looking);
    delay.disable();
  });
  return () => ({ waiting: waiting(), lagMs });
}

/** Requests that have come in whole and have no answer yet: a telephone that sends a picture for a minute is none. */
function countUnderWay(app: FastifyInstance): () => number {
  const open = new Set<FastifyRequest>();
  app.addHook("preHandler", (request, _, done) => {
    open.add(request);
    done();
  });
  app.addHook("onSend", (request, _, payload, done) => {
    open.delete(request);
    done(null, payload);
  });
  // Who went away is answered by nobody.
  app.addHook("onResponse", (request, _, done) => {
    open.delete(request);
    done();
  });
  return () => open.size;
}

/** One at a time; a database that does not take it has others to tell. */
function createTeller({ db }: House): () => void {
  let toldMs = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() < toldMs + TELL_MS) return;
    toldMs = Number.POSITIVE_INFINITY;
    void notePressed(db)
      .catch(() => undefined)
      .finally(() => {
        toldMs = performance.now();
      });
  };
}
