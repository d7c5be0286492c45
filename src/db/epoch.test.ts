import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { isWatched, keepEpochs, refuseLeftBehind } from "./epoch.ts";
import { isDatabaseAway } from "./ping.ts";

const folder = mkdtempSync(join(tmpdir(), "vssid-epochs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const server = (system: string, timeline: number) =>
  ({ query: async () => ({ rows: [{ system, timeline }] }) }) as unknown as pg.Client;
const silent = { query: () => Promise.reject(new Error("no such function")) } as unknown as pg.Client;

const url = "postgres://vssid@db.example.vn/vssid";

describe("F25: a server whose place another has taken", () => {
  it("is refused as one that cannot now, also after a start of the process", async () => {
    keepEpochs(folder, url);
    await refuseLeftBehind(server("1", 1));
    await refuseLeftBehind(server("1", 2));
    const refused = await refuseLeftBehind(server("1", 1)).catch((error: Error) => error);
    expect(String(refused)).toContain("timeline 1, and 2 was seen");
    expect(isDatabaseAway(refused)).toBe(true);
    keepEpochs(folder, url);
    await expect(refuseLeftBehind(server("1", 1))).rejects.toThrow("another one took its place");
    await refuseLeftBehind(server("1", 2));
    expect([isWatched({ connectionString: url }), isWatched({ host: "/x", user: "", database: "" })]).toEqual([
      true,
      false,
    ]);
  });

  it("counts a copy that only reads as such, other servers for themselves, and none that does not tell", async () => {
    await refuseLeftBehind(server("2", 7));
    await expect(refuseLeftBehind(server("2", 0))).rejects.toThrow("only reads");
    await refuseLeftBehind(server("3", 1));
    await refuseLeftBehind(silent);
  });
});
