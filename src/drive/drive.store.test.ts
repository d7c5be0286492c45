import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { staffSignIn } from "../account/staff-sign-in.ts";
import { enrolAuthenticator, staffBehind } from "../staff-factor/staff.fixture.ts";
import { formTokenFor } from "../web/form-token.ts";
import { SESSION_COOKIE } from "../web/request.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { aMember, aUnit } from "./drive.fixture.ts";
import { importDriveUnits } from "./import-units.ts";
import { endCoordinator, invite, resendInvitation, withdrawInvitation } from "./invite.ts";
import { lookAtUnit, unitsOn } from "./look.ts";
import { addUnit, changeUnit, endUnit } from "./save-unit.ts";
import { findUnit, successorsOf } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(() => house.clean());

const PASSWORD = "bến đò xưa lối cỏ may 52";
const invited = { name: "Phạm Đầu Mối", phone: "0999900701" };
const district = { kind: "district", validFrom: "2008-08-01", validTo: "2025-06-30" } as const;

/** The code, as it waits sealed in the outbox. */
async function codeSent(): Promise<string> {
  const { rows } = await house.pool.query<{ key: string; sealed: Buffer }>(
    "select dedupe_key as key, sealed_fields as sealed from notice where template = 'unit_invitation' order by notice_id desc limit 1",
  );
  const [row] = rows;
  if (!row) throw new Error("no invitation was sent");
  return (JSON.parse(house.vault.open("notice", row.sealed, row.key).toString()) as { invite: string }).invite;
}

async function audited(): Promise<string[]> {
  const { rows } = await house.pool.query<{ action: string }>(
    "select action from audit_event where action like 'drive.%' or action like 'staff_%' order by event_id",
  );
  return rows.map(({ action }) => action).filter((action) => action !== "staff_sign_in");
}

const fill = (token: string, url: string, form: Record<string, string>) =>
  house.app.inject({
    method: "POST",
    url,
    headers: {
      cookie: `${SESSION_COOKIE}=${token}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    payload: new URLSearchParams({ ...form, _token: formTokenFor(house.vault, token) }).toString(),
  });

describe("units", () => {
  it("are added, changed and ended by the supervisor of their office alone, and stay readable as of their days", async () => {
    const supervisor = await aMember(house, "thu.ks", { role: "supervisor", office: "52T01" });
    const officer = await aMember(house, "thu.cb", { role: "officer", office: "52T01" });
    await aUnit(house, "GL", { kind: "province", officeCode: "52000" });
    const form = {
      ...{ unit_code: "XA1", kind: "commune", name: "Xã Một", parent_code: "GL", province_code: "52" },
      ...{ valid_from: "01/07/2025", headcount: "1980", headcount_source: "báo cáo" },
    };
    await addUnit(house, supervisor.actor, form);
    await expect(addUnit(house, supervisor.actor, form)).rejects.toMatchObject({ code: "unit_code_taken" });
    await expect(addUnit(house, officer.actor, { ...form, unit_code: "XA9" })).rejects.toThrow();
    await changeUnit(house, supervisor.actor, "XA1", { headcount: "2000" });
    expect(await findUnit(house.db, "XA1")).toMatchObject({ headcount: 2000, officeCode: "52T01", name: "Xã Một" });
    await aUnit(house, "XA2");
    await aUnit(house, "THON", { kind: "hamlet", parentCode: "XA1" });
    const ending = { valid_to: "22/11/2026", successors: "xa2" };
    await expect(endUnit(house, supervisor.actor, "XA1", ending)).rejects.toMatchObject({ status: 422 });
    await endUnit(house, supervisor.actor, "THON", { valid_to: "22/11/2026" });
    await endUnit(house, supervisor.actor, "XA1", ending);
    const codesOn = async (day: string) => (await unitsOn(house.db, officer.actor, day)).map(({ code }) => code).sort();
    expect(await codesOn("2026-11-22")).toEqual(["THON", "XA1", "XA2"]);
    expect(await codesOn("2026-11-23")).toEqual(["XA2"]);
    expect((await successorsOf(house.db, ["XA1"])).map(({ successor }) => successor)).toEqual(["XA2"]);
    expect(await audited()).toEqual(
      expect.arrayContaining(["drive.unit_added", "drive.unit_changed", "drive.unit_ended"]),
    );
  });

  it("that ended keep what took over until somebody says otherwise", async () => {
    const { actor, token } = await aMember(house, "thu.ks", { role: "supervisor", office: "52T01" });
    for (const code of ["XB1", "XB2"]) await aUnit(house, code);
    const next = async () => (await successorsOf(house.db, ["XB1"])).map(({ successor }) => successor);
    await endUnit(house, actor, "XB1", { valid_to: "22/11/2026", successors: "xb2" });
    await changeUnit(house, actor, "XB1", { name: "Xã Một Đúng" });
    await endUnit(house, actor, "XB1", { valid_to: "21/11/2026" });
    const columns = "unit_code,kind,name,office_code,province_code,valid_from,valid_to";
    const table = (to: string) => ({
      name: "units.csv",
      bytes: Buffer.from(`${columns}\nXB1,commune,Xã Một Mới,52T01,52,01/07/2025,${to}\n`),
    });
    expect(await importDriveUnits(house, table("21/11/2026"))).toMatchObject({ taken: 1, rejects: [] });
    expect(await next()).toEqual(["XB2"]);
    const headers = { cookie: `${SESSION_COOKIE}=${token}` };
    expect((await house.app.inject({ url: "/console/units/XB1", headers })).body).toMatch(
      /<input[^>]*name="successors"[^>]*value="XB2"/,
    );
    await endUnit(house, actor, "XB1", { valid_to: "21/11/2026", successors: "" });
    expect(await next()).toEqual([]);
    await endUnit(house, actor, "XB1", { valid_to: "21/11/2026", successors: "XB2" });
    await importDriveUnits(house, table(""));
    expect(await next()).toEqual([]);
  });

  it("show a district of 2021 with the communes that took over, and both times by the day that is asked for", async () => {
    const { token } = await aMember(house, "thu.cb", { role: "officer", office: "52T01" });
    await aUnit(house, "HUYEN", { ...district, name: "Huyện Thử" });
    await aUnit(house, "XA-CU", { ...district, kind: "commune", name: "Xã Cũ", parentCode: "HUYEN" });
    await aUnit(house, "XA1", { name: "Xã Mới" });
    await house.pool.query("insert into drive_unit_successor values ('HUYEN', 'XA1')");
    const read = async (url: string) =>
      (await house.app.inject({ url, headers: { cookie: `${SESSION_COOKIE}=${token}` } })).body;
    const then = await read("/console/units?on=17/03/2021");
    expect([then.includes("Huyện Thử"), then.includes("Xã Cũ"), then.includes("Xã Mới")]).toEqual([true, true, false]);
    const now = await read("/console/units");
    expect([now.includes("Huyện Thử"), now.includes("Xã Mới")]).toEqual([false, true]);
    expect(await read("/console/units/HUYEN")).toContain("Xã Mới");
    expect(await read("/console/units/XA1")).toContain("Huyện Thử");
  });

  it("come from a table: good lines are taken in any order, the others named by line and reason; again changes nothing", async () => {
    const lines = [
      "ma_don_vi,loai,ten,ma_cap_tren,ma_co_quan_bhxh,ma_tinh,so_nguoi,nguon_so_nguoi,tu_ngay,den_ngay,noi_tiep_nhan",
      "THON1,Thôn,Thôn Một,XA1,52T01,52,,,01/07/2025,,",
      "XA1,Xã,Xã Một,GL,52T01,52,1.980,xã báo,01/07/2025,,",
      "GL,Tỉnh,Tỉnh Gia Lai,,52000,52,,,01/07/2025,,",
      "HUYEN,Huyện,Huyện Thử,,52T01,52,,,01/08/2008,30/06/2025,XA1",
      "HUYEN2,Huyện,Huyện Còn,,52T01,52,,,01/08/2008,,",
      "XA2,Xã,Xã Hai,KHONG,52T01,52,,,01/07/2025,,",
      "XA3,Xã,Xã Ba,GL,99X99,52,,,01/07/2025,,",
      "XA4,Xã,Xã Bốn,GL,52T01,52,12,,hôm qua,,",
    ];
    const source = { name: "units.csv", bytes: Buffer.from(lines.join("\n")) };
    const first = await importDriveUnits(house, source);
    expect(first.taken).toBe(4);
    expect(first.rejects.map(({ line, field, key }) => `${line} ${field} ${key}`)).toEqual([
      "6 valid_to district_has_ended",
      "7 parent_code parent_unknown",
      "8 office_code office_unknown",
      "9 valid_from day_shape",
      "9 headcount_source headcount_source_missing",
    ]);
    expect(await importDriveUnits(house, source)).toMatchObject({ taken: 0, unchanged: 4 });
    const odd = { name: "odd.csv", bytes: Buffer.from("unit_code,luong\nX,1\n") };
    await expect(importDriveUnits(house, odd)).rejects.toMatchObject({ code: "unknown_column" });
  });
});

describe("a unit's parent through time", () => {
  const supervised = async () => (await aMember(house, "thu.ks", { role: "supervisor", office: "52T01" })).actor;
  const leads = async (unit: string, name = `thu.${unit.toLowerCase()}`) =>
    (await aMember(house, name, { role: "leader", unit })).actor;
  const seenBy = async (staff: Parameters<typeof unitsOn>[1], day: string) =>
    (await unitsOn(house.db, staff, day)).map(({ code, parentCode }) => `${code} ${parentCode}`).sort();

  it("is that of the day for whoever looks: a commune moved from its district to the province in 07/2025", async () => {
    await aUnit(house, "GL", { kind: "province", officeCode: "52000", validFrom: "2008-08-01" });
    await aUnit(house, "HUYEN", { ...district, parentCode: "GL" });
    await aUnit(house, "XA1", { parentCode: "HUYEN", validFrom: "2008-08-01" });
    const [supervisor, province, ofDistrict] = [await supervised(), await leads("GL"), await leads("HUYEN")];
    const move = (form: Record<string, string>) => changeUnit(house, supervisor, "XA1", { parent_code: "GL", ...form });
    await expect(move({ parent_from: "24/11/2026" })).rejects.toMatchObject({
      faults: [{ field: "parent_from", key: "move_ahead" }],
    });
    await move({ parent_from: "01/07/2025" });
    expect(await seenBy(province, "2025-06-30")).toEqual(["GL null", "HUYEN GL", "XA1 HUYEN"]);
    expect(await seenBy(province, "2025-07-01")).toEqual(["GL null", "XA1 GL"]);
    expect(await seenBy(ofDistrict, "2025-06-30")).toEqual(["HUYEN GL", "XA1 HUYEN"]);
    expect(await seenBy(ofDistrict, "2025-07-01")).toEqual([]);
    await changeUnit(house, supervisor, "XA1", { headcount: "12", headcount_source: "xã" });
    expect((await seenBy(province, "2025-06-30"))[2]).toBe("XA1 HUYEN");
    const { token } = await aMember(house, "thu.cb", { role: "officer", office: "52T01" });
    const page = await house.app.inject({
      url: "/console/units/XA1",
      headers: { cookie: `${SESSION_COOKIE}=${token}` },
    });
    expect(page.body).toContain("Đến 30/06/2025 thuộc");
  });

  it("comes with a table: again changes nothing, and a table without the column leaves it", async () => {
    await aUnit(house, "GL", { kind: "province", officeCode: "52000", validFrom: "2008-08-01" });
    await aUnit(house, "HUYEN", { ...district, parentCode: "GL" });
    const head = "ma_don_vi,loai,ten,ma_cap_tren,ma_co_quan_bhxh,ma_tinh,tu_ngay";
    const line = (code: string, past: string) => `${code},Xã,Xã Thử,GL,52T01,52,01/08/2008,${past}`;
    const table = (...lines: string[]) => ({
      name: "units.csv",
      bytes: Buffer.from([`${head},cap_tren_truoc_day`, ...lines].join("\n")),
    });
    const lines = [line("XA1", "HUYEN:30/06/2025"), line("XA2", "HUYEN:01/07/2025"), line("XA3", "KHONG:30/06/2025")];
    const first = await importDriveUnits(house, table(...lines, line("XA4", "HUYEN")));
    expect(first.rejects.map(({ line: at, field, key }) => `${at} ${field} ${key}`)).toEqual([
      "3 past_parents parent_other_time",
      "4 past_parents parent_unknown",
      "5 past_parents past_parents_shape",
    ]);
    expect(await importDriveUnits(house, table(lines[0] ?? ""))).toMatchObject({ taken: 0, unchanged: 1 });
    const bare = Buffer.from(`${head}\nXA1,Xã,Xã Thử,GL,52T01,52,01/08/2008\n`);
    expect(await importDriveUnits(house, { name: "units.csv", bytes: bare })).toMatchObject({ unchanged: 1 });
    const leader = await leads("HUYEN");
    expect(await seenBy(leader, "2025-06-30")).toEqual(["HUYEN GL", "XA1 HUYEN"]);
  });
});

describe("coordinators", () => {
  it("are invited by the office, choose their own sign-in with a code that works once, and coordinate that unit alone", async () => {
    const officer = await aMember(house, "thu.cb", { role: "officer", office: "52T01" });
    await aUnit(house, "XA1");
    await aUnit(house, "XA2");
    await invite(house, officer.actor, "XA1", invited);
    await expect(invite(house, officer.actor, "XA1", invited)).rejects.toMatchObject({ code: "invited_already" });
    const code = await codeSent();
    const kept = await house.pool.query("select * from drive_invitation");
    expect(JSON.stringify(kept.rows)).not.toContain(code);
    await expect(acceptInvitation(house, { code, username: "moi.xa1", password: "ngan" })).rejects.toMatchObject({
      faults: [{ field: "password", key: "password_short" }],
    });
    const taken = { code, username: "thu.cb", password: PASSWORD };
    await expect(acceptInvitation(house, taken)).rejects.toMatchObject({ faults: [{ key: "username_taken" }] });
    await acceptInvitation(house, { code: code.toLowerCase(), username: "moi.xa1", password: PASSWORD });
    const again = acceptInvitation(house, { code, username: "moi.xa2", password: PASSWORD });
    await expect(again).rejects.toMatchObject({ faults: [{ key: "code_wrong" }] });
    const now = house.clock.now();
    const half = await staffSignIn(house, { username: "moi.xa1", password: PASSWORD, device: "", now });
    const { token } = await enrolAuthenticator(house, await staffBehind(house, half.token));
    const seen = await house.app.inject({ url: "/console/units", headers: { cookie: `${SESSION_COOKIE}=${token}` } });
    expect([seen.body.includes("Xã Thử XA1"), seen.body.includes("Xã Thử XA2")]).toEqual([true, false]);
    const desk = await house.app.inject({ url: "/console", headers: { cookie: `${SESSION_COOKIE}=${token}` } });
    expect([desk.statusCode, desk.headers.location]).toEqual([303, "/console/units"]);
    expect((await audited()).slice(0, 4)).toEqual([
      "staff_added",
      "drive.invited",
      "staff_added",
      "drive.invitation_accepted",
    ]);
  });

  it("get another code when it is sent again, none when it is withdrawn, and none after its days", async () => {
    const officer = await aMember(house, "thu.cb", { role: "officer", office: "52T01" });
    await aUnit(house, "XA1");
    const { id } = await invite(house, officer.actor, "XA1", invited);
    const first = await codeSent();
    await resendInvitation(house, officer.actor, "XA1", id);
    const second = await codeSent();
    const use = (code: string) => acceptInvitation(house, { code, username: "moi.xa1", password: PASSWORD });
    await expect(use(first)).rejects.toMatchObject({ faults: [{ key: "code_wrong" }] });
    house.clock.moveTo(new Date(house.clock.now().getTime() + 7 * 86_400_000));
    await expect(use(second)).rejects.toMatchObject({ faults: [{ key: "code_wrong" }] });
    await resendInvitation(house, officer.actor, "XA1", id);
    await withdrawInvitation(house, officer.actor, "XA1", id);
    await expect(use(await codeSent())).rejects.toMatchObject({ faults: [{ key: "code_wrong" }] });
    await expect(resendInvitation(house, officer.actor, "XA1", id)).rejects.toMatchObject({ code: "invitation_ended" });
    await invite(house, officer.actor, "XA1", invited);
    for (let sent = 2; sent <= 5; sent += 1) {
      const { rows } = await house.pool.query(
        "select invitation_id as id from drive_invitation where withdrawn_at is null",
      );
      await resendInvitation(house, officer.actor, "XA1", rows[0].id);
    }
    const { rows } = await house.pool.query(
      "select invitation_id as id from drive_invitation where withdrawn_at is null",
    );
    const sixth = resendInvitation(house, officer.actor, "XA1", rows[0].id);
    await expect(sixth).rejects.toMatchObject({ code: "invitation_sent_often" });
  });

  it("of a unit above may invite to those below, those of the unit itself and leaders may not", async () => {
    await aUnit(house, "GL", { kind: "province" });
    await aUnit(house, "XA1", { parentCode: "GL" });
    const above = await aMember(house, "thu.tinh", { role: "coordinator", unit: "GL" });
    const own = await aMember(house, "thu.xa", { role: "coordinator", unit: "XA1" });
    const leader = await aMember(house, "thu.ld", { role: "leader", unit: "GL" });
    const other = await aMember(house, "thu.cb2", { role: "officer", office: "52T02" });
    await invite(house, above.actor, "XA1", invited);
    const second = { name: "Phạm Hai", phone: "0999900702" };
    for (const { actor } of [own, leader]) {
      await expect(invite(house, actor, "XA1", second)).rejects.toMatchObject({ status: 403 });
    }
    await expect(invite(house, other.actor, "XA1", second)).rejects.toMatchObject({ status: 404 });
    await expect(lookAtUnit(house.db, own.actor, "GL", house.clock.now())).rejects.toMatchObject({ status: 404 });
  });

  it("are ended at once: the session that was open sees nothing more", async () => {
    const officer = await aMember(house, "thu.cb", { role: "officer", office: "52T01" });
    await aUnit(house, "XA1");
    const { actor, token } = await aMember(house, "thu.xa", { role: "coordinator", unit: "XA1" });
    const look = () =>
      house.app.inject({ url: "/console/units/XA1", headers: { cookie: `${SESSION_COOKIE}=${token}` } });
    expect((await look()).statusCode).toBe(200);
    await endCoordinator(house, officer.actor, "XA1", actor.staffId);
    expect((await look()).statusCode).toBe(403);
    expect(await audited()).toContain("staff_role_ended");
  });
});

describe("whoever is staff already", () => {
  it("accepts with the user name of today, and coordinates that unit beside the rest; never on their own invitation", async () => {
    const officer = await aMember(house, "thu.cb", { role: "officer", office: "52T01" });
    const colleague = await aMember(house, "thu.cb2", { role: "officer", office: "52T02" });
    await aUnit(house, "XA1");
    await invite(house, officer.actor, "XA1", invited);
    const code = await codeSent();
    expect((await fill(officer.token, "/invitation", { code, act: "own" })).statusCode).toBe(422);
    const shown = await fill(colleague.token, "/invitation", { code });
    expect(shown.body).toContain("Nhận lời với tài khoản đang đăng nhập");
    const done = await fill(colleague.token, "/invitation", { code, act: "own" });
    expect([done.statusCode, done.headers.location]).toEqual([303, "/console/units/XA1"]);
    const desk = await house.app.inject({
      url: "/console/units/XA1",
      headers: { cookie: `${SESSION_COOKIE}=${colleague.token}` },
    });
    expect(desk.statusCode).toBe(200);
    expect((await fill(colleague.token, "/invitation", { code, act: "own" })).statusCode).toBe(422);
    expect(await audited()).toEqual(expect.arrayContaining(["staff_role_given", "drive.invitation_accepted"]));
    const { rows } = await house.pool.query("select role from staff_role where staff_id = $1 and valid_to is null", [
      colleague.actor.staffId,
    ]);
    expect(rows.map(({ role }) => role).sort()).toEqual(["coordinator", "officer"]);
  });
});

describe("pages", () => {
  it("lead from the fault of an invitation without a name to the box of the person, not to that of the unit", async () => {
    const { token } = await aMember(house, "thu.cb3", { role: "supervisor", office: "52T01" });
    await aUnit(house, "XA1");
    const form = { person: "", phone: "0999900701", email: "" };
    const { statusCode, body } = await fill(token, "/console/units/XA1/invitation", form);
    expect([statusCode, body.match(/ id="name"/g)?.length ?? 0]).toEqual([422, 1]);
    const [, box = ""] = /<div class="faults"[\s\S]*?href="#([a-z]+)"/.exec(body) ?? [];
    expect(body).toMatch(new RegExp(`<input[^>]* id="${box}" name="person"`));
  });

  it("invite and answer a fault beside its box without losing what was typed; the public page takes the code", async () => {
    const { token } = await aMember(house, "thu.cb", { role: "officer", office: "52T01" });
    await aUnit(house, "XA1");
    const wrong = await fill(token, "/console/units/XA1/invitation", {
      person: "Phạm Đầu Mối",
      phone: "12",
      email: "",
    });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toMatch(/value="Phạm Đầu Mối"/);
    const sent = await fill(token, "/console/units/XA1/invitation", { ...invited, person: invited.name, email: "" });
    expect([sent.statusCode, sent.headers.location]).toEqual([303, "/console/units/XA1"]);
    const code = await codeSent();
    const shown = await house.app.inject({
      url: "/console/units/XA1",
      headers: { cookie: `${SESSION_COOKIE}=${token}` },
    });
    expect(shown.body).toContain("Đang chờ trả lời");
    expect([shown.body.includes(code), shown.body.includes(invited.phone)]).toEqual([false, false]);
    const opened = await fill(token, "/invitation", { code });
    expect(opened.body).toContain("Xã Thử XA1");
    const bad = await fill(token, "/invitation", { code: "AAAA-AAAA-AAAA" });
    expect(bad.statusCode).toBe(422);
    const weak = await fill(token, "/invitation", { code, username: "moi.xa1", password: "ngan" });
    expect([weak.statusCode, weak.body.includes('value="moi.xa1"')]).toEqual([422, true]);
    const made = await fill(token, "/invitation", { code, username: "moi.xa1", password: PASSWORD });
    expect([made.statusCode, made.headers.location]).toEqual([303, "/console/sign-in"]);
  });
});
