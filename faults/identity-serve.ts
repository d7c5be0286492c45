/** The server of the trial in a process of its own: `faults-identity-serve.js DATA_DIR`; tells its port to its parent. */
import type { AddressInfo } from "node:net";
import { createApp } from "../src/app.ts";
import { projectRoot } from "../src/db/root.ts";
import { makeHouse } from "../src/house.ts";
import { parseEnvironment } from "../src/settings.ts";
import { rates } from "../src/web/rates.ts";

const environment = parseEnvironment({ VSSID_DATA_DIR: process.argv[2] }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, { mayJoin: true, statementTimeoutMs: 2500 });
// The limiter counts every request as always; one address asks for everybody here, so its limits are out of reach.
for (const rate of Object.values(rates)) rate.max = Number.MAX_SAFE_INTEGER;
const app = await createApp(house);
// The planted leak of the calibration: so many milliseconds of work that only one side of a pair has.
app.addHook("onRequest", (request, _reply, done) => {
  const until = performance.now() + Number(request.headers["x-planted-ms"] ?? 0);
  while (performance.now() < until);
  done();
});
await app.listen({ host: "127.0.0.1", port: 0 });
process.send?.({ port: (app.server.address() as AddressInfo).port });
process.on("disconnect", () => process.exit(0));
