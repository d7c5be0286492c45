import { read, utils } from "@e965/xlsx";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { fontsIn, MM, pdfPages, wordsOutside } from "../../test/pdf.ts";
import { findStaffByUsername } from "../account/store-staff.ts";
import { setPolicy } from "../policy/set.ts";
import { hired, openStaffSession } from "../staff-factor/staff.fixture.ts";
import { makeDueReports } from "./make-report.ts";
import { addLine, addUnit } from "./roll-up.fixture.ts";
import { rollUp } from "./roll-up.ts";
import { leastShown, reportTime } from "./rules.ts";
import { reportDue } from "./rules-week.ts";

/** A province of one office: communes of 40, 30 and 3 people, and one of another office. */
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  await addUnit(house, { unit_code: "TINH", kind: "province", office_code: "52000" });
  for (const code of ["XA1", "XA2", "XA3"]) await addUnit(house, { unit_code: code, parent_code: "TINH" });
  await addUnit(house, { unit_code: "XA9", parent_code: "TINH", office_code: "52T02" });
  await fill("XA1", 40, 30);
  await fill("XA2", 30, 6);
  await fill("XA3", 3, 2);
  await fill("XA9", 50, 20);
  await rollUp(house);
  const staff = [
    { username: "thu.kiemsoat", role: "supervisor", office: "52T01" },
    { username: "thu.daumoi", role: "coordinator", unit: "XA2" },
    { username: "thu.lanhdao", role: "leader", unit: "TINH" },
  ];
  for (const one of staff) await hired(house, { name: "Trần Thị Lan", ...one });
});
afterAll(() => house.close());

/** So many people, the first of them approved on 10 and 20 November by turns. */
async function fill(unit: string, people: number, approved: number): Promise<void> {
  for (let at = 0; at < people; at += 1) {
    const day = at % 2 ? "2026-11-10" : "2026-11-20";
    await addLine(house, { unit, ...(at < approved ? { declared: "2026-11-01", approved: day } : {}) });
  }
}

async function ask(username: string, url: string, form?: Record<string, string>) {
  const staff = await findStaffByUsername(house.db, username);
  const { token } = await openStaffSession(house, staff?.staff_id ?? "");
  const headers = { cookie: `vssid_session=${token}` };
  if (!form) return house.app.inject({ url, headers });
  const page = await house.app.inject({ url, headers });
  const _token = /name="_token" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
  const payload = new URLSearchParams({ ...form, _token }).toString();
  const type = { "content-type": "application/x-www-form-urlencoded" };
  return house.app.inject({ method: "POST", url, headers: { ...headers, ...type }, payload });
}

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replaceAll(" ", " ")
    .replace(/\s+/g, " ");

describe("the leader's page", () => {
  it("names the desk days planned in the territory, and none of another", async () => {
    const staff = await findStaffByUsername(house.db, "thu.kiemsoat");
    for (const [unit, place] of [
      ["XA2", "Nhà văn hóa thôn Mẫu"],
      ["XA9", "Chợ của xã khác"],
    ]) {
      await house.pool.query(
        `insert into desk_day (desk_id, unit_code, on_day, from_minute, to_minute, place, planned_by, planned_at)
         values (gen_random_uuid(), $1, '2026-12-20', 480, 660, $2, $3, $4)`,
        [unit, place, staff?.staff_id, house.clock.now()],
      );
    }
    const { body } = await ask("thu.kiemsoat", "/console/coverage/leader");
    expect(textOf(body)).toContain("08:00–11:00, Nhà văn hóa thôn Mẫu");
    expect(body).not.toContain("Chợ của xã khác");
    expect((await ask("thu.lanhdao", "/console/coverage/leader")).body).toContain("Chợ của xã khác");
  });
});

describe("the overview", () => {
  it("says in one sentence where an office stands, with target, week and people", async () => {
    const target = {
      act: "target",
      moment: "approved",
      percent: "70",
      due_day: "31",
      due_month: "12",
      due_year: "2026",
    };
    expect((await ask("thu.kiemsoat", "/console/coverage/leader", target)).statusCode).toBe(303);
    const text = textOf((await ask("thu.kiemsoat", "/console/coverage")).body);
    expect(text).toContain("Toàn địa bàn 52 % (chỉ tiêu 70 %), tuần này +26,0 điểm");
    expect(text).toContain("38 / 73 người");
  });

  it("shows neither a group under five nor the one from which it could be computed", async () => {
    const page = textOf((await ask("thu.kiemsoat", "/console/coverage")).body);
    expect(page).toContain("30 / 40 người");
    expect(page).not.toContain("6 / 30 người");
    expect(page).not.toContain("2 / 3 người");
    expect(page).toContain("2 đơn vị không hiện số liệu");
    const csv = (await ask("thu.kiemsoat", "/console/coverage.csv")).body;
    expect(csv).toContain('"Đơn vị XA1","30","40","75","0"');
    expect(csv).not.toMatch(/XA2|XA3/);
    const hidden = textOf((await ask("thu.kiemsoat", "/console/coverage/units/XA2")).body);
    expect(hidden).toContain("không hiện số liệu");
  });

  it("goes into a workbook with numbers as numbers", async () => {
    const { rawPayload } = await ask("thu.lanhdao", "/console/coverage.xlsx");
    const [sheet] = Object.values(read(rawPayload).Sheets);
    const rows = utils.sheet_to_json<unknown[]>(sheet ?? {}, { header: 1 });
    expect(rows[2]?.slice(0, 4)).toEqual(["Đơn vị TINH", 58, 123, 47.2]);
    expect(rows[3]?.slice(0, 4)).toEqual(["Đơn vị XA1", 30, 40, 75]);
  });
});

describe("the tile map", () => {
  const url = "/console/coverage/tiles";
  const place = async (form: Record<string, string>) => ask("thu.kiemsoat", url, form);
  const map = async () => textOf((await ask("thu.kiemsoat", "/console/coverage?view=tiles")).body);

  it("has its squares where they were put; two on one place are refused by name, and nothing typed is lost", async () => {
    const form = { "across-XA1": "3", "down-XA1": "2", "across-XA2": "3", "down-XA2": "2", act: "save" };
    const refused = await place(form);
    expect(refused.statusCode).toBe(422);
    expect(textOf(refused.body)).toContain("Đơn vị XA2: chỗ này đã có Đơn vị XA1. Hãy chọn chỗ khác");
    expect(refused.body).toMatch(/name="across-XA2" value="3"/);
    const seen = await place({ ...form, "across-XA2": "4", act: "preview" });
    expect([seen.statusCode, textOf(seen.body).includes("Chưa ghi.")]).toEqual([200, true]);
    expect((await house.pool.query("select from unit_tile")).rowCount).toBe(0);
    const saved = await place({ ...form, "across-XA2": "4" });
    expect(saved.headers.location).toContain("view=tiles");
    expect((await house.pool.query("select unit_code, across, down from unit_tile order by 1")).rows).toEqual([
      { unit_code: "XA1", across: 2, down: 1 },
      { unit_code: "XA2", across: 3, down: 1 },
    ]);
    expect((await ask("thu.kiemsoat", "/console/coverage?view=tiles")).body).toMatch(/<rect x="162" y="82"/);
    expect(await map()).toContain("Sắp vị trí các ô");
  });

  it("keeps a place beside those of another office, takes pasted lines, and names a code that is not there", async () => {
    const pasted = await ask("thu.lanhdao", url, { act: "paste", lines: "mã;cột;hàng\nXA9\t3\t2" });
    expect(pasted.statusCode).toBe(422);
    expect(textOf(pasted.body)).toContain("chỗ này đã có");
    const unknown = await ask("thu.lanhdao", url, { act: "paste", lines: "XA1;1;1\nKHONG;1;2" });
    expect(textOf(unknown.body)).toContain("Không có đơn vị mang mã KHONG");
    await house.pool.query("insert into unit_tile values ('XA9', 0, 0)");
    const beside = await place({ "across-XA1": "1", "down-XA1": "1", act: "save" });
    expect(textOf(beside.body)).toContain("Đơn vị XA1: chỗ này đã có Đơn vị XA9");
  });
});

describe("an earlier day", () => {
  it("has the tree of that day, in the overview and its table; a day ahead is refused", async () => {
    await house.pool.query("insert into drive_unit_past_parent values ('XA9', '2026-11-20', null)");
    await rollUp(house);
    const csvOn = async (on: string) => (await ask("thu.lanhdao", `/console/coverage.csv?on=${on}`)).body;
    expect(await csvOn("20/11/2026")).toContain('"Đơn vị TINH","38","73"');
    expect(await csvOn("21/11/2026")).toContain('"Đơn vị TINH","58","123"');
    const then = textOf((await ask("thu.lanhdao", "/console/coverage?on=20/11/2026")).body);
    expect(then).toContain("Đang xem ngày 20/11/2026");
    const ahead = await ask("thu.lanhdao", "/console/coverage?on=01/01/2030");
    expect([ahead.statusCode, textOf(ahead.body).includes("Nhập một ngày đã qua")]).toEqual([422, true]);
    await house.pool.query("delete from drive_unit_past_parent");
    await rollUp(house);
  });
});

describe("who sees what", () => {
  it("a coordinator is led to the own unit and sees no other", async () => {
    const led = await ask("thu.daumoi", "/console/coverage");
    expect([led.statusCode, led.headers.location]).toEqual([303, "/console/coverage/units/XA2"]);
    const own = textOf((await ask("thu.daumoi", "/console/coverage/units/XA2")).body);
    expect(own).toContain("20 % đã duyệt");
    expect((await ask("thu.daumoi", "/console/coverage/units/XA1")).statusCode).toBe(404);
    expect((await ask("thu.daumoi", "/console/coverage.csv?unit=XA2")).body).toContain('"23/11/2026","6","30","20"');
    for (const query of ["", "?unit=XA1"]) {
      expect((await ask("thu.daumoi", `/console/coverage.csv${query}`)).statusCode).toBe(404);
    }
  });

  it("an office sees no unit of another office, a leader all under the own", async () => {
    expect((await ask("thu.kiemsoat", "/console/coverage/units/XA9")).statusCode).toBe(404);
    expect(textOf((await ask("thu.lanhdao", "/console/coverage")).body)).toContain("20 / 50 người");
  });

  it("a target without its share or with a day that has passed comes back with what was typed", async () => {
    const typed = { act: "target", moment: "approved", percent: "170", due_day: "1", due_month: "1", due_year: "2026" };
    const { statusCode, body } = await ask("thu.lanhdao", "/console/coverage/units/XA9", typed);
    expect(statusCode).toBe(422);
    expect(body).toContain('value="170"');
    expect(textOf(body)).toContain("Nhập một ngày chưa qua");
  });
});

describe("the weekly report", () => {
  it("is due on Monday at seven, not before", () => {
    const time = { weekday: 1, hour: 7 };
    expect(reportDue(new Date("2026-11-29T23:59:00Z"), time).toString()).toBe("2026-11-23");
    expect(reportDue(new Date("2026-11-30T00:00:00Z"), time).toString()).toBe("2026-11-30");
  });

  it("is made once a week for a territory with readers, told behind results, kept, and opened by its own alone", async () => {
    await ask("thu.lanhdao", "/console/coverage/leader", { act: "reader", email: "lanhdao@example.vn" });
    expect(await makeDueReports(house)).toEqual({ made: 0, failed: 0 });
    house.clock.moveTo(new Date("2026-11-30T00:05:00Z"));
    expect([await makeDueReports(house), await makeDueReports(house)]).toMatchObject([{ made: 1 }, { made: 0 }]);
    const { rows } = await house.pool.query(
      "select lane, recipient, template from notice where template = 'weekly_report'",
    );
    expect(rows).toEqual([{ lane: 2, recipient: "lanhdao@example.vn", template: "weekly_report" }]);
    const { body } = await ask("thu.lanhdao", "/console/coverage/leader");
    const href = /href="(\/console\/coverage\/reports\/[^"]+)"/.exec(body)?.[1] ?? "";
    const pdf = (await ask("thu.lanhdao", href)).rawPayload;
    const [page, ...more] = pdfPages(pdf);
    expect([more.length, page && wordsOutside(page, 8 * MM), fontsIn(pdf).foreign]).toEqual([0, [], []]);
    expect(page?.words.map(({ text }) => text).join(" ")).toContain("Báo cáo tuần về độ bao phủ");
    expect((await ask("thu.kiemsoat", href)).statusCode).toBe(404);
  });

  it("a unit that ended gets none, and a territory whose report fails holds back nobody else's", async () => {
    await house.pool.query("update drive_unit set valid_to = '2026-11-20' where unit_code = 'XA1'");
    await house.pool.query(
      `insert into report_reader (scope_code, email, added_at, added_by)
       select code, lower(code) || '@example.vn', '2026-11-01', (select min(staff_id) from staff)
         from unnest('{XA0,XA1,XA2}'::text[]) code`,
    );
    const error = vi.spyOn(house.log, "error").mockReturnValue(undefined);
    expect(await makeDueReports(house)).toEqual({ made: 1, failed: 1 });
    const line = { alarm: "report_failed", scope: "XA0" };
    expect(error.mock.calls.map(([said]) => said)).toEqual([expect.objectContaining(line)]);
    error.mockRestore();
    const { rows } = await house.pool.query("select recipient from notice where recipient like 'xa%'");
    expect(rows).toEqual([{ recipient: "xa2@example.vn" }]);
  });
});

it("the least group that is shown and the hour of the report are told as the operator has set them", async () => {
  const set = { from: "2021-01-02", by: "Quyết định thử" };
  await setPolicy(house, reportTime, { value: { weekday: 4, hour: 9 }, ...set });
  await setPolicy(house, leastShown, { value: 90, ...set });
  const leader = textOf((await ask("thu.lanhdao", "/console/coverage/leader")).body);
  expect(leader).toContain("lúc 9 giờ thứ Năm hằng tuần");
  expect(leader).toContain("Ít hơn 90 người: không hiện số liệu");
  const definitions = textOf((await ask("thu.lanhdao", "/console/coverage/definitions")).body);
  expect(definitions).toContain("Nhóm dưới 90 người không hiện.");
  expect(textOf((await ask("thu.kiemsoat", "/console/coverage")).body)).toContain(
    "Ít hơn 90 người: không hiện số liệu",
  );
});
