import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { programFor } from "../command.ts";
import { ownerOf } from "../db/connection.ts";
import { projectRoot } from "../db/root.ts";
import { forCommand, houseOn, makeHouse, type OpenHouse } from "../house.ts";
import { ownRing } from "../keys.ts";
import { lastBeats } from "../notices/store-beat.ts";
import { followedLog } from "../promise/store-log-slot.ts";
import { parseEnvironment } from "../settings.ts";
import { runDue } from "../worker.ts";
import { noteErasures } from "./erasures.ts";
import { backupNames, baseFolder, readManifest, writeManifest } from "./folder.ts";
import { followLog, SLOT } from "./follow.ts";
import { placeOf } from "./place.ts";
import { verifyBackups } from "./verify.ts";

/** One small server of its own, flushed to disk as delivered, and the commands of the runbook on it. */
const home = mkdtempSync(join(tmpdir(), "vssid-backups-"));
const dir = join(home, "backups");
const environment = () => {
  const parsed = parseEnvironment({ VSSID_DATA_DIR: join(home, "data"), VSSID_BACKUP_DIR: dir }, projectRoot);
  if (!parsed.ok) throw new Error(parsed.faults.join("; "));
  return parsed.value;
};
const runbook = readFileSync(join(projectRoot, "docs/guides/runbook.md"), "utf8");
const commands = runbook.split("\n").filter((line) => /^bin\/vssid (backup|restore)/.test(line));
let house: OpenHouse;
let until = "";

beforeAll(async () => {
  house = await makeHouse(environment(), forCommand);
  await insert("before");
});
afterAll(async () => {
  await house.close();
  rmSync(home, { recursive: true, force: true });
});

const place = () => placeOf(house.settings) ?? expect.unreachable();

async function insert(name: string): Promise<void> {
  await house.pool.query(
    `insert into notice (dedupe_key, class, channel, template, lang, recipient, fields, created_at, queued_at, due_at, next_at)
     values ($1, 'reminder', 'email', 'password_due', 'vi', 'a@example.vn', '{}', now(), now(), now() + interval '15 minutes', now())`,
    [name],
  );
}

/** One command as an operator types it; answers what it printed. */
async function run(line: string, on = house): Promise<Record<string, unknown>[]> {
  const said: string[] = [];
  const spy = vi.spyOn(console, "log").mockImplementation((text: string) => void said.push(text));
  const opened = async () => Object.assign(Object.create(on), { close: async () => undefined }) as OpenHouse;
  const program = programFor(opened, {
    settings: () => house.settings,
    version: "test",
    openOn: (server) => houseOn({ ...server, owner: server.connection }, environment(), forCommand),
    runDue: (restored) => runDue(restored),
  });
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
  try {
    await program.parseAsync(words.slice(1), { from: "user" });
  } finally {
    spy.mockRestore();
  }
  return said.map((text) => JSON.parse(text));
}

describe("the runbook's backup and restore", () => {
  it("that fails leaves word that it was tried", async () => {
    const keyFile = join(home, "no-key");
    writeFileSync(keyFile, "none");
    const settings = { ...house.settings, backup: { dir, keyFile, followsLog: false } };
    await expect(run("bin/vssid backup", Object.assign(Object.create(house), { settings }))).rejects.toThrow();
    expect([...(await lastBeats(house.db)).keys()]).toEqual(["backup_tried"]);
  });

  it("takes a backup, lists, verifies, rehearses and keeps it", async () => {
    const follower = followLog({
      ...place(),
      connection: ownerOf(house),
      onTrouble: (reason) => expect.fail(reason),
    });
    const mine = new Set(commands.filter((line) => line.includes(" backup") && !line.includes("--out")));
    expect(mine.size).toBe(5);
    for (const line of mine) {
      const [said] = await run(line.replace("--rehearse", `--rehearse --work ${home}`));
      expect(said).toBeTruthy();
      if (line.endsWith("--verify")) expect(said).toMatchObject({ backups: 1, faults: [] });
      if (line.endsWith("--rehearse")) expect(said).toMatchObject({ differing: [] });
    }
    expect(process.exitCode ?? 0).toBe(0);
    expect([...(await lastBeats(house.db)).keys()].toSorted()).toEqual(["backup", "backup_tried", "rehearsal"]);
    await insert("later");
    await wait(20);
    until = new Date().toISOString();
    await wait(20);
    await house.pool.query("delete from notice");
    await insert("last");
    const { rows } = await house.pool.query("select (pg_current_wal_flush_lsn() - '0/0')::text as at");
    while (follower.position() < BigInt(rows[0].at)) await wait(20);
    await follower.stop();
  });

  it("lists those that are whole beside one that is damaged, and a restore of that one says what to try", async () => {
    const [name = ""] = backupNames(dir);
    const damaged = "20261101T010000Z";
    cpSync(join(baseFolder(dir), name), join(baseFolder(dir), damaged), { recursive: true });
    const listed = await run("bin/vssid backup --list");
    expect(listed).toMatchObject([{ backup: damaged, fault: expect.stringContaining("manifest") }, { backup: name }]);
    expect(process.exitCode).toBe(1);
    process.exitCode = 0;
    const into = join(home, "never");
    await expect(run(`bin/vssid restore --from ${dir} --into ${into} --backup ${damaged}`)).rejects.toThrow("--list");
    rmSync(join(baseFolder(dir), damaged), { recursive: true });
  });

  it("counts as restored for trial only where rows were counted to compare them with", async () => {
    const { key } = place();
    const [name = ""] = backupNames(dir);
    const [whole, folder] = [await readManifest(key, dir, name), join(baseFolder(dir), name)];
    await house.pool.query("delete from worker_beat where part = 'rehearsal'");
    await writeManifest(key, folder, { ...whole, tables: undefined });
    const [said] = await run(`bin/vssid backup --rehearse --work ${home}`);
    expect(said).toMatchObject({ isCompared: false, differing: [] });
    expect([...(await lastBeats(house.db)).keys()]).not.toContain("rehearsal");
    await writeManifest(key, folder, whole);
  });

  it("lets the server keep no log any longer once nobody follows it, and says so when there is none", async () => {
    expect(await followedLog(house.pool, SLOT)).toMatchObject({ isRead: false, isLost: false });
    expect(await run("bin/vssid backup --unfollow")).toEqual([{ followed: false }]);
    expect(await followedLog(house.pool, SLOT)).toBeUndefined();
    await expect(run("bin/vssid backup --unfollow")).rejects.toThrow("VSSID_BACKUP_LOG");
  });

  it("refuses a file that it would not restore", async () => {
    const into = join(home, "nowhere");
    await expect(run(`bin/vssid restore some.backup --into ${into}`)).rejects.toThrow("--backup");
    expect(existsSync(into)).toBe(false);
  });

  it("brings back a moment before a bad delete: signed out, held, whole", async () => {
    await noteErasures(house);
    const [line = ""] = commands.filter((one) => one.includes("--into"));
    const into = join(home, "restored");
    const given = line.replace("/var/backups/vssid", dir).replace("/var/lib/vssid-restored", into);
    const [said, care] = await run(given.replace(/"2026[^"]*"/, `"${until}"`));
    expect(said).toMatchObject({ into });
    expect(care).toMatchObject({ audit: { isWhole: true }, heldNotices: 2, erasedAgain: 0 });
    const restored = await makeHouse(
      // The key ring is in no backup: the one of its day is kept elsewhere.
      {
        ...environment(),
        ring: ownRing(house.settings.dataDir),
        settings: { ...environment().settings, dataDir: into },
      },
      forCommand,
    );
    try {
      const { rows } = await restored.pool.query("select dedupe_key, state, last_error from notice order by 1");
      expect(rows).toEqual(
        ["before", "later"].map((key) => ({ dedupe_key: key, state: "failed", last_error: "held_after_restore" })),
      );
    } finally {
      await restored.close();
    }
    await expect(run(given.replace(/"2026[^"]*"/, `"${until}"`))).rejects.toThrow("is not empty");
  });

  it("finds a changed bit in any file", async () => {
    const [name = ""] = backupNames(dir);
    for (const file of readdirSync(join(dir, "base", name))) {
      const path = join(dir, "base", name, file);
      const bytes = readFileSync(path);
      const at = Math.floor(bytes.length / 2);
      writeFileSync(path, bytes.with(at, (bytes[at] ?? 0) ^ 1));
      expect((await verifyBackups(place(), name)).faults.length, file).toBeGreaterThan(0);
      writeFileSync(path, bytes);
    }
    expect((await verifyBackups(place(), name)).faults).toEqual([]);
  });
});
