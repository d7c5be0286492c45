import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { dossier, envelope, sampleBytes, sampleWith } from "../../test/samples/envelope.ts";
import { importPersons } from "./import-persons.ts";
import { takeWhatCame, type Watching } from "./watch-folder.ts";

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
