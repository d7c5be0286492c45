import { describe, expect, test } from "vitest";
import type { House } from "../db/house.ts";
import type { Reader } from "../kernel/actor.ts";
import { keptBodies, readOrKept, readUnlessHeld } from "./kept-bodies.ts";
import { ownLook } from "./own-look.ts";

const start = new Date("2026-11-20T08:00:00Z");
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const reader = { kind: "citizen", personId: "1", readBy: "1", hidesSensitive: false } as Reader;

/** A record of a version, which counts how often it was read whole, how often its version alone, and how often noted. */
function recordOf(version: string) {
  const record = {
    version,
    reads: 0,
    versions: 0,
    looks: 0,
    read: async () => {
      record.reads += 1;
      return { version: record.version, body: `body ${record.version}` };
    },
    house: {
      pool: {
        query: async ({ name, values }: { name: string; values: [unknown] }) => {
          if (name === "versions") {
            record.versions += 1;
            return { rows: (values[0] as string[]).map((id) => [id, record.version]) };
          }
          record.looks += JSON.parse(String(values[0])).length;
          return { rows: [] };
        },
      },
    } as unknown as House,
  };
  return record;
}

interface Asked {
  known?: string;
  now?: Date;
  key?: unknown[];
  isAlwaysThere?: boolean;
}

const ask = async (
  record: ReturnType<typeof recordOf>,
  { known = "0", now = start, key = ["visits", "1"], isAlwaysThere = true }: Asked = {},
) => {
  const look = ownLook(reader, "read_visits", now);
  const found = await readOrKept<never>(record.house, { key, known, look, isAlwaysThere }, record.read);
  return { version: found.version, body: found.body?.toString("utf8") };
};

describe("finished answers", () => {
  test("are read once while the record is of the same version, and each look at them is noted", async () => {
    const record = recordOf("7");
    expect(await ask(record)).toEqual({ version: "7", body: "body 7" });
    expect(await ask(record, { now: later(30) })).toEqual({ version: "7", body: "body 7" });
    expect(await ask(record, { known: "7" })).toEqual({ version: "7", body: undefined });
    expect(record).toMatchObject({ reads: 1, versions: 2, looks: 3 });
  });

  test("are made anew for another version, and stay away from who holds it", async () => {
    const record = recordOf("7");
    await ask(record);
    record.version = "8";
    expect(await ask(record, { known: "8" })).toEqual({ version: "8", body: undefined });
    expect(record.reads).toBe(1);
    expect(await ask(record, { known: "7" })).toEqual({ version: "8", body: "body 8" });
    expect(await ask(record, { known: "6" })).toEqual({ version: "8", body: "body 8" });
    expect(record).toMatchObject({ reads: 2, looks: 4 });
  });

  test("who says to hold the version of what may not be there is believed where it is kept, and else not", async () => {
    const record = recordOf("7");
    expect(await ask(record, { known: "7", isAlwaysThere: false })).toEqual({ version: "7", body: undefined });
    expect(record).toMatchObject({ reads: 1, versions: 0 });
    expect(await ask(record, { known: "7", isAlwaysThere: false })).toEqual({ version: "7", body: undefined });
    expect(record).toMatchObject({ reads: 1, versions: 1 });
    record.version = "8";
    expect(await ask(record, { known: "8", isAlwaysThere: false })).toEqual({ version: "8", body: undefined });
    expect(record).toMatchObject({ reads: 2, versions: 2, looks: 3 });
  });

  test("belong to all that they depend on, and are forgotten after a minute, also when the clock went back", async () => {
    const record = recordOf("7");
    await ask(record);
    await ask(record, { key: ["visits", "2"] });
    expect(record.reads).toBe(2);
    await ask(record, { now: later(61) });
    expect(record.reads).toBe(3);
    await ask(record, { now: later(-3600) });
    expect(record.reads).toBe(4);
  });

  test("nothing is kept or noted of what is not there", async () => {
    const record = recordOf("3");
    const look = ownLook(reader, "read_visit", start, { kind: "visit", id: "v" });
    const asked = { key: ["visit"], known: "3", look, isAlwaysThere: false };
    expect(await readOrKept(record.house, asked, async () => undefined)).toBeUndefined();
    expect(await readOrKept(record.house, asked, async () => undefined)).toBeUndefined();
    expect(record).toMatchObject({ versions: 0, looks: 0 });
  });

  test("take no more memory than they may", async () => {
    const [record, before] = [recordOf("7"), keptBodies.bytesMax];
    keptBodies.bytesMax = 2 * "body 7".length;
    try {
      for (const key of ["a", "b", "c"]) await ask(record, { key: [key] });
      await ask(record, { key: ["b"] });
      expect(record.reads).toBe(3);
      await ask(record, { key: ["a"] });
      expect(record.reads).toBe(4);
    } finally {
      keptBodies.bytesMax = before;
    }
  });
});

describe("what is not kept", () => {
  const read = async (record: ReturnType<typeof recordOf>, known: string) =>
    (await readUnlessHeld(record.house, known, ownLook(reader, "read_cards", start), record.read)).body;

  test("is not read for who holds its version, and is for everybody else; each look is noted", async () => {
    const record = recordOf("7");
    expect(await read(record, "7")).toBeUndefined();
    expect(record).toMatchObject({ reads: 0, versions: 1 });
    expect(await read(record, "6")).toBe("body 7");
    expect(await read(record, "0")).toBe("body 7");
    expect(record).toMatchObject({ reads: 2, versions: 2, looks: 3 });
  });
});
