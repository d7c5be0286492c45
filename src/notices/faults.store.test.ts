import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Stand } from "../../faults/notices-stand.ts";
import type { Trial } from "../../faults/trial.ts";
import { killTrials } from "../../faults/trials-kill.ts";
import { poison } from "../../faults/trials-poison.ts";
import { shuffledReceipts } from "../../faults/trials-receipts.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { createPool } from "../db/pool.ts";

/** The short form of `bin/faults notices`: senders are processes of their own, each trial has an outbox of its own. */
const short: readonly Trial[] = [
  ...killTrials.filter(({ name }) => /attempt written|bytes out/.test(name)),
  poison,
  shuffledReceipts(400),
];
const houses: TestHouse[] = [];
beforeAll(async () => {
  for (const _ of short) houses.push(await openTestHouse());
});
afterAll(async () => {
  for (const house of houses) await house.close();
});

describe("nothing is lost, and nothing goes out twice that the product does not count", () => {
  it.each(short.map((trial, at) => ({ name: trial.name, trial, at })))("$name", async ({ trial, at }) => {
    const house = houses[at] as TestHouse;
    const pool = createPool(house.connection, { log: house.log, size: 3, statementTimeoutMs: 0, asApp: false });
    const stand = new Stand({ pool, db: house.db, connection: house.connection });
    try {
      const told = await trial.run(stand);
      expect(told.isHeld, told.what).toBe(true);
    } finally {
      await stand.close();
      await pool.end();
    }
  });
});
