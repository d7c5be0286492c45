import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { staffReviewDays } from "../account/rules-policies.ts";
import { heldRights } from "../account/store-staff-review.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Forbidden, Invalid } from "../kernel/failures.ts";
import type { Policy } from "../kernel/policy.ts";
import { setPolicy } from "../policy/set.ts";
import { enrolAuthenticator, hired, openStaffSession, staffBehind } from "../staff-factor/staff.fixture.ts";
import { linesOfOffice, standingOfOffices } from "./read-office.ts";
import { reviewOffice } from "./review-office.ts";
import { findOfficeReview, linesOfReview, nextReviewNo, reviewsOf } from "./store.ts";

const OFFICE = "52T01";
const AWAY = "52T02";

let house: TestHouse;
let chief: Staff;
let lan: Staff;
let minh: Staff;
const day = (iso: string) => house.clock.moveTo(new Date(`${iso}T09:00:00+07:00`));

beforeAll(async () => {
  house = await openTestHouse();
  day("2026-01-05");
  chief = await member("phan.truong", "Phan Văn Trưởng", "supervisor", OFFICE);
  lan = await member("tran.lan", "Trần Thị Lan", "officer", OFFICE);
  minh = await member("le.minh", "Lê Văn Minh", "officer", OFFICE, AWAY);
});
afterAll(() => house.close());
let tests = 0;
/** Each test has a day of its own, after the quarter: at one instant a member is confirmed once. */
beforeEach(() => day(`2026-04-${10 + tests++}`));

async function member(
  username: string,
  name: string,
  role: string,
  office: string,
  ...others: string[]
): Promise<Staff> {
  const { staff } = await hired(house, { username, name, role, office });
  for (const code of others) {
    await house.pool.query(
      "insert into staff_role (staff_id, role, office_code, valid_from) values ($1, $2, $3, '2026-01-05')",
      [staff.staffId, role, code],
    );
  }
  const { token } = await openStaffSession(house, staff.staffId);
  return staffBehind(house, token);
}

const sign = async (by: Staff, form: Record<string, string>, office = OFFICE) =>
  reviewOffice(house, by, { officeCode: office, no: await nextReviewNo(house.db, office), form });
const rolesOf = async ({ staffId }: Staff) =>
  (await heldRights(house.db, house.clock.now().toISOString().slice(0, 10)))
    .filter((one) => one.staffId === staffId)
    .map(({ right }) => right);
const audited = async (action: string) =>
  (
    await house.pool.query(
      "select actor_kind, actor_id, object_id, detail from audit_event where action = $1 order by event_id",
      [action],
    )
  ).rows;
const reason = "Chuyển sang bộ phận khác";

describe("the review of an office", () => {
  it("shows who holds what there since when, their factors and looks, and what nobody confirmed for a quarter", async () => {
    const { token } = await openStaffSession(house, lan.staffId);
    await enrolAuthenticator(house, await staffBehind(house, token));
    await house.pool.query(
      "insert into audit_event (at, actor_kind, actor_id, action, purpose, detail) select $1::timestamptz - make_interval(days => d), 'staff', $2, a, 'review', '{}' from (values (1, 'person.look'), (29, 'review.look'), (40, 'person.look'), (1, 'review.list')) v (d, a)",
      [house.clock.now(), lan.staffId],
    );
    const lines = await linesOfOffice(house.db, OFFICE, house.clock.now());
    expect(lines.map(({ name, held }) => [name, held])).toEqual([
      ["Lê Văn Minh", "officer@52T01"],
      ["Phan Văn Trưởng", "supervisor@52T01"],
      ["Trần Thị Lan", "officer@52T01"],
    ]);
    expect(lines.find(({ staffId }) => staffId === lan.staffId)).toMatchObject({
      ...{ since: "2026-01-05", factors: ["authenticator"], looks: 2, isDue: true, confirmedUntil: "2026-04-07" },
    });
    const [first] = await standingOfOffices(house.db, house.clock.now());
    expect(first).toMatchObject({ officeCode: OFFICE, members: 3, rights: 3, due: 3, last: undefined });
  });

  it("confirms what is kept, is kept itself as it was signed, and leaves one's own rights due", async () => {
    const form = { [`do-${lan.staffId}-officer`]: "keep", [`do-${chief.staffId}-supervisor`]: "keep" };
    expect(await sign(chief, form)).toEqual({ kept: 1, ended: 0 });
    const lines = await linesOfOffice(house.db, OFFICE, house.clock.now());
    expect(lines.find(({ staffId }) => staffId === lan.staffId)).toMatchObject({
      ...{ confirmedOn: "2026-04-11", confirmedBy: "Phan Văn Trưởng", isDue: false, confirmedUntil: "2026-07-12" },
    });
    expect(lines.find(({ staffId }) => staffId === chief.staffId)).toMatchObject({ isDue: true, confirmedOn: null });
    expect(await findOfficeReview(house.db, OFFICE, 1)).toMatchObject({ byId: chief.staffId, kept: 1, ended: 0 });
    expect(await linesOfReview(house.db, OFFICE, 1)).toMatchObject([
      { staffId: lan.staffId, held: "officer@52T01", since: "2026-01-05", verdict: "keep", reason: null },
    ]);
    expect(await audited("staff_rights_confirmed")).toMatchObject([
      { actor_kind: "staff", actor_id: chief.staffId, object_id: lan.staffId, detail: { rights: ["officer@52T01"] } },
    ]);
    expect(await audited("staff_office_reviewed")).toMatchObject([
      { actor_id: chief.staffId, object_id: OFFICE, detail: { review: 1, kept: 1, ended: 0 } },
    ]);
  });

  it("ends a role at this office alone, and a right beyond it, at once and with a reason", async () => {
    await house.pool.query(
      "insert into staff_right (staff_id, name, given_at, given_by) values ($1, 'claims', $2, 'QĐ 1')",
      [minh.staffId, house.clock.now()],
    );
    const form = {
      [`do-${minh.staffId}-officer`]: "end",
      [`why-${minh.staffId}-officer`]: reason,
      [`do-${minh.staffId}-claims`]: "end",
      [`why-${minh.staffId}-claims`]: reason,
    };
    await expect(sign(chief, { ...form, [`why-${minh.staffId}-claims`]: "thôi" })).rejects.toBeInstanceOf(Invalid);
    expect(await rolesOf(minh)).toEqual(["officer@52T01", "officer@52T02", "right:claims"]);
    expect(await sign(chief, form)).toEqual({ kept: 0, ended: 2 });
    expect(await rolesOf(minh)).toEqual(["officer@52T02"]);
    expect(await audited("staff_role_ended")).toMatchObject([
      { actor_id: chief.staffId, object_id: minh.staffId, detail: { role: "officer", office: OFFICE } },
    ]);
    expect(await audited("staff_right_ended")).toMatchObject([
      { actor_id: chief.staffId, detail: { right: "claims" } },
    ]);
    const [last] = await reviewsOf(house.db, OFFICE, 1);
    expect(last).toMatchObject({ ended: 2 });
    expect((await linesOfReview(house.db, OFFICE, last?.no ?? 0)).map((line) => line.reason)).toEqual([reason, reason]);
  });

  it("is nobody's who does not answer for that office, and never about oneself", async () => {
    const keepsLan = { [`do-${lan.staffId}-officer`]: "keep" };
    await expect(sign(lan, keepsLan)).rejects.toBeInstanceOf(Forbidden);
    await expect(sign(chief, keepsLan, AWAY)).rejects.toBeInstanceOf(Forbidden);
    await expect(sign(chief, { [`do-${chief.staffId}-supervisor`]: "keep" })).rejects.toBeInstanceOf(Invalid);
    await expect(
      house.pool.query(
        `insert into office_review_line (office_code, review_no, staff_id, held, reviewed_by, held_since, factors, looks, verdict)
         values ($1, 1, $2, 'supervisor@52T01', $2, '2026-01-05', '{}', 0, 'keep')`,
        [OFFICE, chief.staffId],
      ),
    ).rejects.toThrow("office_review_line_two_persons");
  });

  it("is refused whole where another was signed since the page was shown, also at the same moment", async () => {
    const no = await nextReviewNo(house.db, OFFICE);
    const asked = { officeCode: OFFICE, no, form: { [`do-${lan.staffId}-officer`]: "keep" } };
    const both = await Promise.allSettled([reviewOffice(house, chief, asked), reviewOffice(house, chief, asked)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(reviewOffice(house, chief, asked)).rejects.toBeInstanceOf(Conflict);
    expect(await nextReviewNo(house.db, OFFICE)).toBe(no + 1);
  });

  it("cannot be changed or taken away by the application", async () => {
    for (const act of ["update office_review set reviewed_at = now()", "delete from office_review_line"]) {
      await expect(house.pool.query(act)).rejects.toThrow("permission denied");
    }
  });

  it("falls due by the operator's figure", async () => {
    const standing = async () =>
      (await standingOfOffices(house.db, house.clock.now())).find((one) => one.officeCode === AWAY);
    expect(await standing()).toMatchObject({ due: 1 });
    await setPolicy(house, staffReviewDays as Policy<unknown>, { value: 366, from: "2026-04-18", by: "QĐ 9" });
    expect(await standing()).toMatchObject({ due: 1 });
    day("2026-04-18");
    expect(await standing()).toMatchObject({ due: 0, until: "2027-01-06" });
  });
});

describe("its pages", () => {
  const page = async (token: string, path: string) =>
    house.app.inject({
      url: `/console/staff-review${path}`,
      cookies: { vssid_session: token },
    });

  it("lead whoever answers for one office there, and show another's to nobody but auditors", async () => {
    const { token } = await openStaffSession(house, chief.staffId);
    expect((await page(token, "")).headers.location).toBe("/console/staff-review/52T01");
    const own = await page(token, "/52T01");
    expect(own.body).toContain(`name="do-${lan.staffId}-officer"`);
    expect(own.body).not.toContain(`name="do-${chief.staffId}-supervisor"`);
    expect((await page(token, "/52T02")).statusCode).toBe(404);
    const auditor = await hired(house, { username: "vu.kiem", name: "Vũ Kiểm", role: "auditor" });
    const read = await page(auditor.token, "/52T01");
    expect([read.statusCode, read.body.includes("do-")]).toEqual([200, false]);
  });

  it("are open to the leader of an office, and not to one of units", async () => {
    const leader = await hired(house, { username: "ld.coquan", name: "Lý Lãnh Đạo", role: "leader", office: OFFICE });
    expect((await page(leader.token, "/52T01")).body).toContain(`name="do-${lan.staffId}-officer"`);
    const other = await hired(house, { username: "ld.donvi", name: "Lý Đơn Vị", role: "leader" });
    expect((await page(other.token, "")).statusCode).toBe(404);
    expect((await page(other.token, "/52T01")).statusCode).toBe(404);
  });

  it("give a signed review as a table of a spreadsheet, and write down that it left", async () => {
    const { token } = await openStaffSession(house, chief.staffId);
    const { body, headers } = await page(token, "/52T01/1/review.csv");
    expect(headers["content-disposition"]).toContain("52T01-1.csv");
    expect(body).toContain('"Trần Thị Lan","tran.lan","Cán bộ tiếp nhận","2026-01-05"');
    expect(await audited("staff_review_exported")).toMatchObject([{ actor_id: chief.staffId, object_id: OFFICE }]);
  });
});
