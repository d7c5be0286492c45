import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { inTransaction } from "./transaction.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

describe("a transaction", () => {
  it("is kept whole when it succeeds and leaves nothing when it fails", async () => {
    await inTransaction(house.db, (tx) => addYear(tx, 1901));
    const failed = inTransaction(house.db, async (tx) => {
      await addYear(tx, 1902);
      throw new Error("changed my mind");
    });
    await expect(failed).rejects.toThrow("changed my mind");
    expect(await yearsBefore(1910)).toEqual([1901]);
  });

  it("is tried again when PostgreSQL ended it in favour of another", async () => {
    let tries = 0;
    await inTransaction(house.db, async (tx) => {
      tries += 1;
      await addYear(tx, 1903);
      if (tries < 3) throw Object.assign(new Error("deadlock detected"), { code: "40P01" });
    });
    expect(tries).toBe(3);
    expect(await yearsBefore(1910)).toEqual([1901, 1903]);
  });

  it("is not tried for ever", async () => {
    let tries = 0;
    const hopeless = inTransaction(house.db, async () => {
      tries += 1;
      throw Object.assign(new Error("could not serialize"), { code: "40001" });
    });
    await expect(hopeless).rejects.toThrow("could not serialize");
    expect(tries).toBe(4);
  });
});

type Executor = Parameters<Parameters<typeof inTransaction>[1]>[0];

async function addYear(tx: Executor, year: number): Promise<void> {
  await tx.insertInto("public_holiday_year").values({ year, source: "test" }).execute();
}

async function yearsBefore(year: number): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    select year from public_holiday_year where year < ${year} order by year`.execute(house.db);
  return rows.map((row) => row.year);
}
