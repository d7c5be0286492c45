import { describe, expect, it } from "vitest";
import { keyOf } from "./key.ts";
import {
  differing,
  isLogLeft,
  isOld,
  kept,
  leftAt,
  nameOf,
  parseMoment,
  segmentName,
  segmentStart,
  timeOf,
} from "./rules.ts";
import { openWhole, sealed, sealWhole } from "./seal.ts";

const MB16 = 16 * 1024 * 1024;

describe("the history of timelines", () => {
  it("says where each was left; remarks and empty lines say nothing", () => {
    const history =
      "1\t0/5000158\tbefore 2026-11-26 10:00:00+00\n# by hand\t0/1\n\n2\t1/A0\tno recovery target specified\n";
    expect([...leftAt(history)]).toEqual([
      [1, 0x5000158n],
      [2, 0x1_0000_00a0n],
    ]);
    expect([...leftAt("")]).toEqual([]);
  });
});

describe("names, moments and what is kept", () => {
  it("names go there and back", () => {
    const at = new Date("2026-11-26T01:30:05.000Z");
    expect(nameOf(at)).toBe("20261126T013005Z");
    expect(timeOf("20261126T013005Z")).toEqual(at);
    expect(timeOf("20261126T013005Z.part")).toBeUndefined();
    const name = segmentName(2, 0x1_02345678n, MB16);
    expect(name).toBe("000000020000000100000002");
    expect(segmentStart(name, MB16)).toEqual({ timeline: 2, position: 0x1_02000000n });
  });

  it("keeps the last of days, weeks and months, and the newest always", () => {
    const names = Array.from({ length: 400 }, (_, day) => nameOf(new Date(Date.UTC(2025, 9, 22 + day, 18, 30))));
    const stays = kept(names, { daily: 7, weekly: 4, monthly: 12 });
    expect(stays.size).toBeLessThanOrEqual(7 + 4 + 12);
    for (const name of names.slice(-7)) expect(stays).toContain(name);
    expect([...kept(names, { daily: 0, weekly: 0, monthly: 0 })]).toEqual(names.slice(-1));
    // 18:30 UTC is the next day in Viet Nam: the last one of October stands on the 30th by UTC.
    expect(stays).toContain("20261030T183000Z");
  });

  it("a moment without a zone is one of Viet Nam", () => {
    expect(parseMoment("2026-11-26 10:00:00")?.toISOString()).toBe("2026-11-26T03:00:00.000Z");
    expect(parseMoment("2026-11-26T03:00:00Z")?.toISOString()).toBe("2026-11-26T03:00:00.000Z");
    for (const text of ["", "26/11/2026", "2026-13-01 10:00", "tomorrow"]) expect(parseMoment(text)).toBeUndefined();
  });

  it("a backup is old after 26 hours, and where there is none", () => {
    const now = new Date("2026-11-26T04:00:00Z");
    expect(isOld(new Date("2026-11-25T02:00:00Z"), now)).toBe(false);
    expect(isOld(new Date("2026-11-25T01:59:59Z"), now)).toBe(true);
    expect(isOld(undefined, now)).toBe(true);
  });

  it("a table that is changed, missing or new differs", () => {
    const was = { a: { rows: "1", hash: "5" }, b: { rows: "1", hash: "5" }, c: { rows: "0", hash: "0" } };
    const is = { a: { rows: "1", hash: "5" }, b: { rows: "1", hash: "6" }, d: { rows: "0", hash: "0" } };
    expect(differing(was, is)).toEqual(["b", "c", "d"]);
  });
});

describe("a sealed file", () => {
  const key = keyOf(Buffer.alloc(32, 3));
  async function* chunks() {
    for (let n = 0; n < 4; n += 1) yield Buffer.alloc(200_000, n);
  }
  async function framesOf(): Promise<Buffer[]> {
    const frames: Buffer[] = [];
    for await (const frame of sealed(key, "a", chunks())) frames.push(frame);
    return frames;
  }

  it("opens to what was sealed, under its own name and key only", async () => {
    const bytes = Buffer.concat(await framesOf());
    expect((await openWhole(key, "a", bytes)).length).toBe(800_000);
    await expect(openWhole(key, "b", bytes)).rejects.toThrow("is damaged");
    await expect(openWhole(keyOf(Buffer.alloc(32, 4)), "a", bytes)).rejects.toThrow("another key");
  });

  it("that lost its end, a frame or their order is found, and so is one that goes on", async () => {
    const frames = await framesOf();
    const [header = Buffer.alloc(0), first = header, second = header, ...rest] = frames;
    const tries = [
      frames.slice(0, -1),
      [header, second, ...rest],
      [header, second, first, ...rest],
      [...frames, first],
      [header],
      [],
    ];
    for (const one of tries) await expect(openWhole(key, "a", Buffer.concat(one))).rejects.toThrow(/a: (is|goes)/);
  });

  it("shows each of its bits when one is changed", async () => {
    const bytes = sealWhole(key, "a", Buffer.from("một dòng"));
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expect(openWhole(key, "a", changed), String(bit)).rejects.toThrow();
    }
  });
});

it("the followed log is left when nobody reads it for a while, or whoever does is far behind", () => {
  const [little, much, more] = [16 * 1024 ** 2, 300 * 1024 ** 2, 5 * 1024 ** 3];
  const left = (isRead: boolean) =>
    [little, much, more].map((keptBytes) => isLogLeft({ isRead, isLost: false, keptBytes }));
  expect(left(false)).toEqual([false, true, true]);
  expect(left(true)).toEqual([false, false, true]);
  expect(isLogLeft({ isRead: false, isLost: true, keptBytes: 0 })).toBe(true);
});
