/**
 * The server of the trial in a process of its own, with the people of the access table: `faults-hostile-serve.js
 * DATA_DIR`. Its parent asks it for sessions and for its memory, and asks everything else over HTTP.
 */
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createApp } from "../src/app.ts";
import { ownerOf } from "../src/db/connection.ts";
import { projectRoot } from "../src/db/root.ts";
import { makeHouse } from "../src/house.ts";
import { MovableClock } from "../src/kernel/clock.ts";
import { parseEnvironment } from "../src/settings.ts";
import { rates } from "../src/web/rates.ts";
import type { TestHouse } from "../test/house.ts";
import { gather } from "../test/store/access/cast.ts";
import { ACTORS, type ActorName } from "../test/store/access/kinds.ts";
import type { Prepared, Question } from "./hostile.ts";
import { basesOfTable, foreignIds, routeNames, sessionOf } from "./hostile-cast.ts";
import { openKept } from "./uploads-kept.ts";

const environment = parseEnvironment(
  { VSSID_DATA_DIR: process.argv[2], VSSID_CLOCK: "2026-11-23T02:00:00.000Z" },
  projectRoot,
);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const made = await makeHouse(environment.value, { mayJoin: false, statementTimeoutMs: 2500 });
made.log.level = process.env.FAULTS_LOG ?? "silent";
if (!(made.clock instanceof MovableClock)) throw new Error("the demo's clock can be moved");
// One address asks for everybody here; that limits count has its own tests.
for (const rate of Object.values(rates)) rate.max = Number.MAX_SAFE_INTEGER;
const app = await createApp(made);
const house: TestHouse = {
  ...made,
  owner: ownerOf(made),
  clock: made.clock,
  app,
  clean: async () => {
    throw new Error("nothing is forgotten in a trial");
  },
};
const cast = await gather(house);
const sessions = Object.fromEntries(
  await Promise.all(ACTORS.map(async (actor) => [actor, await sessionOf(house, cast, actor)] as const)),
);
const prepared: Prepared = {
  routeNames,
  sessions,
  bases: await basesOfTable(house, cast),
  foreign: await foreignIds(cast),
};
await app.listen({ host: "127.0.0.1", port: 0 });
process.on("message", async ({ id, renew, opensKept }: Question) => {
  if (opensKept) return void process.send?.({ id, kept: await openKept(made) });
  if (renew) {
    await cast.putBack();
    process.send?.({ id, session: await sessionOf(house, cast, renew as ActorName) });
  } else process.send?.({ id, peakMb: peakMb(), isPolluted: "polluted330" in {} });
});
process.on("disconnect", async () => {
  await app.close();
  await made.close();
  process.exit(0);
});
process.send?.({ port: (app.server.address() as AddressInfo).port, prepared });

/** The most memory that this process ever had. */
function peakMb(): number {
  const [, kilobytes = "0"] = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "latin1")) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
