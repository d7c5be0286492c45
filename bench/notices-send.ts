/** One sender of the notices bench: `bench-notices-send.js DATA_DIR PROVIDERS`; ends with its parent. */
import { projectRoot } from "../src/db/root.ts";
import { makeHouse } from "../src/house.ts";
import { usualPace } from "../src/notices/channel.ts";
import { startDelivery } from "../src/notices/deliver.ts";
import { parseEnvironment } from "../src/settings.ts";
import { SCALE, SENDER_WINDOW } from "./notices-plan.ts";

/** In real time: a lease is longer than a call. */
const SHORTEST_LEASE_MS = 3_000;

const [dataDir = "", providers = "", smtp = "", scale = String(SCALE)] = process.argv.slice(2);
const environment = parseEnvironment(
  { VSSID_DATA_DIR: dataDir, VSSID_SMS_PROVIDERS: providers, SMTP_URL: smtp },
  projectRoot,
);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, { mayJoin: true, statementTimeoutMs: 10_000 });
startDelivery(house, {
  ...usualPace,
  scale: Number(scale),
  smsWindow: SENDER_WINDOW,
  answerMs: 1000,
  leaseMs: Math.max(usualPace.leaseMs, SHORTEST_LEASE_MS / Number(scale)),
});
process.send?.("started");
/** Resident memory in MB, asked for by the parent. */
process.on("message", () => process.send?.({ rssMb: process.memoryUsage().rss / 1e6 }));
process.on("disconnect", () => process.exit(0));
