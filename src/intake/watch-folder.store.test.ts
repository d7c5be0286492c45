import { readdirSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { dossier, envelope, sampleBytes, sampleWith } from "../../test/samples/envelope.ts";
import { importPersons } from "./import-persons.ts";
import { takeWhatCame, type Watching, watchFolder } from "./watch-folder.ts";

let house: TestHouse;
let folder: string;
const watching: Watching = {
  ...{ lang: "en", pauseMs: 30_000, signal: new AbortController().signal },
  ...{ onResult: () => {}, onFailure: () => {} },
};

beforeAll(async () => {
  house = await openTestHouse();
  folder = await mkdtemp(join(tmpdir(), "vssid-watch-"));
  const people =
    "full_name,birth,sex,personal_id,insurance_number\nNguyễn Văn Mẫu,15/01/1990,1,099199000001,0000000012";
  await importPersons(house, { name: "people.csv", bytes: Buffer.from(people) });
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true });
});

async function put(name: string, bytes: Buffer, isAtRest = true): Promise<void> {
  await writeFile(join(folder, name), bytes);
  const before = new Date(Date.now() - 60_000);
  if (isAtRest) await utimes(join(folder, name), before, before);
}

test("takes files at rest by their root, in order, and leaves receipt and rejects beside each; others stay", async () => {
  const rejected = dossier(sampleWith({ "XML1.NGAY_VAO": "x", "*.MA_LK": "bad" }));
  await put("b.xml", envelope([rejected]));
  await put("a.xml", sampleBytes);
  await put("c.XML", Buffer.from("<KHAMSUCKHOE></KHAMSUCKHOE>"));
  await put("still-coming.xml", sampleBytes.subarray(0, 1000), false);
  await put("note.txt", Buffer.from("x"));
  expect(await takeWhatCame(house, folder, watching)).toBe(3);
  expect((await readdir(folder)).sort()).toEqual(["done", "note.txt", "refused", "still-coming.xml"]);
  const done = (await readdir(join(folder, "done"))).map((name) => name.replace(/^\d+-/, "")).sort();
  expect(done).toEqual(["a.xml", "a.xml.json", "b.xml", "b.xml.json", "b.xml.rejects.csv"]);
  const refused = await readdir(join(folder, "refused"));
  expect(refused.map((name) => name.replace(/^\d+-/, "")).sort()).toEqual(["c.XML", "c.XML.json", "c.XML.rejects.csv"]);
  const receipt = refused.find((name) => name.endsWith(".json")) ?? "";
  expect(JSON.parse(await readFile(join(folder, "refused", receipt), "utf8"))).toMatchObject({
    refusal: { code: "root_health_check" },
  });
});

test("a file that was imported but not yet moved when the watcher was killed is only moved", async () => {
  await put("a-again.xml", sampleBytes);
  const told: boolean[] = [];
  await takeWhatCame(house, folder, { ...watching, onResult: ({ isKnown }) => told.push(isKnown) });
  expect(told).toEqual([true]);
  expect((await house.pool.query("select count(*)::integer as n from visit")).rows).toEqual([{ n: 1 }]);
});

test("a file that is replaced while it is read is not moved unread: the next look takes it", async () => {
  const first = envelope([dossier(sampleWith({ "*.MA_LK": "replaced" }))]);
  const next = envelope([dossier(sampleWith({ "*.MA_LK": "replacing" }))]);
  await put("same-name.xml", first);
  const failures: string[] = [];
  const blocker = await house.pool.connect();
  await blocker.query("begin; select pg_advisory_xact_lock(8330007)");
  const looking = takeWhatCame(house, folder, { ...watching, onFailure: (name) => failures.push(name) });
  // The import has its bytes by then, and waits for the one before it.
  await setTimeout(500);
  await put("another.xml", next);
  await rename(join(folder, "another.xml"), join(folder, "same-name.xml"));
  await blocker.query("commit");
  blocker.release();
  expect(await looking).toBe(0);
  expect(failures).toEqual(["same-name.xml"]);
  expect(await takeWhatCame(house, folder, watching)).toBe(1);
  const { rows } = await house.pool.query("select episode_key from visit where episode_key like 'replac%' order by 1");
  expect(rows.map((row) => row.episode_key)).toContain("replacing");
});

test("a file without its end waits longer than one that is whole; the older of two comes first", async () => {
  const at = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  await put("half.xml", sampleBytes.subarray(0, 1000));
  await put("1-later.xml", envelope([dossier(sampleWith({ "*.MA_LK": "order", "XML1.CHAN_DOAN_RV": "sau" }))]));
  await put("2-sooner.xml", envelope([dossier(sampleWith({ "*.MA_LK": "order", "XML1.CHAN_DOAN_RV": "trước" }))]));
  await utimes(join(folder, "1-later.xml"), at(2), at(2));
  await utimes(join(folder, "2-sooner.xml"), at(3), at(3));
  expect(await takeWhatCame(house, folder, watching)).toBe(2);
  const { rows } = await house.pool.query("select diagnosis from visit where episode_key = 'order'");
  expect(rows).toEqual([{ diagnosis: "sau" }]);
  await utimes(join(folder, "half.xml"), at(11), at(11));
  const told: (string | undefined)[] = [];
  await takeWhatCame(house, folder, { ...watching, onResult: ({ refusal }) => told.push(refusal?.code) });
  expect(told).toEqual(["truncated"]);
});

test("files that come together are looked at one after the other, and not open together", async () => {
  const names = Array.from({ length: 200 }, (_, nth) => `together-${nth}.xml`);
  for (const name of names) await put(name, sampleBytes.subarray(0, 1000));
  const openNow = () => readdirSync("/proc/self/fd").length;
  const before = openNow();
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, openNow());
  }, 1);
  expect(await takeWhatCame(house, folder, watching)).toBe(0);
  clearInterval(sampling);
  expect(most - before).toBeLessThan(20);
  for (const name of names) await rm(join(folder, name));
});

test("the longest name that a file can have is moved, too", async () => {
  const long = `${"ệ".repeat(83)}.xml`;
  await put(long, sampleBytes);
  const failures: string[] = [];
  expect(await takeWhatCame(house, folder, { ...watching, onFailure: (_, why) => failures.push(why) })).toBe(1);
  expect(failures).toEqual([]);
});

test("a folder that is not there ends the watch at its start, and only then", async () => {
  const gone = join(folder, "gone");
  await expect(watchFolder(house, gone, watching)).rejects.toThrow(/ENOENT/);
  await mkdir(gone);
  const ending = new AbortController();
  const told: string[] = [];
  const onFailure = (_: string, reason: string) => {
    told.push(reason);
    ending.abort();
  };
  const watch = watchFolder(house, gone, { ...watching, pauseMs: 20, signal: ending.signal, onFailure });
  await setTimeout(50);
  await rm(gone, { recursive: true });
  await watch;
  expect(told).toEqual([expect.stringContaining("ENOENT")]);
});
