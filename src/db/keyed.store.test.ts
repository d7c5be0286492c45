import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { openKeyed } from "./keyed.ts";

let house: TestHouse;
let keyed: ReturnType<typeof openKeyed>;
beforeAll(async () => {
  house = await openTestHouse();
  keyed = openKeyed(house.connection, { log: house.log, size: 1, statementTimeoutMs: 5000 });
});
afterAll(async () => {
  await keyed.close();
  await house.close();
});

const stateOf = (id: number) =>
  sql<{ state: string }>`select state from notice where notice_id = ${id}`.execute(keyed.db);

describe("connections of a hot loop", () => {
  it("parse and plan a statement once, whatever its values", async () => {
    for (const id of [1, 2, 3]) await stateOf(id);
    const { rows } = await sql<{ statement: string; plans: string }>`
      select statement, generic_plans + custom_plans as plans from pg_prepared_statements
       where statement like 'select state from notice %'`.execute(keyed.db);
    expect(rows).toMatchObject([{ plans: "3" }]);
  });

  it("read a table by its key even while it is empty, for the plan outlives that", async () => {
    const { rows } = await sql<{ "QUERY PLAN": string }>`
      explain select a.outcome from (select * from jsonb_to_recordset('[]') as m(notice_id bigint) limit 2) m
       join notice_attempt a on a.notice_id = m.notice_id and a.attempt_no = 1`.execute(keyed.db);
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).toContain("notice_attempt_pk");
    expect(plan).not.toContain("Seq Scan");
  });

  it("act with the rights of the application", async () => {
    const { rows } = await sql<{ role: string }>`select current_user as role`.execute(keyed.db);
    expect(rows).toEqual([{ role: "vssid_app" }]);
  });
});
