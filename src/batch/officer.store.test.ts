import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { browserOn } from "../account/browser.fixture.ts";
import type { Staff } from "../kernel/actor.ts";
import { aConfirmed, aStaff } from "../review/counter.fixture.ts";
import { createWeb } from "../web/server.ts";
import { routes } from "./officer.tsx";
import { openBatch } from "./open.ts";
import { LINES_AT_MOST } from "./rules.ts";

let house: TestHouse;
let app: FastifyInstance;
let lan: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
  app = await createWeb(house, routes, async () => lan);
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const browser = browserOn(() => app);
const post = (url: string, fields: Record<string, string>) => browser.fill("/console/batches", fields, url);

describe("a list that is pasted", () => {
  it("and has more codes than the batch has lines for is taken as far as it fits, and the rest stays in the box", async () => {
    const batch = await openBatch(house, lan, { unit_name: "Trường Thử" });
    await house.pool.query(
      `insert into batch_line (batch_id, line_no, outcome, at, staff_id)
       select $1, no, 'no_code', $2, $3 from generate_series(1, $4::int - 1) no`,
      [batch.id, house.clock.now(), lan.staffId, LINES_AT_MOST],
    );
    const [last, first, second] = [await aConfirmed(house), await aConfirmed(house), await aConfirmed(house)];
    const address = `https://vssid.example/r/${second.code}`;
    const codes = `${last.code}\n${first.code}\n${address}`;
    const answer = await post(`/console/batches/${batch.id}/lines`, { codes });
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain("Lô đã đủ 500 dòng. Hãy mở lô mới cho các mã còn trong ô.");
    expect(answer.body).toContain(`value="${first.code} ${address}"`);
    const other = await openBatch(house, lan, { unit_name: "Trường Thử" });
    const rest = await post(`/console/batches/${other.id}/lines`, { codes: `${first.code} ${address}` });
    expect(rest.statusCode).toBe(303);
    const { rows } = await house.pool.query(
      "select code, batch_id from batch_line where outcome = 'taken' order by batch_id, line_no",
    );
    expect(rows).toEqual([
      { code: last.code, batch_id: batch.id },
      { code: first.code, batch_id: other.id },
      { code: second.code, batch_id: other.id },
    ]);
  });

  it("is as long as it is: no code of it is left out", async () => {
    const batch = await openBatch(house, lan, { unit_name: "Trường Thử" });
    const codes = Array.from({ length: LINES_AT_MOST }, () => "?").concat("khong-phai-ma");
    const answer = await post(`/console/batches/${batch.id}/lines`, { codes: codes.join("\n") });
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('value="khong-phai-ma"');
  });
});
