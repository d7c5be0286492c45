import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { placesOf } from "../../test/places.ts";
import { anyone } from "../kernel/actor.ts";
import { Failure } from "../kernel/failures.ts";
import { setPolicy } from "../policy/set.ts";
import {
  changeTo,
  citizenOf,
  countNotices,
  enrolHoa,
  enter,
  firstChoice,
  hoaEmail,
  hoaNumbers,
  issueTo,
  lastActivation,
  lastCode,
  seatOfficer,
  secondChoice,
  settleHoa,
} from "./account.fixture.ts";
import { browserOn, visible } from "./browser.fixture.ts";
import { recover } from "./recover.ts";
import { reissue } from "./reissue.ts";
import { requestRecovery } from "./request-recovery.ts";
import { resendActivation } from "./resend-activation.ts";
import { activationHours } from "./rules-policies.ts";

const start = Date.parse("2026-11-23T02:00:00.000Z");
const HOUR_MS = 3600_000;
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ at: new Date(start).toISOString() });
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const passHours = (hours: number) => house.clock.moveTo(new Date(start + hours * HOUR_MS));
const resend = (personId: string) => resendActivation(house, { personId, by: anyone, now: house.clock.now() });
const browser = () => browserOn(() => house.app);

async function keyOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.code;
  }
  return "done";
}

describe("an activation code", () => {
  test("is good for exactly the hours of the policy, counted from the moment it was made", async () => {
    await setPolicy(house, activationHours, { value: 6, from: "2026-11-23", by: "thử" });
    const { login, password, until } = await issueTo(house, await enrolHoa(house));
    expect(until.getTime() - start).toBeLessThan(6 * HOUR_MS + 2000);
    house.clock.moveTo(new Date(until.getTime() - 1000));
    expect((await enter(house, login, password)).mustChange).toBe("first");
    house.clock.moveTo(until);
    expect(await keyOf(enter(house, login, password))).toBe("one_time_password_ended");
  });

  test("sets one password and is worth nothing after that", async () => {
    const { login, password } = await issueTo(house, await enrolHoa(house));
    const first = await citizenOf(house, (await enter(house, login, password)).token);
    const second = await citizenOf(house, (await enter(house, login, password)).token);
    await changeTo(house, first, password, firstChoice);
    expect(await keyOf(changeTo(house, second, password, "thuyền nan lướt qua bốn bến"))).toBe("invalid");
    expect(await keyOf(enter(house, login, password))).toBe("wrong_login");
  });

  test("sent again goes to telephone and e-mail on file, ends the earlier one, and opens the change page", async () => {
    const personId = await enrolHoa(house);
    const { login, password } = await issueTo(house, personId, hoaNumbers.phone, hoaEmail);
    passHours(25);
    const { to, until } = await resend(personId);
    expect(to).toBe(hoaNumbers.phone);
    expect(until.getTime()).toBeGreaterThan(start + 48 * HOUR_MS);
    const sent = await house.db
      .selectFrom("notice")
      .select(["recipient", "class"])
      .where("template", "=", "activation_code")
      .orderBy("notice_id")
      .execute();
    expect(sent).toEqual([
      { recipient: hoaNumbers.phone, class: "outcome" },
      { recipient: hoaEmail, class: "outcome" },
    ]);
    expect(await keyOf(enter(house, login, password))).toBe("wrong_login");
    expect((await enter(house, login, await lastActivation(house))).mustChange).toBe("first");
  });

  test("goes out three times an hour and five a day, however many are asked for at once", async () => {
    const personId = await enrolHoa(house);
    await issueTo(house, personId);
    const all = await Promise.all(Array.from({ length: 10 }, () => keyOf(resend(personId))));
    const atOnce = all.filter((key) => key === "done").length;
    expect(atOnce).toBeGreaterThan(0);
    for (let n = atOnce; n < 3; n += 1) expect(await keyOf(resend(personId))).toBe("done");
    expect(await keyOf(resend(personId))).toBe("asked_too_often");
    passHours(2);
    for (let n = 0; n < 2; n += 1) expect(await keyOf(resend(personId))).toBe("done");
    expect(await keyOf(resend(personId))).toBe("asked_too_often");
    passHours(27);
    expect(await keyOf(resend(personId))).toBe("done");
  });

  test("is not sent for an account that is activated", async () => {
    expect(await keyOf(resend(await settleHoa(house)))).toBe("already_activated");
    expect(await countNotices(house, "activation_code")).toBe(0);
  });

  test("S1: cannot be read in the database, the record or a log line", async () => {
    const personId = await enrolHoa(house);
    const { password } = await issueTo(house, personId);
    await resend(personId);
    for (const secret of [password, await lastActivation(house)]) {
      expect(await placesOf(house, secret)).toEqual([]);
      expect(await placesOf(house, secret.replaceAll("-", ""))).toEqual([]);
    }
  });
});

describe("S3: an activation code that has ended, on the sign-in page", () => {
  test("says so to whoever knows it, and one press sends another to the telephone on file", async () => {
    const { login, password } = await issueTo(house, await enrolHoa(house));
    passHours(25);
    const hoa = browser();
    const over = await hoa.fill("/sign-in", { login, password });
    expect(over.statusCode).toBe(422);
    expect(visible(over.body)).toContain("Mã kích hoạt này đã hết hạn");
    const asked = await hoa.fill("/sign-in", {}, "/sign-in/activation");
    expect(asked.headers.location).toBe("/sign-in");
    const told = visible((await hoa.get("/sign-in")).body);
    expect(told).toMatch(/Đã gửi mã kích hoạt mới tới •+608\. Mã dùng được đến 10:00 25\/11\/2026/);
    const opened = await hoa.fill("/sign-in", { login, password: await lastActivation(house) });
    expect(opened.headers.location).toContain("/account/password");
  });

  test("is not hinted at to anybody else: a wrong code is a wrong code, and nobody can press for them", async () => {
    const { login } = await issueTo(house, await enrolHoa(house));
    passHours(25);
    const other = browser();
    const wrong = await other.fill("/sign-in", { login, password: "bake-metu-haga-4729" });
    expect(visible(wrong.body)).toContain("Số hoặc mật khẩu chưa đúng");
    expect(wrong.body).not.toContain("/sign-in/activation");
    other.cookies.set("vssid_activation", Buffer.from("1.99999999999999").toString("base64url"));
    await other.fill("/sign-in", {}, "/sign-in/activation");
    expect(await countNotices(house, "activation_code")).toBe(0);
  });

  test("the permission to press ends after a quarter of an hour", async () => {
    const { login, password } = await issueTo(house, await enrolHoa(house));
    passHours(25);
    const hoa = browser();
    await hoa.fill("/sign-in", { login, password });
    passHours(25.3);
    await hoa.fill("/sign-in", {}, "/sign-in/activation");
    expect(await countNotices(house, "activation_code")).toBe(0);
  });
});

describe("at the counter", () => {
  test("the officer presses and never sees the code; the person signs in with it", async () => {
    const { login } = await issueTo(house, await enrolHoa(house));
    const { token } = await seatOfficer(house);
    const desk = browser();
    desk.cookies.set("vssid_session", token);
    const found = await desk.fill("/console/reissue", { login });
    expect(visible(found.body)).toContain("Tài khoản chưa kích hoạt");
    const pressed = await desk.fill("/console/reissue", { login }, "/console/activation");
    expect(pressed.headers.location).toBe("/console/reissue");
    const shown = await desk.get("/console/reissue");
    expect(visible(shown.body)).toContain("Đã gửi mã kích hoạt mới");
    const code = await lastActivation(house);
    for (const { body } of [found, pressed, shown]) expect(body).not.toContain(code);
    expect((await enter(house, login, code)).mustChange).toBe("first");
    const line = await house.db
      .selectFrom("audit_event")
      .selectAll()
      .where("action", "=", "activation_resent")
      .executeTakeFirstOrThrow();
    expect(line).toMatchObject({ actor_kind: "staff", purpose: "account" });
    expect(line.office_code).toBeTruthy();
  });

  test("a forgotten password is replaced by a code sent to the telephone, unseen by the officer", async () => {
    const personId = await settleHoa(house);
    const { officer, officeCode, token } = await seatOfficer(house);
    const desk = browser();
    desk.cookies.set("vssid_session", token);
    const fields = { login: hoaNumbers.insurance, paper: "cccd", checks: ["seen", "face"], handOver: "message" };
    const done = await desk.fill("/console/reissue", fields, "/console/reissue/slip");
    expect(visible(done.body)).toContain("Đã gửi mã kích hoạt");
    const code = await lastActivation(house);
    expect(done.body).not.toContain(code);
    expect((await enter(house, hoaNumbers.insurance, code)).mustChange).toBe("first");
    const slip = { personId, officeCode, paper: "cccd", handOver: "message", lang: "vi" } as const;
    expect((await reissue(house, officer, { ...slip, now: house.clock.now() })).password).toBeUndefined();
  });

  test("a request that hung on its way makes no code in the place of the one that was handed over meanwhile", async () => {
    const personId = await settleHoa(house);
    const { officer, officeCode } = await seatOfficer(house);
    const slip = { personId, officeCode, paper: "cccd", handOver: "slip", lang: "vi" } as const;
    const cameAt = new Date(start);
    const { password = "" } = await reissue(house, officer, { ...slip, now: new Date(start + 60_000) });
    expect(await keyOf(reissue(house, officer, { ...slip, now: cameAt }))).toBe("code_issued_meanwhile");
    const late = { personId, by: officer, officeCode, now: cameAt };
    expect(await keyOf(resendActivation(house, late))).toBe("code_issued_meanwhile");
    expect((await enter(house, hoaNumbers.insurance, password)).mustChange).toBe("first");
    await setPolicy(house, activationHours, { value: 6, from: "2026-11-23", by: "thử" });
    expect((await reissue(house, officer, { ...slip, now: new Date(start + 120_000) })).password).toBeDefined();
  });

  test("a new code ends one that was sent to a forgotten password's telephone before", async () => {
    const personId = await settleHoa(house);
    const asked = { login: hoaNumbers.insurance, channel: "sms", lang: "vi", now: house.clock.now() } as const;
    const { requestId } = await requestRecovery(house, asked);
    const code = await lastCode(house);
    const { officer, officeCode } = await seatOfficer(house);
    const slip = { personId, officeCode, paper: "cccd", handOver: "slip", now: house.clock.now() } as const;
    const { login, password = "" } = await reissue(house, officer, slip);
    const used = { requestId, code, newPassword: secondChoice, now: house.clock.now() };
    await expect(recover(house, used)).rejects.toMatchObject({ faults: [{ key: "code_ended" }] });
    expect((await enter(house, login, password)).mustChange).toBe("first");
  });

  test("a new code opens at once, however often somebody has guessed wrong before", async () => {
    const personId = await settleHoa(house);
    for (let n = 0; n < 5; n += 1) await keyOf(enter(house, hoaNumbers.insurance, "không phải mật khẩu này"));
    expect(await keyOf(enter(house, hoaNumbers.insurance, firstChoice))).toBe("locked");
    const { officer, officeCode } = await seatOfficer(house);
    const slip = { personId, officeCode, paper: "cccd", handOver: "slip", now: house.clock.now() } as const;
    const { login, password = "" } = await reissue(house, officer, slip);
    expect((await enter(house, login, password)).mustChange).toBe("first");
  });

  test("without any telephone a slip is the only way, and the page says so", async () => {
    const personId = await settleHoa(house);
    await house.db.updateTable("contact_point").set({ valid_to: house.clock.now() }).execute();
    const { officer, officeCode, token } = await seatOfficer(house);
    const desk = browser();
    desk.cookies.set("vssid_session", token);
    const fields = { login: hoaNumbers.insurance, paper: "cccd", checks: ["seen", "face"], handOver: "message" };
    const refused = await desk.fill("/console/reissue", fields, "/console/reissue/slip");
    expect(refused.statusCode).toBe(422);
    expect(visible(refused.body)).toContain("Tài khoản chưa có số điện thoại");
    const slip = { personId, officeCode, paper: "cccd", lang: "vi", now: house.clock.now() } as const;
    expect(await keyOf(reissue(house, officer, { ...slip, handOver: "message" }))).toBe("invalid");
    expect((await reissue(house, officer, { ...slip, handOver: "slip" })).password).toMatch(/^[a-z]{4}-/);
  });
});
