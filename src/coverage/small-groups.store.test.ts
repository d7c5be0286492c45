import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { findStaffByUsername } from "../account/store-staff.ts";
import { hired, openStaffSession } from "../staff-factor/staff.fixture.ts";
import { readReport } from "./make-report.ts";
import { addLine, addUnit } from "./roll-up.fixture.ts";
import { rollUp } from "./roll-up.ts";

/**
 * NHO: a territory of three people. LON: one whose commune LA had two people until 20/11 and has 22 since, beside LB and
 * LC of 30. MOI: two people until 20/11, 22 since.
 */
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  for (const code of ["NHO", "LON", "MOI"]) await addUnit(house, { unit_code: code, kind: "district" });
  for (const code of ["LA", "LB", "LC"]) await addUnit(house, { unit_code: code, parent_code: "LON" });
  await fill("NHO", 3, "2026-10-01");
  for (const code of ["LA", "MOI"]) {
    await fill(code, 2, "2026-10-01");
    await fill(code, 20, "2026-11-20");
  }
  await fill("LB", 30, "2026-10-01");
  await fill("LC", 31, "2026-10-01");
  await rollUp(house);
  for (const unit of ["NHO", "LON", "MOI"]) {
    const username = `thu.${unit.toLowerCase()}`;
    await hired(house, { username, name: "Trần Thị Lan", role: "leader", unit });
    const target = {
      act: "target",
      moment: "approved",
      percent: "30",
      due_day: "31",
      due_month: "12",
      due_year: "2026",
    };
    expect((await ask(unit, "/console/coverage/leader", target)).statusCode).toBe(303);
  }
});
afterAll(() => house.close());

/** So many people of a day on; every second of them was approved on the next. */
async function fill(unit: string, people: number, joined: string): Promise<void> {
  const approved = `${joined.slice(0, 8)}${String(Number(joined.slice(8)) + 1).padStart(2, "0")}`;
  for (let at = 0; at < people; at += 1) {
    await addLine(house, { unit, joined, ...(at % 2 ? { declared: joined, approved } : {}) });
  }
}

async function ask(unit: string, url: string, form?: Record<string, string>) {
  const staff = await findStaffByUsername(house.db, `thu.${unit.toLowerCase()}`);
  const { token } = await openStaffSession(house, staff?.staff_id ?? "");
  const headers = { cookie: `vssid_session=${token}` };
  const page = await house.app.inject({ url, headers });
  if (!form) return page;
  const _token = /name="_token" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
  const payload = new URLSearchParams({ ...form, _token }).toString();
  const type = { "content-type": "application/x-www-form-urlencoded" };
  return house.app.inject({ method: "POST", url, headers: { ...headers, ...type }, payload });
}

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replaceAll("\u00a0", " ")
    .replace(/\s+/g, " ");
const linesOf = (csv: string) => csv.trim().split("\r\n").slice(2);

describe("a territory of fewer people than are shown", () => {
  it("shows its leader no count, and not whether a target is reached", async () => {
    const text = textOf((await ask("NHO", "/console/coverage/leader")).body);
    expect(text).toContain("Ít hơn 5 người: không hiện số liệu");
    expect(text).not.toMatch(/\d \/ \d người|Đã đạt/);
    expect(text).toContain("còn 38 ngày");
    const large = textOf((await ask("LON", "/console/coverage/leader")).body);
    expect(large).toMatch(/41 \/ 83 người|42 \/ 83 người/);
    expect(large).toContain("Đã đạt");
  });
});

describe("a unit that has grown", () => {
  it("shows no week in which it was too small, on its page or in a table", async () => {
    const page = textOf((await ask("LON", "/console/coverage/units/LA")).body);
    expect(page).toContain("11 / 22 người");
    expect(page).not.toMatch(/\b[012] \/ 2 người/);
    const csv = (await ask("LON", "/console/coverage.csv?unit=LA")).body;
    expect(linesOf(csv)).toEqual(['"23/11/2026","11","22","50"']);
  });

  it("hides then, too, the one beside it from which it could be computed", async () => {
    const weeks = async (unit: string) => linesOf((await ask("LON", `/console/coverage.csv?unit=${unit}`)).body).length;
    expect([await weeks("LA"), await weeks("LB"), await weeks("LC"), await weeks("LON")]).toEqual([1, 1, 8, 8]);
  });

  it("has no share of four weeks ago or of last week, on paper, in a table, in its territory's sentence", async () => {
    const csv = (await ask("LON", "/console/coverage.csv")).body;
    expect(csv).toContain('"Đơn vị LA","11","22","50","",');
    expect(csv).toContain('"Đơn vị LC","15","31","48,4","48,4",');
    expect((await ask("MOI", "/console/coverage.csv")).body).toContain('"Đơn vị MOI","11","22","50","",');
    expect(textOf((await ask("MOI", "/console/coverage")).body)).not.toContain("điểm");
    expect(textOf((await ask("LON", "/console/coverage")).body)).toContain("điểm");
    const { rows } = await readReport(house, "MOI", house.clock.now());
    expect(rows.map(([, , , gain]) => gain)).toEqual(["–", "–", "–", "–", "–"]);
  });

  it("does not say what has changed since it was too small", async () => {
    const text = textOf((await ask("MOI", "/console/coverage/leader")).body);
    expect(text).toContain("Tuần trước có ít hơn 5 người: không hiện thay đổi");
    expect(text).not.toContain("Danh sách thêm");
    expect(textOf((await ask("LON", "/console/coverage/leader")).body)).toContain("Danh sách thêm 20 người");
  });
});
