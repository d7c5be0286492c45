import fs, { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { ownerOf } from "../db/connection.ts";
import { withClient } from "../db/one-client.ts";
import type { OpenHouse } from "../house.ts";
import { BackupHome } from "./backup.fixture.ts";
import { register } from "./cli.ts";
import { backupNames, baseFolder } from "./folder.ts";
import { pruneBackups } from "./prune.ts";
import { verifyBackups } from "./verify.ts";

const home = new BackupHome();
let house: OpenHouse;
beforeAll(async () => {
  house = await home.first();
});
afterAll(() => home.close());

describe("a backup", () => {
  it("names each file once and is whole, however much is written after its mark", async () => {
    let asked = 0;
    let writing: Promise<unknown> = Promise.resolve();
    const manifest = await home.take(house, () => {
      asked += 1;
      // Asked the second time right after the mark.
      if (asked === 2) writing = fillSegments(3);
      return new Date();
    });
    await writing;
    const names = manifest.files.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect((await verifyBackups(home.place())).faults).toEqual([]);
  });

  it("is taken of a server that was itself restored", async () => {
    const restored = await home.openRestored(await home.restore({ until: undefined }));
    const { server, files } = await home.take(restored);
    expect(server.timeline).toBe(2);
    expect(files.map(({ name }) => name)).toContain("00000002.history");
    expect((await verifyBackups(home.place())).faults).toEqual([]);
  });
});

describe("on a disk of backups that is full", () => {
  const noRoom = () => Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  const left = () => readdirSync(baseFolder(home.dir)).filter((name) => name.endsWith(".part"));

  /** No room for a lock as long as `isFull` says so. */
  function fillDisk(isFull: () => boolean): void {
    const write = fs.writeFileSync.bind(fs);
    vi.spyOn(fs, "writeFileSync").mockImplementation((path, ...rest) => {
      if (String(path).includes(".lock") && isFull()) throw noRoom();
      write(path, ...rest);
    });
    syncBuiltinESMExports();
  }
  afterEach(() => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  });

  it("a backup leaves nothing of itself, and says what makes room", async () => {
    let asked = 0;
    const now = () => {
      asked += 1;
      // Asked the second time when the copy is written.
      if (asked === 2) throw noRoom();
      return new Date();
    };
    await expect(home.take(house, now)).rejects.toThrow("has no room: bin/vssid backup --prune");
    expect(left()).toEqual([]);
  });

  it("the next one takes away what one that was killed left, be there no room for its lock before", async () => {
    const half = join(baseFolder(home.dir), "20261128T010000Z.part");
    mkdirSync(half);
    writeFileSync(join(half, "base"), "half of it");
    fillDisk(() => existsSync(half));
    const before = backupNames(home.dir);
    const program = new Command("vssid");
    const open = async () => Object.assign(Object.create(house), { close: async () => undefined }) as OpenHouse;
    const never = () => expect.unreachable();
    const settings = () => home.environment().settings;
    register(program, open, { settings, version: "test", openOn: never, runDue: never });
    vi.spyOn(console, "log").mockImplementation(() => {});
    await program.parseAsync(["backup"], { from: "user" });
    expect(left()).toEqual([]);
    expect(backupNames(home.dir)).toHaveLength(before.length + 1);
  });

  it("old backups go where there is no room for a lock, and nothing of the lock stays", async () => {
    const newest = backupNames(home.dir).at(-1);
    fillDisk(() => true);
    expect(await pruneBackups(home.place(), { daily: 1, weekly: 0, monthly: 0 })).toMatchObject({ kept: [newest] });
    expect(backupNames(home.dir)).toEqual([newest]);
    expect(readdirSync(home.dir).filter((name) => name.startsWith("backup.lock"))).toEqual([]);
  });
});

async function fillSegments(count: number): Promise<void> {
  await withClient(ownerOf(house), async (client) => {
    for (let n = 0; n < count; n += 1) {
      await client.query("begin; select pg_logical_emit_message(true, 'test', 'later'); commit");
      await client.query("select pg_switch_wal()");
    }
  });
}
