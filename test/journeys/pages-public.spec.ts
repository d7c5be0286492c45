import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { projectRoot } from "../../src/db/root.ts";
import { expect, test } from "./signed-in.ts";
import { publicStates, walkPages } from "./walk-pages.ts";
import { optionalScriptBytes } from "./weigh-page.ts";

test.use({ people: "demo" });

walkPages(publicStates);

/** The app without a network is no page of the portal: 30 KB compressed, all together. */
const OFFLINE_APP = "offline";
const offlineAppBytes = 30_000;

test("every script that a page loads by itself is at most 5,000 bytes, and the app without a network 30 KB compressed", () => {
  const dist = join(projectRoot, "dist");
  const islands: Record<string, string> = JSON.parse(readFileSync(join(dist, "islands.json"), "utf8"));
  expect(Object.keys(islands)).toEqual(expect.arrayContaining(["card", "photos"]));
  for (const [name, file] of Object.entries(islands)) {
    const path = join(dist, "assets", file);
    if (name === OFFLINE_APP) {
      expect(gzipSync(readFileSync(path)).length).toBeLessThanOrEqual(offlineAppBytes);
      continue;
    }
    expect(statSync(path).size, name).toBeLessThanOrEqual(optionalScriptBytes);
    // Nothing is drawn in behind its back: what is imported at once counts, and would stand here.
    expect(readFileSync(path, "utf8"), name).not.toMatch(/(^|;)import\s*["{*\w]/);
  }
});

/** Pages, scripts and icons as they lie on the telephone, not compressed. */
const keptBytes = 150 * 1024;

test("what the service worker keeps is at most 150 KB", async ({ walk }) => {
  const { request } = await walk.pageOf("stranger");
  const bytesAt = async (path: string) => (await request.get(path)).body();
  const [list = ""] = (await bytesAt("/sw.js")).toString().split("\n");
  const { files } = JSON.parse(list.slice("self.SHELL = ".length, -1)) as { files: string[] };
  expect(files).toEqual(
    expect.arrayContaining(["/app/offline", "/icon-192.png", expect.stringMatching(/^\/assets\//)]),
  );
  const kept = await Promise.all(files.map(bytesAt));
  expect(kept.filter(({ length }) => length === 0)).toEqual([]);
  expect(kept.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(keptBytes);
});
