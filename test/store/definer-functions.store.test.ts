import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientConfig } from "../../src/db/connection.ts";
import { behindDeskWall } from "../../src/db/wall.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

describe("a function that acts as its owner", () => {
  test("looks among the temporary names of its caller last, whichever it is", async () => {
    const client = new pg.Client(clientConfig(house.owner));
    await client.connect();
    const { rows } = await client.query<{ name: string; path: string }>(
      `select p.proname::text as name, coalesce((select s from unnest(p.proconfig) s where s like 'search_path=%'), '') as path
         from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef`,
    );
    await client.end();
    expect(rows.length).toBeGreaterThanOrEqual(5);
    expect(rows.filter(({ path }) => !path.endsWith(", pg_temp")).map(({ name }) => name)).toEqual([]);
  });

  test.each([
    [
      "a view in the way of a table",
      "create temp view visit as select v.* from (select where pg_temp.told()) t left join public.visit v on true",
      "select from claim_ledger(gen_random_uuid())",
      "select from visit",
    ],
    [
      "a type in the way of another",
      "create domain pg_temp.timestamptz as text check (pg_temp.told())",
      "select desk_has_case(1, '{a}')",
      "select 'now'::timestamptz",
    ],
  ])("does not run what lies there: %s", async (_, trap, question, proof) => {
    const client = await behindDeskWall("1", house.clock.now(), () => house.pool.connect());
    try {
      await client.query("begin");
      await client.query(
        `create function pg_temp.told() returns boolean language plpgsql as
         $$ begin raise exception 'acts as %', current_user using errcode = 'VS001'; end $$`,
      );
      await client.query(trap);
      await client.query("set local vssid.now = '2026-11-23T02:00:00Z'");
      await client.query(question);
      await expect(client.query(proof)).rejects.toMatchObject({ message: "acts as vssid_desk" });
    } finally {
      await client.query("rollback");
      client.release();
    }
  });
});
