import type pg from "pg";
import { describe, expect, it } from "vitest";
import { asWhatCannot, asWhatCanWait, shareOut } from "./share.ts";

/** A pool of eight that gives out numbers; `out`: how many of them somebody has. */
function poolOfEight() {
  const pool = {
    options: { max: 8 },
    waitingCount: 0,
    out: 0,
    async connect() {
      pool.out += 1;
      return { release: () => (pool.out -= 1) };
    },
  };
  return pool;
}

const shared = (limitMs = 1000) => {
  const pool = poolOfEight();
  return { pool, share: shareOut(pool as unknown as pg.Pool, limitMs) };
};

describe("F21: a pool whose last connections are kept", () => {
  it("gives what can wait six of eight, and what cannot the rest at once", async () => {
    const { pool, share } = shared();
    const held = await Promise.all(Array.from({ length: 6 }, () => asWhatCanWait(() => share.connect())));
    let isIn = false;
    const seventh = asWhatCanWait(() => share.connect()).then((client) => {
      isIn = true;
      return client;
    });
    await share.connect();
    await asWhatCanWait(() => asWhatCannot(() => share.connect()));
    expect([pool.out, isIn, share.waitingCount()]).toEqual([8, false, 1]);
    held[0]?.release();
    (await seventh).release();
    expect([pool.out, share.waitingCount()]).toEqual([7, 0]);
  });

  it("tells those who wait too long, and goes on counting right", async () => {
    const { pool, share } = shared(10);
    const held = await Promise.all(Array.from({ length: 6 }, () => asWhatCanWait(() => share.connect())));
    await expect(asWhatCanWait(() => share.connect())).rejects.toThrow("timeout exceeded when trying to connect");
    for (const client of held) client.release();
    expect([pool.out, share.waitingCount()]).toEqual([0, 0]);
    await Promise.all(Array.from({ length: 6 }, () => asWhatCanWait(() => share.connect())));
    expect(pool.out).toBe(6);
  });
});
