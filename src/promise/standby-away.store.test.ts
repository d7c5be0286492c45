import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { binariesOf } from "../../test/clusters.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { clientConfig } from "../db/connection.ts";
import { type Cluster, startCluster } from "../db/embedded.ts";
import { projectRoot } from "../db/root.ts";
import { missesStandby } from "./store-standby.ts";
import { lookAround } from "./watchdog.ts";

const migration = readFileSync(join(projectRoot, "db", "migrations", "0070_missing_standby.sql"), "utf8");

describe("a second database that is required and away", () => {
  let home: string;
  let cluster: Cluster;
  let owner: pg.Client;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "vssid-standby-"));
    // A server of its own: with the setting of this test nobody could write any more.
    cluster = await startCluster({ binDir: binariesOf(inject("postgres")), dataDir: join(home, "pg") });
    owner = new pg.Client(clientConfig(cluster.connection));
    await owner.connect();
    await owner.query(migration);
  });
  afterAll(async () => {
    await owner?.end();
    await cluster?.stop("immediate");
    rmSync(home, { recursive: true, force: true });
  });

  async function becomes(expected: boolean): Promise<boolean> {
    for (let nth = 0; nth < 100; nth += 1) {
      if ((await missesStandby(owner)) === expected) return true;
      await wait(50);
    }
    return false;
  }

  it("is seen as long as it is required", async () => {
    expect(await becomes(false)).toBe(true);
    await owner.query("alter system set synchronous_standby_names = 'second'");
    await owner.query("select pg_reload_conf()");
    expect(await becomes(true)).toBe(true);
    await owner.query("alter system reset synchronous_standby_names");
    await owner.query("select pg_reload_conf()");
    expect(await becomes(false)).toBe(true);
  });
});

describe("the watch", () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse();
  });
  afterAll(() => house.close());

  it("tells it before everything that comes of it", async () => {
    const owner = new pg.Client(clientConfig(house.connection));
    await owner.connect();
    expect((await lookAround(house)).map(({ name }) => name)).toEqual(["sender_stopped", "schedule_stopped"]);
    await owner.query("create or replace function missing_standby() returns boolean language sql return true");
    await owner.end();
    expect((await lookAround(house)).map(({ name }) => name)[0]).toBe("standby_away");
  });
});
