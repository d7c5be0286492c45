import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mondayMorning, openTestHouse, type TestHouse } from "../../test/house.ts";
import { backup } from "./backup.ts";
import { clientConfig } from "./connection.ts";
import { restore } from "./restore.ts";
import { tablesOf } from "./schema-shape.ts";

let folder: string;
let file: string;
let source: TestHouse;
let target: TestHouse;
const taken = { at: new Date(mondayMorning), keyId: "test" };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vssid-backup-"));
  file = join(folder, "all.vssid");
  source = await openTestHouse();
  await fill(source);
});
beforeEach(async () => {
  target = await openTestHouse();
});
afterEach(() => target.close());
afterAll(async () => {
  await source.close();
  rmSync(folder, { recursive: true });
});

/** Every awkward value: marks, tabs, line ends, backslashes, bytes, days long ago, empty against missing. */
async function fill(house: TestHouse): Promise<void> {
  await asOwner(
    house,
    `insert into person (public_id, full_name, folded_name, birth_on, sex) values
       ('00000000-0000-4000-8000-000000000001', E'Nguyễn Thử\\tNghiệm\\n\\\\.', 'nguyen thu nghiem', '1931-02-01', 2),
       ('00000000-0000-4000-8000-000000000002', '', '', '2024-02-29', 1);
     insert into setting values ('sample', '2026-01-01', '{"a": ["\\\\", null, "ô"]}', 'test');
     insert into audit_event (at, actor_kind, action, purpose) select '2026-11-23 02:00:00.123456+00', 'system', 'test', 'none' from generate_series(1, 5000);
     insert into audit_link values (1, 1, '\\x00ff5c0a'::bytea);`,
  );
}

async function asOwner<T>(house: TestHouse, statement: string): Promise<T[]> {
  const client = new pg.Client(clientConfig(house.connection));
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows;
}

/** One hash a table over all its rows, whatever their order on disk. */
async function hashes(house: TestHouse): Promise<Record<string, string>> {
  const client = new pg.Client(clientConfig(house.connection));
  await client.connect();
  const found: Record<string, string> = {};
  for (const { name } of await tablesOf(client)) {
    const { rows } = await client.query(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') as hash from ${name} t`,
    );
    found[name] = rows[0].hash;
  }
  await client.end();
  return found;
}

/** The archive with its uncompressed bytes changed. */
function tampered(change: (bytes: Buffer) => Buffer): string {
  const path = join(folder, "tampered.vssid");
  writeFileSync(path, gzipSync(change(gunzipSync(readFileSync(file)))));
  return path;
}

describe("a backup", () => {
  it("restored into an empty database gives the same rows in every table", async () => {
    const written = await backup(source.connection, file, taken);
    const read = await restore(target.connection, file, ["test"]);
    expect(read).toEqual(written);
    expect(written.rows).toBeGreaterThan(5000);
    expect(await hashes(target)).toEqual(await hashes(source));
  });

  it("may be read by its owner only, and leaves no half-written file", async () => {
    await backup(source.connection, file, taken);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  it("goes on numbering where the source stood", async () => {
    await backup(source.connection, file, taken);
    await restore(target.connection, file, ["test"]);
    const [added] = await asOwner<{ person_id: string }>(
      target,
      `insert into person (public_id, full_name, folded_name, birth_on, sex)
       values ('00000000-0000-4000-8000-000000000003', 'Người mới', 'nguoi moi', '2000-01-01', 1) returning person_id`,
    );
    expect(added?.person_id).toBe("3");
  });

  it("is refused where people are already kept, and changes nothing there", async () => {
    await backup(source.connection, file, taken);
    await fill(target);
    const before = await hashes(target);
    await expect(restore(target.connection, file, ["test"])).rejects.toThrow("in use");
    expect(await hashes(target)).toEqual(before);
  });

  it("is refused with another secret, because nothing sealed could be opened", async () => {
    await backup(source.connection, file, taken);
    await expect(restore(target.connection, file, ["other"])).rejects.toThrow("needs the secret test");
  });

  it("of a secret that is known beside the one in front is taken", async () => {
    const written = await backup(source.connection, file, taken);
    expect(await restore(target.connection, file, ["other", "test"])).toEqual(written);
  });

  it("that was cut short or changed restores nothing", async () => {
    await backup(source.connection, file, taken);
    const before = await hashes(target);
    const cut = tampered((bytes) => bytes.subarray(0, bytes.length - 200));
    await expect(restore(target.connection, cut, ["test"])).rejects.toThrow();
    const changed = tampered((bytes) =>
      Buffer.from(bytes.toString("latin1").replace("nguyen thu", "nguyen tho"), "latin1"),
    );
    await expect(restore(target.connection, changed, ["test"])).rejects.toThrow("not those that were written");
    const foreign = tampered(() => Buffer.from("a letter to somebody, longer than a head"));
    await expect(restore(target.connection, foreign, ["test"])).rejects.toThrow("not an archive");
    writeFileSync(join(folder, "plain.txt"), "a letter to somebody");
    await expect(restore(target.connection, join(folder, "plain.txt"), ["test"])).rejects.toThrow("not an archive");
    expect(await hashes(target)).toEqual(before);
  });

  it("of another version of the schema is refused by name", async () => {
    await asOwner(source, `insert into schema_migration values (900, '0900_later.sql', 'x', '2026-11-23')`);
    await backup(source.connection, file, taken);
    await asOwner(source, "delete from schema_migration where number = 900");
    await expect(restore(target.connection, file, ["test"])).rejects.toThrow("another version (0900_later.sql)");
  });
});
