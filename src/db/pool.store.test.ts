import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { createPool } from "./pool.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

async function one<T>(statement: string): Promise<T> {
  const { rows } = await house.pool.query(statement);
  return rows[0] as T;
}

describe("a connection of the pool", () => {
  it("gives days and wall-clock times as text, instants as Date, large numbers as text", async () => {
    const row = await one(`select date '1975-04-30' as day, timestamp '2026-11-23 09:15' as wall,
      timestamptz '2026-11-23 09:15+07' as instant, 9007199254740993::bigint as count, 12.50::numeric(15,2) as money,
      array[date '2026-01-01'] as days, '[1]'::jsonb as list`);
    expect(row).toEqual({
      day: "1975-04-30",
      wall: "2026-11-23 09:15:00",
      instant: new Date("2026-11-23T02:15:00Z"),
      count: "9007199254740993",
      money: "12.50",
      days: ["2026-01-01"],
      list: [1],
    });
  });

  it("works in UTC, whatever the machine says", async () => {
    expect(await one("select current_setting('timezone') as zone")).toEqual({ zone: "UTC" });
  });

  it("sorts names as Vietnamese does", async () => {
    const { rows } = await house.pool.query(
      "select name from unnest(array['Ếch','Dũng','Ân','An','Đào','Em','Ăn']) as name order by name",
    );
    expect(rows.map((row) => row.name)).toEqual(["An", "Ăn", "Ân", "Dũng", "Đào", "Em", "Ếch"]);
  });

  it("gives up a statement after its time", async () => {
    const hasty = createPool(house.connection, { log: house.log, statementTimeoutMs: 50 });
    await expect(hasty.query("select pg_sleep(5)")).rejects.toMatchObject({ code: "57014" });
    await hasty.end();
  });

  it("may add events of files and of the audit, and never change them", async () => {
    for (const table of ["declaration_event", "audit_event", "audit_link"]) {
      await expect(house.pool.query(`delete from ${table}`)).rejects.toMatchObject({ code: "42501" });
      await expect(house.pool.query(`truncate ${table}`)).rejects.toMatchObject({ code: "42501" });
    }
    await expect(house.pool.query("update audit_event set action = ''")).rejects.toMatchObject({ code: "42501" });
    await expect(house.pool.query("drop table setting")).rejects.toMatchObject({ code: "42501" });
  });
});
