/**
 * One sender of the trials: `faults-notices-sender.js PLAN`, PLAN as JSON. It stops itself where the plan says so, and
 * its clock is set by a message `{ shiftMs }`; the product has neither. Ends with its parent.
 */
import pino from "pino";
import type { Connection } from "../src/db/connection.ts";
import type { House } from "../src/db/house.ts";
import { createDb, createPool } from "../src/db/pool.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { startDelivery } from "../src/notices/deliver.ts";
import type { Observe } from "../src/notices/steps.ts";
import { vaultOfTests } from "../test/vault.ts";
import type { SenderPlan } from "./notices-plan.ts";

const plan = JSON.parse(process.argv[2] ?? "") as SenderPlan;
let shiftMs = 0;
globalThis.Date = shiftedDate();
const log = pino({ level: process.env.FAULTS_LOG ?? "silent" });
const pool = createPool(plan.connection, { log, size: 6, statementTimeoutMs: 10_000 });
const house: House & { connection: Connection } = {
  connection: plan.connection,
  db: createDb(pool),
  pool,
  clock: systemClock,
  vault: vaultOfTests(),
  settings: {
    profile: "demo",
    hasWorker: true,
    shedsLoad: false,
    leaveMs: 0,
    host: "127.0.0.1",
    port: 0,
    baseUrl: "http://127.0.0.1:1",
    dataDir: "",
    smtpUrl: plan.smtpUrl,
    smppUrl: "",
    smsProviders: plan.providers,
    smsSender: "BHXH",
    mailFrom: "vssid@example.vn",
  },
  log,
};
startDelivery(house, plan.pace, {}, stopper());
process.on("message", (told: { shiftMs: number }) => {
  shiftMs = told.shiftMs;
});
process.on("disconnect", () => process.exit(0));
process.send?.("started");

function stopper(): Observe {
  const { stopAt } = plan;
  let passed = 0;
  return (step) => {
    if (step !== stopAt?.step) return;
    passed += 1;
    if (passed === stopAt.nth) process.kill(process.pid, stopAt.signal);
  };
}

/** What setting the clock of a machine does to a program: the time of day moves, timers do not. */
function shiftedDate(): DateConstructor {
  const RealDate = Date;
  return class extends RealDate {
    constructor(...given: unknown[]) {
      // The types know each way of calling it, not all at once.
      super(...((given.length ? given : [RealDate.now() + shiftMs]) as [number]));
    }
    static override now(): number {
      return RealDate.now() + shiftMs;
    }
  } as DateConstructor;
}
