import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadClassKeys } from "../../src/data-keys/class-keys.ts";
import { addressOf } from "../../src/db/connection.ts";
import { insertKeys } from "../../src/db/data-keys.ts";
import { inTransaction } from "../../src/db/transaction.ts";
import { aReceived, aStaff } from "../../src/review/counter.fixture.ts";
import { insertCopy } from "../../src/review/store.ts";
import { ownKeys } from "../../src/vault/own-keys.ts";
import { SHARED_CLASSES, type SharedClass } from "../../src/vault/places.ts";
import { fileRing, newRingText } from "../../src/vault/ring-file.ts";
import { createVault, type Vault } from "../../src/vault/vault.ts";
import { binariesOf } from "../clusters.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { secretOfTests } from "../vault.ts";

/** R30, small: whoever carries a dump and the data folder away reads nothing of what is sealed. */
let house: TestHouse;
let vault: Vault;
const folder = mkdtempSync(join(tmpdir(), "vssid-stolen-"));
const ringPath = join(folder, "ring.json");
beforeAll(async () => {
  house = await openTestHouse();
  writeFileSync(ringPath, newRingText(), { mode: 0o600 });
  const ring = fileRing(ringPath);
  const classes = await loadClassKeys(house.db, ring, house.clock);
  vault = createVault([secretOfTests(3)], { classes, own: ownKeys(ring), version: () => classes.version });
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

const canaryOf = (name: string, n: number) => `CANARY-${name}-${n}-ungthu-0912345678`;

/** As it may stand in a dump: as text, as bytes written in hex, in base64, in UTF-16. */
function shapesOf(canary: string): string[] {
  const bytes = Buffer.from(canary);
  const inside = canary.slice(3, -3);
  return [
    canary,
    bytes.toString("hex"),
    bytes.toString("base64").replace(/=*$/, "").slice(0, -1),
    Buffer.from(canary, "utf16le").toString("hex"),
    Buffer.from(inside).toString("base64").replace(/=*$/, "").slice(0, -1),
  ];
}

const hitsIn = (text: string, canaries: readonly string[]) =>
  canaries.flatMap((canary) => shapesOf(canary).filter((shape) => text.includes(shape)));

/** Every row of every table as text: what any dump holds. */
async function dump(): Promise<string> {
  const { rows } = await house.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'jobs')`,
  );
  const parts: string[] = [];
  for (const { name } of rows) {
    const { rows: lines } = await house.pool.query<{ line: string }>(`select t::text as line from ${name} t`);
    parts.push(name, ...lines.map(({ line }) => line));
  }
  return parts.join("\n");
}

/** Real pg_dump where it is at least as new as the server. */
async function pgDump(): Promise<string | undefined> {
  const { rows } = await house.pool.query("select current_setting('server_version_num')::int / 10000 as version");
  if (rows[0].version > 15) return undefined;
  const program = join(binariesOf("pg15"), "pg_dump");
  const { stdout } = await promisify(execFile)(program, ["--dbname", addressOf(house.connection)], {
    maxBuffer: 256 * 1024 * 1024,
  });
  return stdout;
}

function filesUnder(path: string): string {
  const inside = readdirSync(path).map((name) => join(path, name));
  return inside.map((one) => (statSync(one).isDirectory() ? filesUnder(one) : readFileSync(one, "latin1"))).join("\n");
}

it("a dump and the data folder hold no canary of any sealed class, and no key that opens one", async () => {
  const staff = await aStaff(house, "Trần Thị Canh");
  const { id: fileId } = await aReceived(house, staff);
  const canaries: string[] = [];
  const canary = (name: string, n: number) => {
    canaries.push(canaryOf(name, n));
    return Buffer.from(canaryOf(name, n));
  };
  // Each class through its own seal; they lie in one table, since the places are the same bytes wherever they lie.
  const owner = new pg.Client(house.connection);
  await owner.connect();
  await owner.query("create table stolen_sample (sealed bytea)");
  await owner.end();
  const sealed = SHARED_CLASSES.flatMap((purpose: SharedClass) =>
    Array.from({ length: 20 }, (_, n) => vault.seal(purpose, canary(purpose, n), `row-${n}`)),
  );
  await house.pool.query("insert into stolen_sample select unnest($1::bytea[])", [sealed]);
  for (let n = 0; n < 20; n += 1) {
    const copyId = crypto.randomUUID();
    const { dataKey, ...seal } = await vault.sealOwn("id-paper", canary("id-paper", n), copyId);
    const copy = {
      copyId,
      side: "front",
      width: 1,
      height: 1,
      filedAt: house.clock.now(),
      filedBy: staff.staffId,
    } as const;
    await inTransaction(house.db, async (tx) => {
      await insertCopy(tx, fileId, { ...copy, sha256: Buffer.from([n]), keyId: vault.keyId, ...seal });
      await insertKeys(tx, [dataKey], house.clock.now());
    });
  }
  const keys = (JSON.parse(readFileSync(ringPath, "utf8")) as { keys: { key: string }[] }).keys.map(({ key }) => key);
  const keyHex = keys.map((key) => Buffer.from(key, "base64").toString("hex"));
  const stolen = [await dump(), (await pgDump()) ?? "", filesUnder(house.settings.dataDir)].join("\n");
  expect(canaries).toHaveLength(20 * (SHARED_CLASSES.length + 1));
  expect(stolen.length).toBeGreaterThan(10_000);
  expect(hitsIn(stolen, canaries)).toEqual([]);
  expect([...keys, ...keyHex].filter((key) => stolen.includes(key))).toEqual([]);
  const planted = `${stolen}\n\\x${Buffer.from(canaryOf("notice", 3)).toString("hex")}`;
  expect(hitsIn(planted, canaries)).toHaveLength(1);
});
