import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { Conflict, Failure, Forbidden, TryLater } from "../kernel/failures.ts";
import { openStaffSession, ownPassword } from "../staff-factor/staff.fixture.ts";
import { enter, firstChoice, hoaNumbers, lastCode, seatOfficer, settleHoa } from "./account.fixture.ts";
import { identify } from "./identify.ts";
import { reissue } from "./reissue.ts";
import { requestRecovery } from "./request-recovery.ts";
import { addStaff, changeRole, removeStaff, renewStaffPassword } from "./staff.ts";
import { staffSignIn } from "./staff-sign-in.ts";
import { findStaffByUsername } from "./store-staff.ts";
import { passwordFault } from "./strength.ts";

const start = Date.parse("2026-11-23T02:00:00.000Z");
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ at: new Date(start).toISOString() });
});
afterAll(() => house.close());

const signInAs = (username: string, password: string) =>
  staffSignIn(house, { username, password, device: "", now: house.clock.now() });
/** A whole session of somebody who was hired here, as both factors open it. */
const atDesk = async (username: string) =>
  openStaffSession(house, (await findStaffByUsername(house.db, username))?.staff_id ?? "");
const add = (member: { username: string; name: string }) =>
  addStaff(house, { role: "auditor", password: ownPassword, ...member });
const anyone = { kind: "anyone" };

async function refusalOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return JSON.stringify({ ...error, message: error.message });
  }
  return "let in";
}

describe("staff", () => {
  test("an officer is added with an office and signs in to exactly that office", async () => {
    const { officer, officeCode } = await seatOfficer(house);
    expect(officer.name).toBe("Lê Văn Minh");
    expect(officer.roles).toEqual([{ role: "officer", officeCode }]);
  });

  test.each([
    [{ username: "A b", name: "Lê Văn Minh", role: "auditor" }, "username_shape"],
    [{ username: "le.van", name: " ", role: "auditor" }, "name_missing"],
    [{ username: "le.van", name: "Lê Văn", role: "auditor", password: "ngắn quá" }, "password_short"],
    [{ username: "le.van", name: "Lê Văn", role: "boss" }, "role_unknown"],
    [{ username: "le.van", name: "Lê Văn", role: "officer" }, "office_missing"],
    [{ username: "le.van", name: "Lê Văn", role: "officer", office: "không có" }, "office_unknown"],
  ])("%j is refused: %s", async (member, key) => {
    expect(await refusalOf(addStaff(house, member))).toContain(key);
  });

  test("a name is given once, whatever its capitals", async () => {
    const { password } = await addStaff(house, { username: "Vo.Thu", name: "Võ Thị Thu", role: "auditor" });
    expect(passwordFault(password)).toBeUndefined();
    await expect(addStaff(house, { username: "vo.thu", name: "Võ Thị Thu", role: "auditor" })).rejects.toThrow(
      new Conflict("username_taken"),
    );
    expect((await signInAs("VO.THU", password)).token).toHaveLength(43);
  });

  test("five wrong passwords lock for 15 minutes, and a name that nobody has is answered alike", async () => {
    const { password } = await addStaff(house, { username: "ly.khanh", name: "Lý Khánh", role: "auditor" });
    const tries = async (username: string) => {
      const answers: string[] = [];
      for (let n = 0; n < 6; n += 1) answers.push(await refusalOf(signInAs(username, "không phải mật khẩu này")));
      return answers.map((one) => one.replace(/"retryAfterSeconds":8\d\d/, `"retryAfterSeconds":900`));
    };
    expect(await tries("ly.khanh")).toEqual(await tries("khong.co.ai"));
    await expect(signInAs("ly.khanh", password)).rejects.toThrow(TryLater);
    house.clock.moveTo(new Date(start + 16 * 60_000));
    expect((await signInAs("ly.khanh", password)).token).toHaveLength(43);
    house.clock.moveTo(new Date(start));
  });

  test("a stranger cannot lock a member out of the desk where they sign in every day", async () => {
    const { password } = await addStaff(house, {
      username: "mai.hanh",
      name: "Mai Hạnh",
      role: "auditor",
      password: firstChoice,
    });
    const asked = { username: "mai.hanh", password, device: "", now: house.clock.now() };
    const { deviceCookie } = await staffSignIn(house, asked);
    for (let n = 0; n < 5; n += 1) await refusalOf(signInAs("mai.hanh", "không phải mật khẩu này"));
    expect(await refusalOf(staffSignIn(house, asked))).toContain("locked");
    expect((await staffSignIn(house, { ...asked, deviceCookie })).deviceCookie).toBe(deviceCookie);
  });

  test("a staff session ends after 15 minutes without a look and after 8 hours in any case", async () => {
    await add({ username: "ho.nam", name: "Hồ Nam" });
    const first = await atDesk("ho.nam");
    house.clock.moveTo(new Date(house.clock.now().getTime() + 15 * 60_000 + 1000));
    expect(await identify(house, { cookie: first.token })).toEqual(anyone);
    const second = await atDesk("ho.nam");
    expect(second.expiresAt.getTime() - house.clock.now().getTime()).toBeGreaterThan(8 * 3_600_000 - 60_000);
    for (let at = house.clock.now().getTime(); at < second.expiresAt.getTime(); at += 10 * 60_000) {
      house.clock.moveTo(new Date(at));
      expect((await identify(house, { cookie: second.token })).kind).toBe("staff");
    }
    house.clock.moveTo(second.expiresAt);
    expect(await identify(house, { cookie: second.token })).toEqual(anyone);
    house.clock.moveTo(new Date(start));
  });

  test("a role that ends, ends at once in open sessions, and can be given again the same day", async () => {
    await add({ username: "do.quyen", name: "Đỗ Quyên" });
    const { token } = await atDesk("do.quyen");
    const roles = async () => {
      const actor = await identify(house, { cookie: token });
      return actor.kind === "staff" ? actor.roles.map((held) => held.role) : actor.kind;
    };
    expect(await roles()).toEqual(["auditor"]);
    await changeRole(house, "do.quyen", { role: "hotline", isEnding: false });
    await changeRole(house, "do.quyen", { role: "hotline", isEnding: false });
    expect(await roles()).toEqual(["auditor", "hotline"]);
    await changeRole(house, "do.quyen", { role: "auditor", isEnding: true });
    expect(await roles()).toEqual(["hotline"]);
    await changeRole(house, "do.quyen", { role: "auditor", isEnding: false });
    expect(await roles()).toEqual(["auditor", "hotline"]);
  });

  test("a renewed password ends the sessions of the old one, and whoever leaves cannot come back", async () => {
    const { password } = await addStaff(house, { username: "ta.lan", name: "Tạ Lan", role: "auditor" });
    const before = await signInAs("ta.lan", password);
    const renewed = await renewStaffPassword(house, "ta.lan");
    expect(await identify(house, { cookie: before.token })).toEqual(anyone);
    expect(await refusalOf(signInAs("ta.lan", password))).toContain("wrong_login");
    const { token } = await signInAs("ta.lan", renewed.password);
    await removeStaff(house, "ta.lan");
    expect(await identify(house, { cookie: token })).toEqual(anyone);
    expect(await refusalOf(signInAs("ta.lan", renewed.password))).toContain("wrong_login");
  });
});

describe("a new password at the counter", () => {
  let own: TestHouse;
  beforeAll(async () => {
    own = await openTestHouse({ at: new Date(start).toISOString() });
  });
  afterAll(() => own.close());

  test("replaces a forgotten one, opens the change page only, and the old telephone is told", async () => {
    const personId = await settleHoa(own);
    const { officer, officeCode } = await seatOfficer(own);
    const { token } = await enter(own, hoaNumbers.insurance, firstChoice);
    const asked = {
      personId,
      officeCode,
      paper: "cccd",
      handOver: "slip",
      lang: "vi",
      now: own.clock.now(),
    } as const;
    await expect(reissue(own, officer, { ...asked, newPhone: "0987650045" })).rejects.toThrow(Conflict);
    const slip = await reissue(own, officer, asked);
    expect(slip.login).toBe(hoaNumbers.insurance);
    expect(await identify(own, { cookie: token })).toEqual(anyone);
    expect((await enter(own, slip.login, slip.password ?? "")).mustChange).toBe("first");
    const told = await own.db
      .selectFrom("notice")
      .select("recipient")
      .where("template", "=", "password_changed")
      .orderBy("notice_id", "desc")
      .executeTakeFirstOrThrow();
    expect(told.recipient).toBe(hoaNumbers.phone);
  });

  test("leaves the telephone as it is: another one takes two of staff", async () => {
    await requestRecovery(own, { login: hoaNumbers.insurance, channel: "sms", lang: "vi", now: own.clock.now() });
    expect(await lastCode(own)).toMatch(/^\d{8}$/);
    const sent = await own.db
      .selectFrom("notice")
      .select("recipient")
      .where("template", "=", "one_time_code")
      .execute();
    expect(sent).toEqual([{ recipient: hoaNumbers.phone }]);
  });

  test("is given by an officer of that office only, and names officer and office in the record", async () => {
    const { person_id: personId } = await own.db
      .selectFrom("account")
      .select("person_id")
      .limit(1)
      .executeTakeFirstOrThrow();
    const stranger = {
      kind: "staff",
      staffId: "1",
      name: "Vũ Hà",
      sessionId: "0",
      roles: [{ role: "hotline" }],
    } as const;
    const desk = { officeCode: "không có", paper: "cccd", handOver: "slip" } as const;
    const asked = { ...desk, personId, lang: "vi", now: own.clock.now() } as const;
    await expect(reissue(own, stranger, asked)).rejects.toThrow(Forbidden);
    const lines = await own.db
      .selectFrom("audit_event")
      .selectAll()
      .where("action", "=", "password_reissued")
      .execute();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      actor_kind: "staff",
      purpose: "account",
      detail: { paper: "cccd", phone: "kept", handOver: "slip" },
    });
    expect(lines[0]?.office_code).toBeTruthy();
  });
});
