import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { placesOf } from "../../test/places.ts";
import { sendProofCode } from "../factor/prove-code.ts";
import { Failure } from "../kernel/failures.ts";
import {
  citizenOf,
  countNotices,
  enrolHoa,
  enter,
  firstChoice,
  hoaEmail,
  hoaNumbers,
  issueTo,
  lastCode,
  secondChoice,
  settleHoa,
} from "./account.fixture.ts";
import { identify } from "./identify.ts";
import { recover } from "./recover.ts";
import { requestRecovery } from "./request-recovery.ts";

const start = Date.parse("2026-11-23T02:00:00.000Z");
const stranger = "9999999999";
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ at: new Date(start).toISOString() });
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const request = (login: string, channel: "sms" | "email" = "sms") =>
  requestRecovery(house, { login, channel, lang: "vi", now: house.clock.now() });
const use = (requestId: string, code: string, newPassword = secondChoice) =>
  recover(house, { requestId, code, newPassword, now: house.clock.now() });
const passMinutes = (minutes: number) => house.clock.moveTo(new Date(house.clock.now().getTime() + minutes * 60_000));

async function keysOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return JSON.stringify({ ...error, message: error.message });
  }
  return "done";
}
const otherThan = (code: string) => String((Number(code) + 1) % 1e8).padStart(8, "0");

describe("a forgotten password", () => {
  test("a code on the registered telephone sets a new password, ends all sessions, and the person is told", async () => {
    await settleHoa(house);
    const { token } = await enter(house, hoaNumbers.insurance, firstChoice);
    const { requestId } = await request(hoaNumbers.insurance);
    const told = await countNotices(house, "password_changed");
    await use(requestId, await lastCode(house));
    expect(await identify(house, { cookie: token })).toEqual({ kind: "anyone" });
    expect((await enter(house, hoaNumbers.insurance, secondChoice)).mustChange).toBeUndefined();
    expect(await keysOf(enter(house, hoaNumbers.insurance, firstChoice))).toContain("wrong_login");
    expect(await countNotices(house, "password_changed")).toBe(told + 1);
  });

  test("it opens an account whose first password never came, and one locked after five wrong tries", async () => {
    await issueTo(house, await enrolHoa(house));
    for (let n = 0; n < 5; n += 1) await keysOf(enter(house, hoaNumbers.insurance, "không phải mật khẩu này"));
    passMinutes(5 * 24 * 60);
    for (let n = 0; n < 5; n += 1) await keysOf(enter(house, hoaNumbers.insurance, "không phải mật khẩu này"));
    const { requestId } = await request(hoaNumbers.personalId);
    await use(requestId, await lastCode(house));
    expect((await enter(house, hoaNumbers.insurance, secondChoice)).mustChange).toBeUndefined();
  });

  test("the code goes to the e-mail address when that is asked for, and nowhere when there is none", async () => {
    await settleHoa(house, hoaEmail);
    await request(hoaNumbers.insurance, "email");
    const sent = await house.db
      .selectFrom("notice")
      .select(["channel", "recipient"])
      .where("template", "=", "one_time_code")
      .execute();
    expect(sent).toEqual([{ channel: "email", recipient: hoaEmail }]);
  });

  test("no code, no number and no password can be read in the database", async () => {
    await settleHoa(house);
    await request(hoaNumbers.insurance);
    await request(stranger);
    const code = await lastCode(house);
    for (const secret of [code, stranger, firstChoice]) expect(await placesOf(house, secret)).toEqual([]);
  });
});

describe("a code", () => {
  test("is refused after three wrong tries, right or not", async () => {
    await settleHoa(house);
    const { requestId } = await request(hoaNumbers.insurance);
    const code = await lastCode(house);
    expect(await keysOf(use(requestId, otherThan(code)))).toContain(`"left":2`);
    expect(await keysOf(use(requestId, otherThan(code)))).toContain(`"left":1`);
    expect(await keysOf(use(requestId, otherThan(code)))).toContain("code_ended");
    expect(await keysOf(use(requestId, code))).toContain("code_ended");
  });

  test("of eight wrong ones at the same moment three are looked at", async () => {
    await settleHoa(house);
    const { requestId } = await request(hoaNumbers.insurance);
    const wrong = otherThan(await lastCode(house));
    await Promise.all(Array.from({ length: 8 }, () => keysOf(use(requestId, wrong))));
    const { tries_left: left } = await house.db
      .selectFrom("one_time_code")
      .select("tries_left")
      .where("code_id", "=", requestId)
      .executeTakeFirstOrThrow();
    expect(left).toBe(0);
    expect(await keysOf(use(requestId, wrong))).toContain("code_ended");
    const refused = await house.db
      .selectFrom("audit_event")
      .select("event_id")
      .where("action", "=", "recovery_refused")
      .execute();
    expect(refused).toHaveLength(9);
  });

  test("opens to the fifth minute and not after it", async () => {
    await settleHoa(house);
    const { requestId } = await request(hoaNumbers.insurance);
    const code = await lastCode(house);
    passMinutes(5);
    expect(await keysOf(use(requestId, code))).toContain("code_ended");
  });

  test("is worth nothing for another request of the same person", async () => {
    await settleHoa(house);
    const first = await request(hoaNumbers.insurance);
    const code = await lastCode(house);
    const second = await request(hoaNumbers.insurance);
    expect(await keysOf(use(second.requestId, code))).toContain("code_wrong");
    expect(await keysOf(use(first.requestId, code))).toBe("done");
    expect(await keysOf(use(second.requestId, await lastCode(house)))).toContain("code_ended");
  });

  test("used twice at the same moment changes the password once", async () => {
    await settleHoa(house);
    const { requestId } = await request(hoaNumbers.insurance);
    const code = await lastCode(house);
    const both = await Promise.all([
      keysOf(use(requestId, code, "mưa rào gõ mái tôn lộp độp")),
      keysOf(use(requestId, code, "cây khế ngọt sau vườn ông Tư")),
    ]);
    expect(both.filter((one) => one === "done")).toHaveLength(1);
    const changes = await house.db
      .selectFrom("audit_event")
      .select("event_id")
      .where("action", "=", "password_recovered")
      .execute();
    expect(changes).toHaveLength(1);
  });

  test("is not used up by a new password that is refused", async () => {
    await settleHoa(house);
    const { requestId } = await request(hoaNumbers.insurance);
    const code = await lastCode(house);
    for (let n = 0; n < 4; n += 1) {
      expect(await keysOf(use(requestId, code, "Đặng Thị Hòa 15/01/1990"))).toContain("password_personal");
    }
    expect(await keysOf(use(requestId, code, firstChoice))).toContain("password_used_before");
    expect(await keysOf(use(requestId, code, "ngắn"))).toContain("password_short");
    expect(await keysOf(use(requestId, code))).toBe("done");
  });
});

describe("somebody who tries numbers", () => {
  test("cannot tell a number that nobody has from one with an account: not when asking, not when guessing", async () => {
    await settleHoa(house);
    const answers = await Promise.all(
      [hoaNumbers.insurance, stranger].map(async (login) => {
        const { requestId } = await request(login);
        expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
        const tries: string[] = [];
        for (let n = 0; n < 4; n += 1) tries.push(await keysOf(use(requestId, "00000000")));
        return tries;
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
  });

  test("sends no message for a number without an account, and the row looks like any other", async () => {
    await settleHoa(house);
    await request(stranger);
    expect(await countNotices(house, "one_time_code")).toBe(0);
    await request(hoaNumbers.insurance);
    expect(await countNotices(house, "one_time_code")).toBe(1);
    const rows = await house.db.selectFrom("one_time_code").selectAll().execute();
    expect(rows.map((row) => [row.code_mark.length, row.bound_to.length, row.tries_left])).toEqual([
      [32, 32, 3],
      [32, 32, 3],
    ]);
  });

  test("asking 20 times at once sends three codes, the fourth comes after an hour, the sixth after a day", async () => {
    await settleHoa(house);
    await Promise.all(Array.from({ length: 20 }, () => request(hoaNumbers.insurance)));
    expect(await countNotices(house, "one_time_code")).toBe(3);
    passMinutes(61);
    for (let n = 0; n < 4; n += 1) await request(hoaNumbers.personalId);
    expect(await countNotices(house, "one_time_code")).toBe(5);
    passMinutes(61);
    await request(hoaNumbers.insurance);
    expect(await countNotices(house, "one_time_code")).toBe(5);
    passMinutes(24 * 60);
    await request(hoaNumbers.insurance);
    expect(await countNotices(house, "one_time_code")).toBe(6);
  });

  test("S6: who asks for codes by somebody's number spends none of hers, and only those of one channel", async () => {
    await settleHoa(house, hoaEmail);
    for (let n = 0; n < 3; n += 1) await request(hoaNumbers.insurance);
    const hers = async () => {
      const { token } = await enter(house, hoaNumbers.insurance, firstChoice);
      return sendProofCode(house, await citizenOf(house, token), "vi", house.clock.now());
    };
    expect(await hers(), "her telephone was rung three times by a stranger this hour").toBeDefined();
    passMinutes(61);
    for (let n = 0; n < 3; n += 1) await request(hoaNumbers.personalId);
    const spent = await countNotices(house, "one_time_code");
    expect(spent, "five of the day by SMS, and hers").toBe(6);
    passMinutes(6 * 60);
    expect(await hers()).toBeDefined();
    await request(hoaNumbers.insurance, "email");
    expect(await countNotices(house, "one_time_code")).toBe(spent + 2);
  });
});
