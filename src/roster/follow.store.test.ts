import type { KyselyPlugin } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { AT_ONCE, followRosters, recountRosters } from "./follow.ts";
import { aUnit } from "./roster.fixture.ts";
import { saveFollow } from "./store-moments.ts";

/** A bulk of accounts, as a province issues them in a day: all but some at one instant. */
const LATER = 50;
const PEOPLE = AT_ONCE * 2 + 100 + LATER;

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  const owner = new pg.Client(house.connection);
  await owner.connect();
  await owner.query(`
    set session_replication_role = replica;
    insert into roster_person (unit_code, line_id, full_name, folded_name, match, person_id, joined_at)
    select 'U' || n % 50, gen_random_uuid(), 'x', 'mau ' || n, 'found', n + 5000000, '2026-01-01'
      from generate_series(1, ${PEOPLE}) n;
    insert into account (person_id, password_hash, password_kind, password_set_on, activated_at)
    select n + 5000000, 'x', 'chosen', '2026-11-22',
           case when n <= ${LATER} then timestamptz '2026-11-23 01:30:00Z' else '2026-11-23 01:00:00Z' end
      from generate_series(1, ${PEOPLE}) n;
    analyze`);
  await owner.end();
  await saveFollow(house.db, new Date("2026-11-22T02:00:00Z"));
});
afterAll(() => house.close());

test("the follower takes what has gathered in steps, and goes on where it was cut off", async () => {
  const touched: number[] = [];
  const cutOffAfter = (steps: number): KyselyPlugin => ({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      const lines = Number(result.numAffectedRows ?? 0n);
      if (lines > 1) touched.push(lines);
      if (touched.length > steps) throw new Error("cut off");
      return result;
    },
  });
  const under = (plugin: KyselyPlugin) => ({ ...house, db: house.db.withPlugin(plugin) });
  await expect(followRosters(under(cutOffAfter(3)))).rejects.toThrow("cut off");
  const { rows } = await house.pool.query("select followed_to from roster_follow");
  expect(rows).toEqual([{ followed_to: new Date("2026-11-23T01:00:00.001Z") }]);
  expect(await followRosters(house)).toEqual({ matched: 0, filled: LATER });
  expect(touched).toEqual([AT_ONCE, AT_ONCE, 100, LATER]);
  expect(await recountRosters(house)).toBe(0);
});

test("the nightly recount takes an enormous unit in steps", async () => {
  await aUnit(house, "DV99");
  await house.pool.query("update roster_person set unit_code = 'DV99', approved_at = null");
  const touched: number[] = [];
  const transformResult: KyselyPlugin["transformResult"] = async ({ result }) => {
    touched.push(Number(result.numAffectedRows ?? 0n));
    return result;
  };
  const db = house.db.withPlugin({ transformQuery: ({ node }) => node, transformResult });
  expect(await recountRosters({ ...house, db })).toBe(PEOPLE);
  expect(touched.filter((lines) => lines > 0)).toEqual([AT_ONCE, AT_ONCE, PEOPLE - 2 * AT_ONCE]);
});
