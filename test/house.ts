import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import pg from "pg";
import { inject } from "vitest";
import { flushLooks } from "../src/audit/record.ts";
import { passKeysOf } from "../src/card-pass/keys.ts";
import { asLogin, type Connection, inDatabase } from "../src/db/connection.ts";
import type { House, Settings } from "../src/db/house.ts";
import { createDb } from "../src/db/pool.ts";
import { createWalledPool } from "../src/db/wall.ts";
import { MovableClock } from "../src/kernel/clock.ts";
import { keysOf, newKeyPem } from "../src/push/keys.ts";
import { USUAL_HOSTS } from "../src/push/rules.ts";
import type { KeyRing } from "../src/vault/ring.ts";
import { createDatabase, dropDatabase, servingLogin, templateName } from "./clusters.ts";
import { logOfHouses, noteAddress } from "./leaks/run.ts";
import { memoryRing, vaultOfTests } from "./vault.ts";

/** A Monday morning in Viet Nam: 23/11/2026, 09:00. */
export const mondayMorning = "2026-11-23T02:00:00.000Z";

export interface TestHouse extends House {
  clock: MovableClock;
  /** As the owner of the database, for what the application itself may not do. */
  connection: Connection;
  owner: Connection;
  ring: KeyRing;
  /** Every address of the application, mounted at the first request. */
  app: { inject(request: InjectOptions | string): Promise<LightMyRequestResponse> };
  /**
   * Forgets all that was written and puts the clock back: a tenth of the time of another house. Reference
   * lists other than settings and holidays stay as they are, and the mounted application goes on counting its rates.
   */
  clean(): Promise<void>;
  close(): Promise<void>;
}

export interface TestHouseOptions {
  at?: string;
  settings?: Partial<Settings>;
}

/** A house of its own: a fresh copy of the migrated template, a clock that the test moves, no network. */
export async function openTestHouse(options: TestHouseOptions = {}): Promise<TestHouse> {
  const cluster = inject("cluster");
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  await createDatabase(cluster, name, templateName);
  const connection = inDatabase(cluster, name);
  const dataDir = mkdtempSync(join(tmpdir(), "vssid-house-"));
  const log = logOfHouses();
  const serving = asLogin(connection, servingLogin);
  const pool = createWalledPool(serving, { log, statementTimeoutMs: 10_000, applicationName: "vssid-test" });
  const start = new Date(options.at ?? mondayMorning);
  const house: House & { clock: MovableClock } = {
    db: createDb(pool),
    pool,
    clock: new MovableClock(start),
    vault: vaultOfTests(),
    settings: { ...testSettings, dataDir, ...options.settings },
    log,
  };
  let app: Promise<FastifyInstance> | undefined;
  let owner: Promise<pg.Client> | undefined;
  return Object.assign(house, {
    connection,
    owner: connection,
    ring: memoryRing(),
    app: {
      async inject(request: InjectOptions | string) {
        app ??= mount(house);
        const answer = await (await app).inject(request);
        noteAddress(answer.headers.location, typeof request === "string" ? request : request.url);
        return answer;
      },
    },
    async clean() {
      if (app) await flushLooks(house);
      owner ??= connectOwner(connection);
      await (await owner).query(inject("cleaning"));
      house.clock.moveTo(start);
    },
    async close() {
      await (await app)?.close();
      await (await owner)?.end();
      await pool.end();
      await dropDatabase(cluster, name);
      rmSync(dataDir, { recursive: true, force: true });
    },
  });
}

const testSettings: Omit<Settings, "dataDir"> = {
  profile: "demo",
  hasWorker: true,
  // A test's own work holds the event loop: that is no crowd.
  shedsLoad: false,
  leaveMs: 0,
  host: "127.0.0.1",
  port: 8330,
  baseUrl: "http://127.0.0.1:8330",
  smtpUrl: "smtp://127.0.0.1:1",
  smppUrl: "smpp://127.0.0.1:1",
  smsProviders: [],
  smsSender: "BHXH",
  mailFrom: "vssid@example.vn",
  push: { ...keysOf(newKeyPem()), contact: "mailto:vssid@example.vn", hosts: USUAL_HOSTS },
  cardKeys: passKeysOf(newKeyPem()),
};

/** Nothing refers to what is deleted with it, and what may only be added to is emptied as well: no trigger is asked. */
async function connectOwner(connection: Connection): Promise<pg.Client> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query("set session_replication_role = replica");
  return client;
}

/** Loaded late, so that tests of one store need no other feature. */
async function mount(house: House): Promise<FastifyInstance> {
  const { createApp } = await import("../src/app.ts");
  const app = await createApp(house);
  await app.ready();
  return app;
}
