import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { House } from "../db/house.ts";
import { isDatabaseUp } from "../db/ping.ts";
import { restartsWithin } from "../db/restarts.ts";
import { MovableClock } from "../kernel/clock.ts";
import { watchTurns } from "./blocked.ts";
import { isLeaving } from "./leave.ts";
import { apiPolicy } from "./security.ts";

/** What a feature reports of itself: numbers for /metrics, and the same for a person at 3 a.m. in /readyz. */
export type Probes = Record<string, () => Promise<Record<string, number>>>;

/** One gauge with labels, read at scrape time. No label holds anything personal. */
export interface Series {
  name: string;
  help: string;
  points: readonly { labels: Record<string, string>; value: number }[];
}
export type ReadSeries = () => Promise<readonly Series[]>;

const HOUR_MS = 3_600_000;

/** A proxy keeps these addresses from everybody else: they are answered as they are written, and in no other spelling. */
const insideOnly = {
  schema: { hide: true },
  async onRequest(request: FastifyRequest, reply: FastifyReply) {
    const [path] = request.url.split("?", 1);
    if (path !== request.routeOptions.url) return reply.callNotFound();
  },
};

/** Health, metrics, the API document and, in the demo, the clock that can be moved. */
export function mountOperation(app: FastifyInstance, house: House, probes: Probes, readSeries?: ReadSeries): void {
  const stands = watchTurns(app);
  app.get("/healthz", { schema: { hide: true } }, async () => ({ status: "ok" }));
  app.get("/readyz", insideOnly, async (request, reply) => {
    if (stands()) return reply.status(503).send({ status: "not_ready", blocked: true });
    if (isLeaving(app)) return reply.status(503).send({ status: "not_ready", leaving: true });
    const isUp = await isDatabaseUp(house.db);
    if (!isUp)
      return reply.status(503).send({ status: "not_ready", database: "down", restarts: restartsWithin(HOUR_MS) });
    // For a proxy that looks each second: the numbers cost a dozen statements.
    if ((request.query as { brief?: unknown }).brief !== undefined) return { status: "ready", database: "up" };
    return { status: "ready", database: "up", ...(await readAll(probes)) };
  });
  app.get("/api/openapi.json", { schema: { hide: true } }, async (_request, reply) => {
    return reply.header("content-security-policy", apiPolicy).send(app.swagger());
  });
  mountMetrics(app, probes, readSeries);
  if (house.settings.profile === "demo" && house.clock instanceof MovableClock) mountClock(app, house.clock);
}

async function readAll(probes: Probes): Promise<Record<string, Record<string, number>>> {
  const read = Object.entries(probes).map(async ([name, probe]) => [name, await probe()] as const);
  return Object.fromEntries(await Promise.all(read));
}

function mountMetrics(app: FastifyInstance, probes: Probes, readSeries: ReadSeries = async () => []): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: "vssid_http_seconds",
    help: "Time to answer, by route pattern and status; the pattern holds no code or number",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  const probed = new Gauge({
    name: "vssid_state",
    help: "What each part reports of itself, read at scrape time",
    labelNames: ["part", "what"],
    registers: [registry],
  });
  const timers = new Map<string, { observe(value: number): void }>();
  app.addHook("onResponse", (request, reply, done) => {
    const route = request.routeOptions.url ?? "unknown";
    const key = `${request.method} ${reply.statusCode} ${route}`;
    const timer = timers.get(key) ?? seconds.labels(request.method, route, String(reply.statusCode));
    timers.set(key, timer);
    timer.observe(reply.elapsedTime / 1000);
    done();
  });
  app.get("/metrics", insideOnly, async (_request, reply) => {
    for (const [name, numbers] of Object.entries(await readAll(probes))) {
      for (const [what, value] of Object.entries(numbers)) probed.labels(name, what).set(value);
    }
    for (const series of await readSeries()) setGauge(registry, series);
    return reply.header("content-type", registry.contentType).send(await registry.metrics());
  });
}

/** Points of the scrape before are gone: a provider without messages shows none. */
function setGauge(registry: Registry, { name, help, points }: Series): void {
  registry.removeSingleMetric(name);
  const [first] = points;
  if (!first) return;
  const gauge = new Gauge({ name, help, labelNames: Object.keys(first.labels), registers: [registry] });
  for (const { labels, value } of points) gauge.set(labels, value);
}

/** So long a worker that is starting may take; where none is in this process, whoever asks is told. */
const workerStartMs = 30_000;

/** POST /dev/clock {"at": "2026-12-04T00:00:00+07:00"}, with "sweeps": true what each minute brings comes now: demo and tests only. */
function mountClock(app: FastifyInstance, clock: MovableClock): void {
  app.post("/dev/clock", { schema: { hide: true } }, async (request, reply) => {
    const asked = request.body as { at?: unknown; sweeps?: unknown } | null;
    const at = new Date(String(asked?.at));
    if (Number.isNaN(at.getTime())) return reply.status(422).send({ code: "invalid" });
    clock.moveTo(at);
    if (asked?.sweeps === true && !(await clock.letFollow(AbortSignal.timeout(workerStartMs)))) {
      return reply.status(503).send({ code: "unavailable" });
    }
    return { now: clock.now().toISOString() };
  });
}
