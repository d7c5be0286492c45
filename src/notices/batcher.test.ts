import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createBatcher } from "./batcher.ts";

/** Writes that the test ends, one after the other. */
function slowWriter() {
  const batches: number[][] = [];
  const ends: (() => void)[] = [];
  const writeAll = (items: number[]) => {
    batches.push(items);
    return new Promise<void>((done) => ends.push(done));
  };
  return { batches, ends, writeAll };
}

describe("a batch", () => {
  it("waits for others, but not with enough of them", async () => {
    const { batches, writeAll } = slowWriter();
    const batcher = createBatcher<number>(writeAll, { lingerMs: 60_000, enough: 3 });
    for (const one of [1, 2]) void batcher.put(one);
    expect(batches).toEqual([]);
    void batcher.put(3);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it("waits for nobody when no other is on its way, but for what comes in the same turn", async () => {
    const { batches, ends, writeAll } = slowWriter();
    let isLast = false;
    const batcher = createBatcher<number>(writeAll, { lingerMs: 60_000, enough: 9, isLast: () => isLast });
    void batcher.put(1);
    isLast = true;
    for (const one of [2, 3]) void batcher.put(one);
    expect(batches).toEqual([]);
    await wait(5);
    expect(batches).toEqual([[1, 2, 3]]);
    void batcher.put(4);
    ends.shift()?.();
    await wait(5);
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  it("goes when the first of it has waited long enough, and takes in what came during the last write", async () => {
    const { batches, ends, writeAll } = slowWriter();
    const batcher = createBatcher<number>(writeAll, { lingerMs: 5, enough: 100 });
    const first = batcher.put(1);
    await wait(30);
    expect(batches).toEqual([[1]]);
    const later = [batcher.put(2), batcher.put(3)];
    await wait(30);
    expect(batches).toEqual([[1]]);
    ends.shift()?.();
    await first;
    await wait(30);
    expect(batches).toEqual([[1], [2, 3]]);
    ends.shift()?.();
    await Promise.all(later);
  });

  it("that failed is told to each of its own, and the next one is written", async () => {
    let isBroken = true;
    const batcher = createBatcher<number>(
      async () => {
        if (isBroken) throw new Error("away");
      },
      { lingerMs: 1, enough: 2 },
    );
    const failed = await Promise.allSettled([batcher.put(1), batcher.put(2)]);
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    isBroken = false;
    await expect(batcher.put(3)).resolves.toBeUndefined();
  });
});
