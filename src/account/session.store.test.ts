import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { placesOf } from "../../test/places.ts";
import type { House } from "../db/house.ts";
import { TryLater } from "../kernel/failures.ts";
import {
  changeTo,
  citizenOf,
  countNotices,
  enter,
  firstChoice,
  hoaEmail,
  hoaNumbers,
  secondChoice,
  settleHoa,
} from "./account.fixture.ts";
import { endOtherSessions } from "./end-sessions.ts";
import { forgetOld } from "./forget-old.ts";
import { identify } from "./identify.ts";
import { signOut } from "./sign-out.ts";

const start = Date.parse("2026-11-23T02:00:00.000Z");
const minute = 60_000;
const anyone = { kind: "anyone" };
let house: TestHouse;
/** Another process over the same database: it has a memory of its own. */
let elsewhere: House;
const moveTo = (ms: number) => house.clock.moveTo(new Date(ms));
const open = () => enter(house, hoaNumbers.insurance, firstChoice);

beforeAll(async () => {
  house = await openTestHouse({ at: new Date(start).toISOString() });
  elsewhere = { ...house };
  await settleHoa(house, hoaEmail);
});
afterAll(() => house.close());

/** Counts how often `work` takes a connection. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const counting = () => {
    count += 1;
  };
  house.pool.on("acquire", counting);
  try {
    await work();
  } finally {
    house.pool.off("acquire", counting);
  }
  return count;
}

describe("a session", () => {
  test("only the hash of its token is kept", async () => {
    const { token } = await open();
    const rows = await house.db.selectFrom("session").selectAll().execute();
    expect(await placesOf(house, token)).toEqual([]);
    expect(rows.every((row) => row.token_sha256.length === 32)).toBe(true);
  });

  test("works as a cookie and as a bearer token, and a wrong bearer token is not helped by a cookie", async () => {
    const { token } = await open();
    expect((await identify(house, { cookie: token })).kind).toBe("citizen");
    expect((await identify(house, { bearer: token })).kind).toBe("citizen");
    expect(await identify(house, { bearer: "A".repeat(43), cookie: token })).toEqual(anyone);
  });

  test("is read from the database once, then not at all for a while, and again within five seconds", async () => {
    const { token } = await open();
    moveTo(start);
    expect(await statementsOf(() => identify(house, { cookie: token }))).toBeGreaterThan(0);
    expect(await statementsOf(() => Promise.all([1, 2, 3].map(() => identify(house, { cookie: token }))))).toBe(0);
    moveTo(start + 5000);
    expect(await statementsOf(() => identify(house, { cookie: token }))).toBeGreaterThan(0);
    moveTo(start);
  });

  test("ends at once where the person signs out, and within five seconds in another process", async () => {
    const { token } = await open();
    const citizen = await citizenOf(house, token);
    expect((await identify(elsewhere, { cookie: token })).kind).toBe("citizen");
    await signOut(house, citizen, house.clock.now());
    expect(await identify(house, { cookie: token })).toEqual(anyone);
    moveTo(house.clock.now().getTime() + 5000);
    expect(await identify(elsewhere, { cookie: token })).toEqual(anyone);
    moveTo(start);
  });

  test("signing out twice leaves one line in the record", async () => {
    const { token } = await open();
    const citizen = await citizenOf(house, token);
    const lines = async () =>
      (await house.db.selectFrom("audit_event").select("event_id").where("action", "=", "sign_out").execute()).length;
    const before = await lines();
    await signOut(house, citizen, house.clock.now());
    await signOut(house, citizen, house.clock.now());
    expect(await lines()).toBe(before + 1);
  });

  test("a look that began before the sign-out does not bring the session back into memory", async () => {
    const { token } = await open();
    const citizen = await citizenOf(elsewhere as TestHouse, token);
    const looking = Promise.all(Array.from({ length: 5 }, () => identify(house, { cookie: token })));
    await signOut(house, citizen, house.clock.now());
    await looking;
    expect(await identify(house, { cookie: token })).toEqual(anyone);
  });

  test("ends after 30 minutes without a look, and each look begins the 30 minutes anew", async () => {
    moveTo(start);
    const { token } = await open();
    for (const minutes of [25, 50, 75]) {
      moveTo(start + minutes * minute);
      expect((await identify(house, { cookie: token })).kind).toBe("citizen");
    }
    moveTo(start + (75 + 30) * minute + 1000);
    expect(await identify(house, { cookie: token })).toEqual(anyone);
    moveTo(start);
  });

  test("ends after 12 hours however often it is used, to the second, even from memory", async () => {
    moveTo(start);
    const { token, expiresAt } = await open();
    expect(expiresAt.getTime() - start).toBeGreaterThanOrEqual(12 * 60 * minute);
    for (let at = start; at < start + 12 * 60 * minute; at += 20 * minute) {
      moveTo(at);
      expect((await identify(house, { cookie: token })).kind).toBe("citizen");
    }
    moveTo(expiresAt.getTime() - 1000);
    expect((await identify(house, { cookie: token })).kind).toBe("citizen");
    moveTo(expiresAt.getTime());
    expect(await identify(house, { cookie: token })).toEqual(anyone);
    moveTo(start);
  });

  test("of three devices the two others end and the one in hand stays", async () => {
    const [first, second, third] = [await open(), await open(), await open()];
    const here = await citizenOf(house, second.token);
    await identify(house, { cookie: first.token });
    expect(await endOtherSessions(house, here, house.clock.now())).toBeGreaterThanOrEqual(2);
    expect(await identify(house, { cookie: first.token })).toEqual(anyone);
    expect(await identify(house, { cookie: third.token })).toEqual(anyone);
    expect((await identify(house, { cookie: second.token })).kind).toBe("citizen");
  });

  test("a suspended account opens nothing, though its sessions have not ended", async () => {
    const { token, personId } = await open();
    await house.db.updateTable("account").set({ status: "suspended" }).where("person_id", "=", personId).execute();
    expect(await identify(house, { cookie: token })).toEqual(anyone);
    await house.db.updateTable("account").set({ status: "active" }).where("person_id", "=", personId).execute();
  });
});

describe("a change of password", () => {
  test("ends the other sessions, keeps this one, and tells the person by SMS and e-mail", async () => {
    // Apart from the first change of all: two at one instant would be one message, and the clock was put back since.
    moveTo(start + minute);
    const told = await countNotices(house, "password_changed");
    const [here, there] = [await open(), await open()];
    await identify(house, { cookie: there.token });
    await changeTo(house, await citizenOf(house, here.token), firstChoice, secondChoice);
    expect(await identify(house, { cookie: there.token })).toEqual(anyone);
    expect((await citizenOf(house, here.token)).scope).toBe("full");
    expect(await countNotices(house, "password_changed")).toBe(told + 2);
  });

  test.each([
    [`${secondChoice} 2`, "password_like_old"],
    [secondChoice.toUpperCase(), "password_like_old"],
    [firstChoice, "password_used_before"],
    ["Đặng Thị Hòa 15/01/1990", "password_personal"],
    ["mật khẩu bảo hiểm xã hội", "password_common"],
    ["ngắn quá", "password_short"],
  ])("%j is refused: %s", async (typed, key) => {
    const { token } = await enter(house, hoaNumbers.insurance, secondChoice);
    const change = changeTo(house, await citizenOf(house, token), secondChoice, typed);
    await expect(change).rejects.toMatchObject({ faults: [{ field: "newPassword", key }] });
  });

  test("a wrong present password is counted: the fifth closes this page for 15 minutes, not the sign-in", async () => {
    const { token } = await enter(house, hoaNumbers.insurance, secondChoice);
    const citizen = await citizenOf(house, token);
    const wrong = () => changeTo(house, citizen, "không phải mật khẩu này", firstChoice);
    for (const left of [4, 3, 2, 1]) {
      await expect(wrong()).rejects.toMatchObject({ faults: [{ key: "current_wrong", values: { left } }] });
    }
    await expect(wrong()).rejects.toThrow(TryLater);
    await expect(changeTo(house, citizen, secondChoice, firstChoice)).rejects.toThrow(TryLater);
    expect((await enter(house, hoaNumbers.insurance, secondChoice)).mustChange).toBeUndefined();
  });

  test("of two changes at the same moment one is made and the other says so", async () => {
    const [here, there] = [
      await enter(house, hoaNumbers.insurance, secondChoice),
      await enter(house, hoaNumbers.insurance, secondChoice),
    ];
    const both = await Promise.allSettled([
      changeTo(house, await citizenOf(house, here.token), secondChoice, "mưa rào gõ mái tôn lộp độp"),
      changeTo(house, await citizenOf(house, there.token), secondChoice, "cây khế ngọt sau vườn ông Tư"),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = both.find((one) => one.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "password_changed_meanwhile" });
  });
});

test("counts of tries go after a day and ended sessions after thirty", async () => {
  await enter(house, "9999999999", "không phải mật khẩu này").catch(() => undefined);
  expect((await forgetOld(house)).windows).toBe(0);
  moveTo(start + 25 * 60 * minute);
  const gone = await forgetOld(house);
  expect(gone.windows).toBeGreaterThan(0);
  expect(gone.sessions).toBe(0);
  moveTo(start + 32 * 24 * 60 * minute);
  expect((await forgetOld(house)).sessions).toBeGreaterThan(0);
  moveTo(start);
});

test("none of the last ten passwords can be used again, the eleventh can", async () => {
  const names = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mươi mốt"];
  await house.clean();
  await settleHoa(house);
  const { token } = await enter(house, hoaNumbers.insurance, firstChoice);
  const phrases = names.map(
    (name, at) =>
      `${name} chiếc ${"xuồng thúng chài lưới đò ghe bè mảng phà cano".split(" ")[at % 10]} ngược gió ${name}`,
  );
  let current = firstChoice;
  for (const [at, phrase] of phrases.entries()) {
    house.clock.moveTo(new Date(start + at * minute));
    await changeTo(house, await citizenOf(house, token), current, phrase);
    current = phrase;
  }
  const again = async (typed: string) => changeTo(house, await citizenOf(house, token), current, typed);
  await expect(again(phrases[0] ?? "")).rejects.toMatchObject({ faults: [{ key: "password_used_before" }] });
  await again(firstChoice);
  const kept = await house.db.selectFrom("account_password_history").select("set_at").execute();
  expect(kept).toHaveLength(12);
});
