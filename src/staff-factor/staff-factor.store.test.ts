import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { browserOn, visible } from "../account/browser.fixture.ts";
import { changeStaffPassword } from "../account/change-staff-password.ts";
import { identify } from "../account/identify.ts";
import { addStaff, renewStaffPassword } from "../account/staff.ts";
import { staffSignIn } from "../account/staff-sign-in.ts";
import { Device } from "../factor/device.fixture.ts";
import { keyOf } from "../factor/factor.fixture.ts";
import { relyingParty } from "../factor/passkey-ask.ts";
import { digitsAt, stepOf } from "../factor/rules-totp.ts";
import { beginStaffAuthenticator } from "./authenticator.ts";
import {
  addStaffPasskey,
  askForNewStaffPasskey,
  askForStaffPasskey,
  removeStaffPasskey,
  showPasskey,
} from "./passkeys.ts";
import { proveStaffCode } from "./prove-code.ts";
import { resetFactorsOf, resetStaffFactors } from "./reset.ts";
import { showCode } from "./show-code.ts";
import { enrolAuthenticator, hired, openStaffSession, ownPassword, staffBehind } from "./staff.fixture.ts";

const start = Date.parse("2026-11-23T02:00:00.000Z");
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ at: new Date(start).toISOString() });
});
afterAll(() => house.close());

const minutes = (count: number) => house.clock.moveTo(new Date(house.clock.now().getTime() + count * 60_000));
const enter = (username: string, password: string, code?: string) =>
  staffSignIn(house, { username, password, code, device: "", now: house.clock.now() });
const add = (username: string, more: { role?: string; office?: string; email?: string; name?: string } = {}) =>
  addStaff(house, { username, name: "Lê Văn Minh", role: "auditor", password: ownPassword, ...more });

describe("a member who has no second factor yet", () => {
  test("gets in by the password as far as adding one, and no further", async () => {
    await add("moi.vao");
    const { token, isHalf, expiresAt } = await enter("moi.vao", ownPassword);
    expect(isHalf).toBe(true);
    expect(expiresAt.getTime() - house.clock.now().getTime()).toBeLessThanOrEqual(10 * 60_000);
    const half = await staffBehind(house, token);
    expect([half.owes, half.roles]).toEqual(["factor", []]);
    const desk = browserOn(() => house.app);
    desk.cookies.set("vssid_session", token);
    for (const url of ["/console", "/console/me", "/console/persons", "/console/outbox"]) {
      expect((await desk.get(url)).headers.location).toContain("/console/sign-in/next");
    }
    const headers = { authorization: `Bearer ${token}` };
    const api = await house.app.inject({ method: "DELETE", url: "/api/v1/session", headers });
    expect([api.statusCode, api.json().code]).toEqual([403, "must_settle"]);
    expect(await keyOf(changeStaffPassword(house, half, { ...changing, currentPassword: ownPassword }))).toBe(
      "must_settle",
    );
    const next = await desk.get("/console/sign-in/next?next=/console/me");
    expect(next.headers.location).toBe("/console/sign-in/authenticator?next=%2Fconsole%2Fme");
  });

  test("the first right digits open a whole session with another token, and spare codes are shown once", async () => {
    const { token } = await enter("moi.vao", ownPassword);
    const desk = browserOn(() => house.app);
    desk.cookies.set("vssid_session", token);
    const shown = visible((await desk.get("/console/sign-in/authenticator")).body);
    const secret = /Gõ khóa này ([A-Z2-7 ]+?) Nhập/.exec(shown)?.[1]?.replaceAll(" ", "") ?? "";
    const wrong = await desk.fill("/console/sign-in/authenticator", { code: "12" });
    expect([wrong.statusCode, visible(wrong.body)]).toEqual([422, expect.stringContaining("Nhập đủ 6 số")]);
    const code = digitsAt(secret, stepOf(house.clock.now()) - 1);
    const done = await desk.fill("/console/sign-in/authenticator", { code, next: "/console/me" });
    expect(done.statusCode).toBe(200);
    const spare = [...done.body.matchAll(/>([2-9a-z]{5}-[2-9a-z]{5})</g)].map(([, one]) => one);
    expect(spare).toHaveLength(8);
    expect(desk.cookies.get("vssid_session")).not.toBe(token);
    expect(await identify(house, { cookie: token })).toEqual({ kind: "anyone" });
    expect(visible((await desk.get("/console/me")).body)).toContain("Mã dự phòng còn lại 8");
    const whole = await enter("moi.vao", ownPassword, spare[0]);
    expect((await staffBehind(house, whole.token)).roles).toEqual([{ role: "auditor" }]);
    expect(await keyOf(enter("moi.vao", ownPassword, spare[0]))).toBe("totp_wrong");
  });
});

const changing = { currentPassword: "", newPassword: "gối tre bờ suối nắng thu", now: new Date(start) };

describe("a second factor", () => {
  test("of the same step opens once, a wrong one five times at most, and the password alone adds no other one", async () => {
    await add("hai.lop");
    const { secret } = await enrolAuthenticator(
      house,
      await staffBehind(house, (await enter("hai.lop", ownPassword)).token),
    );
    const now = () => digitsAt(secret, stepOf(house.clock.now()));
    expect((await enter("hai.lop", ownPassword, now())).isHalf).toBe(false);
    expect(await keyOf(enter("hai.lop", ownPassword, now()))).toBe("totp_wrong");
    const half = await staffBehind(house, (await enter("hai.lop", ownPassword)).token);
    expect(half.owes).toBe("proof");
    expect(await keyOf(beginStaffAuthenticator(house, half, house.clock.now()))).toBe("must_settle");
    expect(await keyOf(askForNewStaffPasskey(house, half, house.clock.now()))).toBe("must_settle");
    for (let n = 0; n < 4; n += 1) await keyOf(proveStaffCode(house, half.staffId, "000000", house.clock.now()));
    minutes(1);
    expect(await keyOf(showCode(house, half, { code: now(), device: "", now: house.clock.now() }))).toBe("locked");
    minutes(16);
    const again = await staffBehind(house, (await enter("hai.lop", ownPassword)).token);
    const opened = await showCode(house, again, { code: now(), device: "", now: house.clock.now() });
    expect((await staffBehind(house, opened?.token ?? "")).owes).toBeUndefined();
    const { rows } = await house.pool.query("select detail from audit_event where action = 'staff_sign_in' order by 1");
    expect(rows.at(-1)?.detail).toEqual({ by: ["password", "authenticator"] });
  });

  test("is a passkey as well: added first, shown later, refused when it was copied, kept while it is the only one", async () => {
    const { id: rpId, origin } = relyingParty(house);
    const device = new Device({ rpId, origin });
    await add("khoa.may");
    const half = await staffBehind(house, (await enter("khoa.may", ownPassword)).token);
    const now = house.clock.now();
    const response = device.make(await askForNewStaffPasskey(house, half, now));
    const opened = await addStaffPasskey(house, half, { response, name: "Máy ở quầy", device: "", now });
    const first = await staffBehind(house, opened?.token ?? "");
    expect(first.roles).toEqual([{ role: "auditor" }]);
    const other = await staffBehind(house, (await enter("khoa.may", ownPassword)).token);
    expect(other.owes).toBe("proof");
    const signed = device.sign(await askForStaffPasskey(house, other, now));
    const show = (answer: string, who = other) => showPasskey(house, who, { response: answer, device: "", now });
    expect(await keyOf(show(signed, first))).toBe("passkey_refused");
    const answer = device.sign(await askForStaffPasskey(house, other, now));
    expect((await staffBehind(house, (await show(answer))?.token ?? "")).owes).toBeUndefined();
    expect(await keyOf(removeStaffPasskey(house, first, device.id.toString("base64url"), now))).toBe("last_factor");
    const again = await staffBehind(house, (await enter("khoa.may", ownPassword)).token);
    const hung = device.sign(await askForStaffPasskey(house, again, now));
    const later = new Date(now.getTime() + 1000);
    const next = device.sign(await askForStaffPasskey(house, again, later));
    expect(await keyOf(showPasskey(house, again, { response: next, device: "", now: later }))).toBe("right");
    expect(await keyOf(show(hung, again)), "overtaken on its way, not copied").toBe("passkey_refused");
    device.counter = 0;
    const third = await staffBehind(house, (await enter("khoa.may", ownPassword)).token);
    expect(await keyOf(show(device.sign(await askForStaffPasskey(house, third, later)), third))).toBe("passkey_copied");
  });

  test("that was just shown opens heavy acts for fifteen minutes; then what was typed waits for it", async () => {
    const { token, staff } = await hired(house, {
      username: "viec.nang",
      name: "Cán bộ Nặng",
      role: "supervisor",
      office: "52T01",
    });
    const half = await openStaffSession(house, staff.staffId, ["password"]);
    const { secret } = await enrolAuthenticator(house, await staffBehind(house, half.token));
    const desk = browserOn(() => house.app);
    desk.cookies.set("vssid_session", token);
    const reset = (form: Record<string, string>) => desk.fill("/console/me", form, "/console/me/factor-reset");
    expect((await reset({ reason: "lost" })).statusCode).toBe(422);
    minutes(10);
    await desk.get("/console/me");
    minutes(6);
    const stale = await reset({ reason: "lost", colleague: "1" });
    expect(stale.statusCode).toBe(403);
    expect(visible(stale.body)).toContain("Cần xác nhận lại");
    const hidden = (name: string) =>
      new RegExp(`name="${name}" value="([^"]*)"`).exec(stale.body)?.[1]?.replaceAll("&quot;", '"') ?? "";
    const code = digitsAt(secret, stepOf(house.clock.now()));
    const kept = { next: hidden("next"), kept: hidden("kept"), code };
    const proved = await desk.fill("/console/me", kept, "/console/sign-in/code");
    expect(visible(proved.body)).toContain("Nội dung đã nhập còn nguyên");
    expect(proved.body).toContain('action="/console/me/factor-reset"');
    expect(proved.body).toContain('name="reason" value="lost"');
    expect((await identify(house, { cookie: token })).kind).toBe("anyone");
    expect(await staffBehind(house, desk.cookies.get("vssid_session") ?? "")).toMatchObject({ staffId: staff.staffId });
    expect((await reset({ reason: "", colleague: staff.staffId })).statusCode).toBe(422);
  });
});

describe("a lost second factor", () => {
  test("is taken away by a supervisor of the same office with a reason; sessions end and the member is told", async () => {
    const member = await hired(house, {
      username: "mat.may",
      name: "Đỗ Mất Máy",
      role: "officer",
      office: "52T01",
      email: "mat.may@example.vn",
    });
    const half = await openStaffSession(house, member.staff.staffId, ["password"]);
    await enrolAuthenticator(house, await staffBehind(house, half.token));
    const chief = await hired(house, { username: "kiem.soat", name: "Kiểm", role: "supervisor", office: "52T01" });
    const other = await hired(house, { username: "kiem.khac", name: "Khác", role: "supervisor", office: "52T02" });
    const asked = { staffId: member.staff.staffId, reason: "lost", now: house.clock.now() };
    expect(await keyOf(resetStaffFactors(house, other.staff, asked))).toBe("forbidden");
    expect(await keyOf(resetStaffFactors(house, member.staff, asked))).toBe("forbidden");
    expect(await keyOf(resetStaffFactors(house, chief.staff, { ...asked, staffId: chief.staff.staffId }))).toBe(
      "forbidden",
    );
    expect(await keyOf(resetStaffFactors(house, chief.staff, { ...asked, reason: "vì thế" }))).toBe("reason_missing");
    await resetStaffFactors(house, chief.staff, asked);
    expect(await identify(house, { cookie: member.token })).toEqual({ kind: "anyone" });
    const back = await staffBehind(house, (await enter("mat.may", ownPassword)).token);
    expect(back.owes).toBe("factor");
    const { rows } = await house.pool.query(
      "select actor_id, object_id, detail from audit_event where action = 'staff_factors_reset'",
    );
    expect(rows).toEqual([
      { actor_id: chief.staff.staffId, object_id: member.staff.staffId, detail: { reason: "lost", passkeys: 0 } },
    ]);
    const told = await house.pool.query("select recipient from notice where template = 'factor_changed'");
    expect(told.rows.map(({ recipient }) => recipient)).toEqual(["mat.may@example.vn", "mat.may@example.vn"]);
    expect(await resetFactorsOf(house, "mat.may", "broken")).toEqual({ name: "Đỗ Mất Máy" });
  });
});

describe("a password of staff", () => {
  test("made by the operator opens only the page for one's own, which must be new and strong", async () => {
    const { staff } = await hired(house, { username: "tam.thoi", name: "Võ Tạm", role: "auditor" });
    const { password } = await renewStaffPassword(house, "tam.thoi");
    const { token } = await openStaffSession(house, staff.staffId);
    const owing = await staffBehind(house, token);
    expect([owing.owes, owing.roles]).toEqual(["password", []]);
    const now = house.clock.now();
    const change = (currentPassword: string, newPassword: string) =>
      keyOf(changeStaffPassword(house, owing, { currentPassword, newPassword, now }));
    expect(await change("không phải", changing.newPassword)).toBe("current_wrong");
    expect(await change(password, "ngắn")).toBe("password_short");
    expect(await change(password, ownPassword)).toBe("password_used_before");
    expect(await change(password, changing.newPassword)).toBe("right");
    expect((await staffBehind(house, token)).owes).toBeUndefined();
    expect(await change(changing.newPassword, `${changing.newPassword}1`)).toBe("password_like_old");
  });

  test("is good for six months, of an operator for two; then the page for a new one opens and nothing else", async () => {
    const owesAt = async (username: string, role: string, day: string) => {
      house.clock.moveTo(new Date("2026-11-23T02:00:00.000Z"));
      const { staff } = await hired(house, { username, name: "Hồ Cũ", role });
      house.clock.moveTo(new Date(day));
      return (await staffBehind(house, (await openStaffSession(house, staff.staffId)).token)).owes;
    };
    expect(await owesAt("cu.mot", "auditor", "2027-05-23T16:59:00Z")).toBeUndefined();
    expect(await owesAt("cu.hai", "auditor", "2027-05-23T17:00:00Z")).toBe("password");
    expect(await owesAt("cu.ba", "operator", "2027-01-23T16:59:00Z")).toBeUndefined();
    expect(await owesAt("cu.bon", "operator", "2027-01-23T17:00:00Z")).toBe("password");
  });
});

test("a form that comes after the session has ended is kept through the sign-in, and sent by one press", async () => {
  house.clock.moveTo(new Date(start));
  const { token, staff } = await hired(house, {
    username: "het.phien",
    name: "Cán bộ Phiên",
    role: "officer",
    office: "52T01",
  });
  const half = await openStaffSession(house, staff.staffId, ["password"]);
  const { spare } = await enrolAuthenticator(house, await staffBehind(house, half.token));
  const desk = browserOn(() => house.app);
  desk.cookies.set("vssid_session", token);
  const page = await desk.get("/console/persons");
  const _token = /name="_token" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
  expect(visible(page.body)).toContain("tự đăng xuất lúc 09:15");
  minutes(16);
  const typed = `_token=${encodeURIComponent(_token)}&q=Nguy%E1%BB%85n&q=Th%E1%BB%AD&password=khong`;
  const late = await house.app.inject({
    method: "POST",
    url: "/console/persons",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    cookies: Object.fromEntries(desk.cookies),
    payload: typed,
  });
  expect([late.statusCode, visible(late.body)]).toEqual([401, expect.stringContaining("Phiên làm việc đã hết")]);
  const kept = /name="kept" value="([^"]*)"/.exec(late.body)?.[1]?.replaceAll("&quot;", '"') ?? "";
  expect(JSON.parse(kept)).toEqual({ q: ["Nguyễn", "Thử"] });
  const form = { username: "het.phien", password: ownPassword, next: "/console/persons", kept };
  const wrong = await desk.fill("/console/sign-in", { ...form, password: "mat khau sai 7" });
  expect(wrong.body).toContain('name="kept" value="{&quot;q&quot;');
  const halfWay = await desk.fill("/console/sign-in", form);
  expect(halfWay.body).toContain('action="/console/sign-in/code"');
  const back = await desk.fill("/console/sign-in", { ...form, code: spare[0] ?? "" });
  expect(back.body).toContain('action="/console/persons"');
  const again = /name="_token" value="([^"]+)"><input type="hidden" name="q" value="Nguyễn"/.exec(
    back.body.replaceAll("/>", ">"),
  )?.[1];
  const sent = await desk.fill("/console/persons", { _token: again ?? "", q: "Nguyễn" });
  expect(sent.statusCode).toBe(200);
});
