import { describe, expect, test } from "vitest";
import type { House } from "../db/house.ts";
import { keptBodies, readOrKept } from "./kept-bodies.ts";

const start = new Date("2026-11-20T08:00:00Z");
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);

/** A record of a version, which counts how often it was read whole. */
function recordOf(version: string) {
  const record = {
    version,
    reads: 0,
    read: async (known: string) => {
      if (known === record.version) return { version: record.version, body: undefined };
      record.reads += 1;
      return { version: record.version, body: `body ${record.version}` };
    },
  };
  return record;
}

const asker = () => {
  const house = {} as House;
  return async (record: ReturnType<typeof recordOf>, known = "0", now = start, key: unknown[] = ["visits", "1"]) => {
    const found = await readOrKept({ house, now }, { key, known }, record.read);
    return { version: found?.version, body: found?.body?.toString("utf8") };
  };
};

describe("finished answers", () => {
  test("are read once while the record is of the same version", async () => {
    const [ask, record] = [asker(), recordOf("7")];
    expect(await ask(record)).toEqual({ version: "7", body: "body 7" });
    expect(await ask(record, "0", later(30))).toEqual({ version: "7", body: "body 7" });
    expect(record.reads).toBe(1);
  });

  test("are made anew for another version, and stay away from who holds it", async () => {
    const [ask, record] = [asker(), recordOf("7")];
    await ask(record);
    record.version = "8";
    expect(await ask(record, "8")).toEqual({ version: "8", body: undefined });
    expect(await ask(record, "7")).toEqual({ version: "8", body: "body 8" });
    expect(await ask(record, "6")).toEqual({ version: "8", body: "body 8" });
    expect(await ask(record, "8")).toEqual({ version: "8", body: undefined });
  });

  test("belong to all that they depend on, and are forgotten after a minute, also when the clock went back", async () => {
    const [ask, record] = [asker(), recordOf("7")];
    await ask(record);
    await ask(record, "0", start, ["visits", "2"]);
    expect(record.reads).toBe(2);
    await ask(record, "0", later(61));
    expect(record.reads).toBe(3);
    await ask(record, "0", later(-3600));
    expect(record.reads).toBe(4);
  });

  test("nothing is kept of what is not there", async () => {
    const house = {} as House;
    const asked = { key: ["visit"], known: "0" };
    expect(await readOrKept({ house, now: start }, asked, async () => undefined)).toBeUndefined();
    const found = await readOrKept({ house, now: start }, asked, recordOf("3").read);
    expect(found?.version).toBe("3");
    expect(await readOrKept({ house, now: start }, asked, async () => undefined)).toBeUndefined();
  });

  test("take no more memory than they may", async () => {
    const [ask, record, before] = [asker(), recordOf("7"), keptBodies.bytesMax];
    keptBodies.bytesMax = 2 * "body 7".length;
    try {
      for (const key of ["a", "b", "c"]) await ask(record, "0", start, [key]);
      await ask(record, "0", start, ["b"]);
      expect(record.reads).toBe(3);
      await ask(record, "0", start, ["a"]);
      expect(record.reads).toBe(4);
    } finally {
      keptBodies.bytesMax = before;
    }
  });
});
