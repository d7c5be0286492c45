import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { actFor } from "../guardian/act-for.ts";
import { anyone } from "../kernel/actor.ts";
import { Failure } from "../kernel/failures.ts";
import { setPolicy } from "../policy/set.ts";
import { typedAnswers } from "../registration/answers.fixture.ts";
import { confirm } from "../registration/confirm.ts";
import { declareWhole } from "../registration/draft.ts";
import { findByCode } from "../registration/store.ts";
import {
  changeTo,
  citizenOf,
  enrolHoa,
  enter,
  firstChoice,
  hoaEmail,
  hoaNumbers,
  issueTo,
  lastCode,
  seatOfficer,
  secondChoice,
  settleHoa,
} from "./account.fixture.ts";
import { browserOn, visible } from "./browser.fixture.ts";
import { identify } from "./identify.ts";
import { recover } from "./recover.ts";
import { reissue } from "./reissue.ts";
import { requestRecovery } from "./request-recovery.ts";
import { passwordsRemembered, smsResetLimitHours } from "./rules-policies.ts";

const start = Date.parse("2026-08-31T02:00:00.000Z");
const DAY_MS = 86_400_000;
const HOUR_MS = 3600_000;
const wrong = "không phải mật khẩu này";
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ at: new Date(start).toISOString() });
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const moveTo = (ms: number) => house.clock.moveTo(new Date(ms));
const open = (password: string, device?: string) => enter(house, hoaNumbers.insurance, password, device);
const browser = () => browserOn(() => house.app);

async function refusalOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return JSON.stringify({ ...error, message: error.message });
  }
  return "done";
}

async function resetBy(channel: "sms" | "email", newPassword: string) {
  const asked = { login: hoaNumbers.insurance, channel, lang: "vi", now: house.clock.now() } as const;
  const { requestId } = await requestRecovery(house, asked);
  const code = await lastCode(house);
  return recover(house, { requestId, code, newPassword, now: house.clock.now() });
}

describe("C15: the last try", () => {
  test.each([
    [3, "done"],
    [4, "done"],
    [5, "locked"],
    [6, "locked"],
  ])("after %d wrong passwords the right one is: %s", async (count, answer) => {
    await settleHoa(house);
    for (let n = 0; n < count; n += 1) await refusalOf(open(wrong));
    expect(await refusalOf(open(firstChoice))).toContain(answer);
  });

  test("of a right and a wrong password at the same moment, at the fifth try, one is looked at", async () => {
    await settleHoa(house);
    for (let n = 0; n < 4; n += 1) await refusalOf(open(wrong));
    const both = await Promise.all([refusalOf(open(firstChoice)), refusalOf(open(wrong))]);
    if (both[0] === "done") expect(both[1]).toMatch(/locked|"triesLeft":4/);
    else expect(both.every((one) => one.includes("locked"))).toBe(true);
  });
});

test("S2: a policy that was tightened meanwhile refuses one choice, takes the next, and never asks again", async () => {
  await setPolicy(house, passwordsRemembered, { value: 5, from: "2026-08-01", by: "thử" });
  await settleHoa(house);
  const phrases = "xuồng thúng chài lưới đò ghe bè"
    .split(" ")
    .map((word, n) => `${word} ngược gió đêm rằm thứ ${n} ${word}`);
  let current = firstChoice;
  const { token } = await open(firstChoice);
  for (const [n, phrase] of phrases.entries()) {
    moveTo(start + (n + 1) * 60_000);
    await changeTo(house, await citizenOf(house, token), current, phrase);
    current = phrase;
  }
  moveTo(start + 200 * DAY_MS);
  await setPolicy(house, passwordsRemembered, { value: 12, from: "2027-03-01", by: "thử" });
  const late = await open(current);
  expect(late.mustChange).toBe("outlived");
  const citizen = await citizenOf(house, late.token);
  expect(await refusalOf(changeTo(house, citizen, current, firstChoice))).toContain("password_used_before");
  await changeTo(house, citizen, current, secondChoice);
  expect((await citizenOf(house, late.token)).scope).toBe("full");
  for (let n = 0; n < 2; n += 1) expect((await open(secondChoice)).mustChange).toBeUndefined();
});

test("S3: a password set again on day 181 is usable at once, and starts six months of its own", async () => {
  await settleHoa(house);
  moveTo(start + 181 * DAY_MS);
  expect((await open(firstChoice)).mustChange).toBeUndefined();
  moveTo(start + 182 * DAY_MS);
  expect((await open(firstChoice)).mustChange).toBe("outlived");
  await resetBy("sms", secondChoice);
  expect((await open(secondChoice)).mustChange).toBeUndefined();
  moveTo(start + (182 + 181) * DAY_MS - HOUR_MS);
  expect((await open(secondChoice)).mustChange).toBeUndefined();
});

describe("S4: each cause has a text of its own", () => {
  test("a right, outlived password leads straight to the change page; a wrong one there is wrong and is counted", async () => {
    await settleHoa(house);
    moveTo(start + 200 * DAY_MS);
    const hoa = browser();
    const opened = await hoa.fill("/sign-in", { login: hoaNumbers.insurance, password: firstChoice });
    expect(opened.headers.location).toContain("/account/password");
    const page = visible((await hoa.get("/account/password")).body);
    expect(page).toContain("Mật khẩu này đã dùng quá 6 tháng");
    const refused = await hoa.fill("/account/password", { currentPassword: wrong, newPassword: secondChoice });
    expect(visible(refused.body)).toContain("Mật khẩu đang dùng chưa đúng. Còn 4 lần thử");
    expect(visible(refused.body)).not.toContain("Phiên làm việc");
    const again = await hoa.fill("/account/password", { currentPassword: wrong, newPassword: secondChoice });
    expect(visible(again.body)).toContain("Còn 3 lần thử");
    const done = await hoa.fill("/account/password", { currentPassword: firstChoice, newPassword: secondChoice });
    expect(done.headers.location).toBe("/app");
  });

  test("a wrong password at the sign-in never says that it has outlived its months", async () => {
    await settleHoa(house);
    moveTo(start + 200 * DAY_MS);
    const reply = await browser().fill("/sign-in", { login: hoaNumbers.insurance, password: wrong });
    expect(visible(reply.body)).toContain("Số hoặc mật khẩu chưa đúng");
    expect(visible(reply.body)).not.toContain("6 tháng");
  });
});

describe("S5: no way goes round in a circle", () => {
  test("two tabs: what the first has changed, the second is told, and both lead on", async () => {
    const { login, password } = await issueTo(house, await enrolHoa(house));
    const hoa = browser();
    await hoa.fill("/sign-in", { login, password });
    const tab = (await hoa.get("/account/password")).body;
    const token = /name="_token" value="([^"]+)"/.exec(tab)?.[1] ?? "";
    await hoa.fill("/account/password", { currentPassword: password, newPassword: firstChoice });
    const late = await house.app.inject({
      method: "POST",
      url: "/account/password",
      cookies: Object.fromEntries(hoa.cookies),
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({ _token: token, currentPassword: password, newPassword: secondChoice }).toString(),
    });
    expect(late.statusCode).toBe(403);
    expect(late.body).not.toContain(password);
    const again = await hoa.fill("/account/password", { currentPassword: password, newPassword: secondChoice });
    expect(again.statusCode).toBe(422);
    expect(visible(again.body)).toContain("Mật khẩu đang dùng chưa đúng");
    expect((await hoa.get("/app")).statusCode).toBe(200);
  });

  test("the back button: change page and sign-in page stand still for who is through", async () => {
    const { login, password } = await issueTo(house, await enrolHoa(house));
    const hoa = browser();
    await hoa.fill("/sign-in", { login, password });
    await hoa.fill("/account/password", { currentPassword: password, newPassword: firstChoice });
    const back = await hoa.get("/account/password");
    expect(back.statusCode).toBe(200);
    expect(visible(back.body)).toContain("Mật khẩu hiện tại dùng được đến hết ngày 28/02/2027");
    expect((await hoa.get("/sign-in")).headers.location).toBe("/app");
  });

  test("a browser that keeps no cookie is answered by a page, not sent to and fro", async () => {
    const { login, password } = await issueTo(house, await enrolHoa(house));
    const reply = await house.app.inject({
      method: "POST",
      url: "/sign-in",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({ login, password }).toString(),
    });
    expect(reply.statusCode).toBeGreaterThanOrEqual(400);
    expect(reply.headers.location).toBeUndefined();
    expect(visible(reply.body)).toContain("Trang này đã cũ");
  });
});

test("S10: setting a password again leaves a file that waits to be handed in as it was", async () => {
  await settleHoa(house);
  const fields = { ...typedAnswers(), insurance_number: hoaNumbers.insurance, phone: "0911000001" };
  const { code } = await declareWhole(house, { fields, lang: "vi", actor: anyone, now: house.clock.now() });
  const before = await confirm(house, { code, actor: anyone, now: house.clock.now() });
  await resetBy("sms", secondChoice);
  const { officer, officeCode } = await seatOfficer(house);
  const { person_id: personId } = await house.db.selectFrom("account").select("person_id").executeTakeFirstOrThrow();
  const desk = { personId, officeCode, paper: "cccd", handOver: "slip", lang: "vi" } as const;
  await reissue(house, officer, { ...desk, now: house.clock.now() });
  expect(await findByCode(house.db, code)).toEqual(before);
});

describe("T17: a password set again by SMS alone", () => {
  const limitNow = async (token: string) => (await citizenOf(house, token)).limitedUntil;

  test("leaves the account limited for 72 hours, and says so on its pages", async () => {
    await settleHoa(house);
    const { deviceCookie } = await resetBy("sms", secondChoice);
    const { token } = await open(secondChoice, deviceCookie);
    const until = (await limitNow(token))?.getTime() ?? 0;
    expect(Math.round((until - start) / 1000)).toBeLessThan(72 * 3600 + 10);
    expect(until - start).toBeGreaterThanOrEqual(72 * HOUR_MS);
    const page = await house.app.inject({ url: "/account/devices", cookies: { vssid_session: token } });
    expect(visible(page.body)).toContain("Mật khẩu vừa được đặt lại bằng tin nhắn");
    const someone = "00000000-0000-4000-8000-000000000000";
    const citizen = await citizenOf(house, token);
    expect(await refusalOf(actFor(house, citizen, someone, house.clock.now()))).toContain("limited_after_reset");
    moveTo(until - 5000);
    expect(await limitNow((await open(secondChoice)).token)).toBeDefined();
    moveTo(until);
    const later = await open(secondChoice);
    expect(await limitNow(later.token)).toBeUndefined();
    const free = await citizenOf(house, later.token);
    expect(await refusalOf(actFor(house, free, someone, house.clock.now()))).toContain("not_guardian");
    const after = await house.app.inject({ url: "/account/devices", cookies: { vssid_session: later.token } });
    expect(visible(after.body)).not.toContain("đặt lại bằng tin nhắn");
  });

  test("the counter lifts the limit at once; e-mail neither sets nor lifts it; the policy may be none", async () => {
    const personId = await settleHoa(house, hoaEmail);
    await resetBy("email", secondChoice);
    expect(await limitNow((await open(secondChoice)).token)).toBeUndefined();
    await resetBy("sms", "mưa rào gõ mái tôn lộp độp");
    await resetBy("email", "cây khế ngọt sau vườn ông Tư");
    expect(await limitNow((await open("cây khế ngọt sau vườn ông Tư")).token)).toBeDefined();
    const { officer, officeCode } = await seatOfficer(house);
    const desk = { personId, officeCode, paper: "cccd", handOver: "slip", lang: "vi" } as const;
    const { password = "" } = await reissue(house, officer, { ...desk, now: house.clock.now() });
    expect(await limitNow((await open(password)).token)).toBeUndefined();
    await setPolicy(house, smsResetLimitHours, { value: 0, from: "2026-08-01", by: "thử" });
    moveTo(start + 2 * HOUR_MS);
    await resetBy("sms", "thuyền thúng lắc lư bến đợi");
    expect(await limitNow((await open("thuyền thúng lắc lư bến đợi")).token)).toBeUndefined();
  });

  test("tells the old telephone and the e-mail at once, and ends every session", async () => {
    await settleHoa(house, hoaEmail);
    const { token } = await open(firstChoice);
    const before = house.clock.now();
    await resetBy("sms", secondChoice);
    const told = await house.db
      .selectFrom("notice")
      .select(["channel", "due_at"])
      .where("template", "=", "password_changed")
      .where("created_at", ">=", before)
      .orderBy("notice_id")
      .execute();
    expect(told.map(({ channel }) => channel)).toEqual(["sms", "email"]);
    expect(await identify(house, { cookie: token })).toEqual({ kind: "anyone" });
  });
});

test("S6: a device that set the password by code is a known one: strangers cannot lock it out again", async () => {
  await settleHoa(house);
  for (let n = 0; n < 5; n += 1) await refusalOf(open(wrong));
  const { deviceCookie } = await resetBy("sms", secondChoice);
  for (let n = 0; n < 5; n += 1) await refusalOf(open(wrong));
  expect(await refusalOf(open(secondChoice))).toContain("locked");
  expect((await open(secondChoice, deviceCookie)).deviceCookie).toBe(deviceCookie);
});
