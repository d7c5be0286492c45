/**
 * A web process that dies, or fails, at its n-th statement: the parent says when. It tells its port, and after every
 * act how many statements there were.
 */
import type { AddressInfo } from "node:net";
import pg from "pg";
import { createApp } from "../src/app.ts";
import { projectRoot } from "../src/db/root.ts";
import { makeHouse } from "../src/house.ts";
import { parseEnvironment } from "../src/settings.ts";
import type { Trap } from "./crash.ts";

const environment = parseEnvironment(process.env, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, { mayJoin: true, statementTimeoutMs: 2500 });
house.log.level = "silent";
let trap: Trap | undefined;
let passed = 0;
const own = pg.Client.prototype.query as (...given: unknown[]) => unknown;
pg.Client.prototype.query = function query(this: pg.Client, ...given: unknown[]) {
  passed += 1;
  if (!trap || passed !== trap.at) return own.apply(this, given);
  const { mode } = trap;
  trap = undefined;
  if (mode === "before") process.kill(process.pid, "SIGKILL");
  if (mode === "throw") throw new Error("a planted fault");
  const asked = own.apply(this, given);
  if (asked instanceof Promise) void asked.finally(() => process.kill(process.pid, "SIGKILL"));
  return new Promise(() => undefined);
} as typeof pg.Client.prototype.query;
const app = await createApp(house);
await app.listen({ host: "127.0.0.1", port: 0 });
process.on("message", (next: Trap | "count") => {
  if (next === "count") {
    // What the act did not reach must not strike whoever comes next.
    trap = undefined;
    process.send?.({ passed });
  } else {
    trap = next;
    passed = 0;
    process.send?.({ isSet: true });
  }
});
process.on("disconnect", () => process.exit(0));
process.send?.({ port: (app.server.address() as AddressInfo).port });
