import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { addKey, readKeyFile } from "./key.ts";
import { openWhole, sealWhole } from "./seal.ts";

const folder = mkdtempSync(join(tmpdir(), "vssid-key-"));
const path = join(folder, "backup.key");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the file of backup keys", () => {
  it("has the newest in front, which seals, and every one opens what it sealed", async () => {
    const first = addKey(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const early = sealWhole(readKeyFile(path), "list", Buffer.from("early"));
    chmodSync(path, 0o640);
    const second = addKey(path);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(["backup.key"]);
    const both = readKeyFile(path);
    expect([both.id, ...both.earlier.map(({ id }) => id)]).toEqual([second.id, first.id]);
    expect(String(await openWhole(both, "list", early))).toBe("early");
    const late = sealWhole(both, "list", Buffer.from("late"));
    expect(String(await openWhole(second, "list", late))).toBe("late");
    await expect(openWhole(first, "list", late)).rejects.toThrow(`another key (${second.id}; here is ${first.id})`);
  });

  it("is refused where a line of it is no key, and left as it is", () => {
    const before = `${readFileSync(path, "utf8")}not a key\n`;
    writeFileSync(path, before);
    expect(() => readKeyFile(path)).toThrow("holds no key of backups");
    expect(() => addKey(path)).toThrow("holds no key of backups");
    expect(readFileSync(path, "utf8")).toBe(before);
  });
});
