import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { findStaffByUsername } from "../account/store-staff.ts";
import { accept } from "../review/accept.ts";
import { aReceived, aStaff, countOf } from "../review/counter.fixture.ts";
import { hired, openStaffSession } from "../staff-factor/staff.fixture.ts";
import { queue } from "./notices.fixture.ts";
import { searchStatement } from "./store-read.ts";

let house: TestHouse;
let accepted: { code: string; phone: string; insurance: string; personId: string };
beforeAll(async () => {
  house = await openTestHouse();
  await hired(house, { username: "thu.canbo", name: "Trần Thị Lan", role: "officer", office: "52T01" });
  await hired(house, { username: "thu.canbo2", name: "Lê Văn Minh", role: "officer", office: "52T02" });
  const officer = await aStaff(house, "Cán bộ Thử");
  const file = await aReceived(house, officer);
  const { personId } = await accept(house, officer, { code: file.code, note: "" });
  accepted = {
    code: file.code,
    phone: file.phone ?? "",
    insurance: file.insuranceNumber ?? "",
    personId: personId ?? "",
  };
  await queue(house, {
    template: "password_changed",
    personId: accepted.personId,
    phone: "0987000222",
    secrets: undefined,
    fields: { at: "09:00 23/11/2026" },
  });
});
afterAll(() => house.close());

async function search(q: string, username = "thu.canbo") {
  const staff = await findStaffByUsername(house.db, username);
  const { token } = await openStaffSession(house, staff?.staff_id ?? "");
  const headers = { cookie: `vssid_session=${token}` };
  const shown = await house.app.inject({ url: "/console/outbox", headers });
  const _token = /name="_token" value="([^"]+)"/.exec(shown.body)?.[1] ?? "";
  return house.app.inject({
    method: "POST",
    url: "/console/outbox",
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({ _token, q }).toString(),
  });
}
const idsIn = (body: string) => new Set([...body.matchAll(/\/console\/outbox\/(\d+)/g)].map(([, id]) => id)).size;

describe("the search for messages", () => {
  it("finds them by the number of the person, by telephone and by address, with those of the account", async () => {
    const byNumber = await search(`${accepted.insurance.slice(0, 4)} ${accepted.insurance.slice(4)}`);
    expect(byNumber.statusCode).toBe(200);
    expect(byNumber.body).toContain("Chấp nhận, cấp tài khoản");
    expect(byNumber.body).toContain("Mật khẩu vừa đổi");
    expect(byNumber.body).not.toContain(accepted.phone);
    expect(idsIn((await search(accepted.phone)).body)).toBe(2);
    expect((await search("HUONG@example.vn")).body).toContain("Chấp nhận, cấp tài khoản");
    expect((await search(accepted.code)).headers.location).toBe(`/console/outbox?code=${accepted.code}`);
  });

  it("shows nothing to an office at which the person has no file, and says so", async () => {
    const { body, statusCode } = await search(accepted.insurance, "thu.canbo2");
    expect(statusCode).toBe(200);
    expect(body).toContain("Không có tin nào của cơ quan này khớp");
    expect(idsIn(body)).toBe(0);
  });

  it("says what to type when it is nothing that can be looked for, and keeps what was typed", async () => {
    const { body, statusCode } = await search("Nguyễn Thị");
    expect(statusCode).toBe(422);
    expect(body).toContain("Nhập đủ mã hồ sơ");
    expect(body).toContain('value="Nguyễn Thị"');
  });

  it("is on record without what was typed", async () => {
    const before = await countOf(house, "audit_event where action = 'notices.search'");
    await search(accepted.insurance);
    expect(
      await countOf(house, "audit_event where action = 'notices.search' and person_id = $1", accepted.personId),
    ).toBeGreaterThan(0);
    expect(await countOf(house, "audit_event where action = 'notices.search'")).toBe(before + 1);
    expect(await countOf(house, "audit_event where detail::text like '%' || $1 || '%'", accepted.insurance)).toBe(0);
  });

  it("does not read the whole outbox, whatever is looked for", async () => {
    await house.pool.query(`
      insert into notice (dedupe_key, class, channel, template, lang, recipient, person_id, declaration_id, office_code,
        created_at, queued_at, due_at, next_at, state, sent_at)
      select 'x' || n || ':sms', 'reminder', 'sms', 'password_warning', 'vi', '08' || lpad(n::text, 8, '0'), 100000 + n,
             100000 + n, '52T01', timestamptz '2026-11-01' + n * interval '1 second', '2026-11-01', '2026-12-01',
             '2026-11-01', 'sent', '2026-11-01' from generate_series(1, 20000) n`);
    await house.pool.query("analyze notice");
    const nobody = { recipients: [], personIds: [], declarationIds: [], ownPersonIds: [] };
    const searches = [
      { ...nobody, recipients: ["0800000007"] },
      { ...nobody, personIds: ["100007"] },
      {
        ...nobody,
        recipients: ["0800000007"],
        personIds: ["100007"],
        declarationIds: ["100007"],
        ownPersonIds: ["100007"],
      },
    ];
    for (const officeCodes of [["52T01"], undefined]) {
      for (const one of searches) {
        const { sql, parameters } = searchStatement(house.db, { officeCodes }, one, 51).compile();
        const { rows } = await house.pool.query(`explain (format json) ${sql}`, [...parameters]);
        expect(JSON.stringify(rows[0])).not.toMatch(/"Seq Scan"/);
      }
    }
  });
});
