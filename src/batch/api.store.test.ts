import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { routes as reviewApi } from "../review/api.ts";
import { aConfirmed, aStaff, countOf, itsPerson } from "../review/counter.fixture.ts";
import { createWeb } from "../web/server.ts";
import { routes } from "./api.ts";
import { LINES_AT_MOST } from "./rules.ts";

let house: TestHouse;
let app: FastifyInstance;
let lan: Staff;
let present: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
  present = lan;
  app = await createWeb(house, [...routes, ...reviewApi], async () => present);
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const get = async (url: string) => app.inject({ method: "GET", url: `/api/v1${url}` });
const post = async (url: string, payload: object = {}) => app.inject({ method: "POST", url: `/api/v1${url}`, payload });

describe("a batch, for programs", () => {
  it("is opened, filled with codes, worked through file by file and closed", async () => {
    const [yes, no] = [await aConfirmed(house), await aConfirmed(house)];
    await itsPerson(house, yes);
    const opened = await post("/batches", { unitName: "Trường Thử" });
    expect(opened.statusCode, opened.body).toBe(201);
    const { id } = opened.json();
    expect(opened.headers.location).toBe(`/api/v1/batches/${id}`);
    const added = await post(`/batches/${id}/lines`, { codes: [`${yes.code}/1`, no.code.replaceAll("-", " "), "?"] });
    expect(added.json().lines).toEqual([
      { no: 1, code: yes.code, outcome: "taken" },
      { no: 2, code: no.code, outcome: "taken" },
      { no: 3, code: null, outcome: "no_code" },
    ]);
    const early = await post(`/batches/${id}/closing`);
    expect([early.statusCode, early.headers["content-type"]]).toEqual([409, "application/problem+json; charset=utf-8"]);
    expect(early.json()).toMatchObject({
      code: "batch_not_done",
      title: "Chưa đóng lô được",
      detail: `Lô số ${id} còn 2 hồ sơ chưa có kết quả, nêu ở “open”. Hãy quyết định hoặc bỏ khỏi lô rồi đóng.`,
      instance: `/api/v1/batches/${id}/closing`,
      open: [yes.code, no.code],
    });
    const removed = await post(`/batches/${id}/removal`, { code: no.code });
    expect(removed.json().lines.map(({ stand }: { stand: string }) => stand)).toEqual(["waiting", null, null]);
    const { answers } = yes;
    const paper = {
      kind: answers.paper?.kind,
      number: answers.paper?.number,
      name: answers.name?.full,
      birth: answers.birth?.on,
    };
    const seen = { originalSeen: true, formSigned: true, faceMatches: true, copyKept: true };
    expect((await post(`/declarations/${yes.code}/reception`, { paper, ...seen })).statusCode).toBe(201);
    expect((await post(`/declarations/${yes.code}/acceptance`, {})).statusCode).toBe(201);
    expect((await post(`/batches/${id}/closing`)).json()).toMatchObject({
      id,
      done: 1,
      of: 1,
      closedAt: expect.any(String),
    });
    const { batches } = (await get("/batches")).json();
    expect(batches.find((one: { id: string }) => one.id === id)).toMatchObject({
      unitName: "Trường Thử",
      done: 1,
      of: 1,
    });
    const late = await post(`/batches/${id}/lines`, { codes: [no.code] });
    expect(late.json()).toMatchObject({
      status: 409,
      code: "batch_closed",
      title: "Lô đã đóng",
      detail: `Lô số ${id} đã đóng, không nhận mã nêu ở “left”. Hãy mở lô mới và gửi mã đó vào.`,
      lines: [],
      left: [no.code],
    });
  });

  it("tells which form cannot leave it, and what to do with that form instead", async () => {
    const late = await aConfirmed(house);
    const { id } = (await post("/batches", { unitName: "Trường Trễ" })).json();
    await post(`/batches/${id}/lines`, { codes: [late.code] });
    await house.pool.query("update declaration set lapses_at = $1 where code = $2", [house.clock.now(), late.code]);
    const removal = await post(`/batches/${id}/removal`, { code: late.code });
    expect(removal.json()).toMatchObject({
      status: 409,
      code: "would_lapse",
      title: "Không bỏ khỏi lô được",
      detail: `Tờ khai ${late.code} ở lô số ${id} đã quá hạn nộp, bỏ ra sẽ bị hủy. Hãy tiếp nhận rồi quyết định.`,
      instance: `/api/v1/batches/${id}/removal`,
    });
    const english = { "accept-language": "en" };
    const url = `/api/v1/batches/${id}/removal`;
    const again = await app.inject({ method: "POST", url, headers: english, payload: { code: late.code } });
    expect(again.json().detail).toBe(
      `The last day of ${late.code} in batch ${id} is over: taken out, it would lapse. Receive the file and decide it.`,
    );
  });

  it("that is full names the codes that are left and tells what came of those before them; none is lost", async () => {
    const { id } = (await post("/batches", { unitName: "Trường Đầy" })).json();
    await house.pool.query(
      `insert into batch_line (batch_id, line_no, outcome, at, staff_id)
       select $1, no, 'no_code', $2, $3 from generate_series(1, $4::int - 1) no`,
      [id, house.clock.now(), lan.staffId, LINES_AT_MOST],
    );
    const [last, first, second] = [await aConfirmed(house), await aConfirmed(house), await aConfirmed(house)];
    const headers = { "idempotency-key": "lo-day-0123456789-0123456789" };
    const send = (batch: string, codes: string[]) =>
      app.inject({ method: "POST", url: `/api/v1/batches/${batch}/lines`, headers, payload: { codes } });
    const answer = await send(id, [last.code, first.code, second.code]);
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([
      409,
      "application/problem+json; charset=utf-8",
    ]);
    const title = "Lô đã đủ 500 dòng";
    const detail = `Lô số ${id} còn 2 mã chưa nhận, nêu ở “left”. Hãy mở lô mới và gửi các mã đó vào.`;
    const lines = [{ no: LINES_AT_MOST, code: last.code, outcome: "taken" }];
    const left = [first.code, second.code];
    expect(answer.json()).toMatchObject({ code: "batch_full", title, detail, lines, left });
    const other = (await post("/batches", { unitName: "Trường Đầy" })).json();
    const rest = await send(other.id, answer.json().left);
    expect([rest.statusCode, rest.json().lines.length]).toEqual([201, 2]);
    expect((await get(`/batches/${id}`)).json().lines.at(-1)).toMatchObject({ code: last.code, outcome: "taken" });
  });

  it("is not there for another office, tells faults in the body's own words, and each look is on record", async () => {
    const unknown = await post("/batches", { unitCode: "KHONGCO" });
    expect([unknown.statusCode, unknown.json().faults[0].field]).toEqual([422, "unitCode"]);
    const { id } = (await post("/batches", { unitName: "Trường Thử Hai" })).json();
    present = { ...lan, roles: [{ role: "officer", officeCode: "52T02" }] };
    const codes = { codes: ["BD-2222-2222"] };
    for (const answer of [
      await get(`/batches/${id}`),
      await post(`/batches/${id}/lines`, codes),
      await post(`/batches/${id}/removal`, { code: "BD-2222-2222" }),
      await post(`/batches/${id}/closing`),
    ]) {
      expect(answer.statusCode).toBe(404);
    }
    expect((await get("/batches")).json().batches).toEqual([]);
    present = lan;
    expect((await get(`/batches/${id}`)).body).not.toContain("Hương");
    expect(await countOf(house, "audit_event where action = 'batch.look' and object_id = $1", id)).toBe(1);
  });
});
