import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { findAsset } from "./islands.ts";
import { keepAssets } from "./kept-assets.ts";

const folder = mkdtempSync(join(tmpdir(), "vssid-assets-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("serves scripts of the build before and of the one after, and forgets them after a month without either", async () => {
  const dataDir = join(folder, "var");
  const builds = ["old", "new"].map((name) => {
    const built = join(folder, name);
    mkdirSync(built);
    writeFileSync(join(built, `card-${name}.js`), name);
    return built;
  });
  for (const built of builds) await keepAssets(dataDir, built);
  expect((await findAsset("card-old.js", dataDir))?.bytes.toString()).toBe("old");
  expect((await findAsset("card-new.js", dataDir))?.bytes.toString()).toBe("new");
  expect(await findAsset("card-other.js", dataDir)).toBeUndefined();
  const longAgo = Date.now() / 1000 - 31 * 86_400;
  for (const name of readdirSync(join(dataDir, "assets"))) utimesSync(join(dataDir, "assets", name), longAgo, longAgo);
  await keepAssets(dataDir, builds[1]);
  expect(readdirSync(join(dataDir, "assets"))).toEqual(["card-new.js"]);
});
