import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { placesOf } from "../../test/places.ts";
import { Conflict, Failure, Forbidden, TryLater } from "../kernel/failures.ts";
import {
  changeTo,
  citizenOf,
  enrolHoa,
  enrolPerson,
  enter,
  firstChoice,
  hoaNumbers,
  issueTo,
  secondChoice,
  settleHoa,
} from "./account.fixture.ts";
import { identify } from "./identify.ts";

/** Everything of a refusal that an asker could tell apart. */
async function refusalOf(asked: Promise<unknown>) {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return JSON.stringify({ ...error, message: error.message });
  }
  return "let in";
}

let house: TestHouse;
const start = "2026-11-23T02:00:00.000Z";
beforeAll(async () => {
  house = await openTestHouse({ at: start });
});
afterAll(() => house.close());

describe("an account", () => {
  let personId: string;
  let issued: { login: string; password: string };

  test("of eight acceptances at the same moment one makes the account, and the others say that there is one", async () => {
    personId = await enrolHoa(house);
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => issueTo(house, personId)));
    const made = all.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const codes = all.flatMap((one) => (one.status === "rejected" ? [(one.reason as Failure).code] : []));
    expect(made).toHaveLength(1);
    expect(codes).toEqual(Array(7).fill("account_exists"));
    const accounts = await house.db.selectFrom("account").select("person_id").execute();
    expect(accounts).toHaveLength(1);
    issued = made[0] ?? { login: "", password: "" };
    expect(issued.login).toBe(hoaNumbers.insurance);
  });

  test("a telephone that serves one account cannot serve another person's", async () => {
    const other = await enrolPerson(house, "Bùi Văn Lực", "5221730947", "052090000124");
    await expect(issueTo(house, other)).rejects.toThrow(new Conflict("phone_taken"));
    expect((await issueTo(house, other, "0987650043")).login).toBe("5221730947");
  });

  test("the issued password opens the change page only, and nothing once it is replaced", async () => {
    const opened = await enter(house, issued.login, issued.password);
    expect(opened.mustChange).toBe("first");
    const citizen = await citizenOf(house, opened.token);
    expect(citizen.scope).toBe("change_password");
    await changeTo(house, citizen, issued.password, firstChoice);
    expect((await citizenOf(house, opened.token)).scope).toBe("full");
    expect(await refusalOf(enter(house, issued.login, issued.password))).toContain("wrong_login");
  });

  test("both numbers of the person sign in, with spaces as printed on the paper", async () => {
    for (const login of ["5221730946", "5221 730 946", "052190000123", "052 190 000 123"]) {
      expect((await enter(house, login, firstChoice)).mustChange).toBeUndefined();
    }
  });

  test("a password composed letter by letter is the same as one typed at once", async () => {
    expect((await enter(house, issued.login, firstChoice.normalize("NFD"))).personId).toBe(personId);
  });

  test("the first sign-in is written once", async () => {
    const { first_signed_in_at: first } = await house.db
      .selectFrom("account")
      .select("first_signed_in_at")
      .where("person_id", "=", personId)
      .executeTakeFirstOrThrow();
    house.clock.moveTo(new Date("2026-11-23T03:00:00.000Z"));
    await enter(house, issued.login, firstChoice);
    const again = await house.db
      .selectFrom("account")
      .selectAll()
      .where("person_id", "=", personId)
      .executeTakeFirstOrThrow();
    expect(again.first_signed_in_at).toEqual(first);
    expect(again.last_signed_in_at?.getTime()).toBeGreaterThan(first?.getTime() ?? 0);
  });

  test("S3: an activation code that ended after 24 hours says so, to whoever knows it", async () => {
    const late = await enrolPerson(house, "Phạm Thị Lý", "5221730948", "052190000125");
    const { login, password } = await issueTo(house, late, "0987650044");
    house.clock.moveTo(new Date("2026-11-24T03:00:30.000Z"));
    await expect(enter(house, login, password)).rejects.toMatchObject({ code: "one_time_password_ended" });
    expect(await refusalOf(enter(house, login, "bake-metu-haga-4729"))).toContain("wrong_login");
  });

  test("a suspended account says so only after the right password", async () => {
    await house.db.updateTable("account").set({ status: "suspended" }).where("person_id", "=", personId).execute();
    await expect(enter(house, issued.login, firstChoice)).rejects.toThrow(new Forbidden("account_suspended"));
    expect(await refusalOf(enter(house, issued.login, secondChoice))).toContain("wrong_login");
    await house.db.updateTable("account").set({ status: "active" }).where("person_id", "=", personId).execute();
  });
});

/** The statements that reach the database while `work` runs. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const asked: string[] = [];
  const { query } = pg.Client.prototype;
  const watch = vi.spyOn(pg.Client.prototype, "query").mockImplementation(function (this: pg.Client, ...args: never[]) {
    const [first] = args as unknown as [string | { text?: string }];
    asked.push((typeof first === "string" ? first : (first.text ?? "")).trim().split(/\s+/).slice(0, 3).join(" "));
    return query.apply(this, args as never);
  } as never);
  await work().finally(() => watch.mockRestore());
  return asked;
}

describe("a sign-in in the rush of a morning", () => {
  test("is four statements on a known device, and all that it writes is one of them", async () => {
    await house.clean();
    await settleHoa(house);
    const { deviceCookie } = await enter(house, hoaNumbers.insurance, firstChoice);
    const asked = await statementsOf(() => enter(house, hoaNumbers.insurance, firstChoice, deviceCookie));
    expect(asked.toSorted()).toEqual([
      "insert into sign_in_window",
      'select "account"."person_id", "account"."status",',
      'select "valid_from" as',
      "with marked as",
    ]);
    const left = await house.db.selectFrom("sign_in_window").select("device").execute();
    expect(left).toEqual([]);
  });

  test("asks no more of the database for a number that nobody has than for a wrong password", async () => {
    const of = (login: string) => statementsOf(() => enter(house, login, secondChoice).catch(() => undefined));
    expect(await of("5221739999")).toEqual(await of(hoaNumbers.insurance));
  });
});

describe("a password six months old", () => {
  test("opens the whole account up to the due day's end, then only the change page, and is never refused", async () => {
    await house.clean();
    house.clock.moveTo(new Date("2026-08-31T02:00:00.000Z"));
    await settleHoa(house);
    house.clock.moveTo(new Date("2027-02-28T16:59:00.000Z"));
    const before = await enter(house, hoaNumbers.insurance, firstChoice);
    expect(before.mustChange).toBeUndefined();
    house.clock.moveTo(new Date("2027-02-28T17:00:00.000Z"));
    expect((await citizenOf(house, before.token)).scope).toBe("change_password");
    const after = await enter(house, hoaNumbers.insurance, firstChoice);
    expect(after.mustChange).toBe("outlived");
    const citizen = await citizenOf(house, after.token);
    expect(citizen.scope).toBe("change_password");
    await changeTo(house, citizen, firstChoice, secondChoice);
    expect((await citizenOf(house, after.token)).scope).toBe("full");
    expect((await enter(house, hoaNumbers.insurance, secondChoice)).mustChange).toBeUndefined();
  });
});

describe("five wrong passwords", () => {
  beforeAll(async () => {
    await house.clean();
    await settleHoa(house);
  });
  const wrong = () => enter(house, hoaNumbers.insurance, "không phải mật khẩu này");

  test("four are told how many tries are left, the fifth closes the door for 15 minutes", async () => {
    for (const left of [4, 3, 2, 1]) {
      expect(await refusalOf(wrong())).toContain(`"triesLeft":${left}`);
    }
    await expect(wrong()).rejects.toThrow(new TryLater("locked", 900));
  });

  test("behind the closed door the right password is not looked at", async () => {
    await expect(enter(house, hoaNumbers.insurance, firstChoice)).rejects.toThrow(TryLater);
    expect(await refusalOf(enter(house, hoaNumbers.personalId, firstChoice))).toContain("locked");
  });

  test("the door opens after 15 minutes by the clock and not before", async () => {
    const row = await house.db.selectFrom("sign_in_window").select("locked_until").executeTakeFirstOrThrow();
    const until = row.locked_until?.getTime() ?? 0;
    house.clock.moveTo(new Date(until - 1000));
    expect(await refusalOf(enter(house, hoaNumbers.insurance, firstChoice))).toContain("locked");
    house.clock.moveTo(new Date(until));
    expect(await refusalOf(wrong())).toContain(`"triesLeft":4`);
    expect((await enter(house, hoaNumbers.insurance, firstChoice)).mustChange).toBeUndefined();
  });

  test("a right password sets the count back", async () => {
    for (let round = 0; round < 3; round += 1) {
      for (const left of [4, 3, 2, 1]) expect(await refusalOf(wrong())).toContain(`"triesLeft":${left}`);
      await enter(house, hoaNumbers.insurance, firstChoice);
    }
  });

  test("of eight wrong ones at the same moment five are looked at and three are not", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => refusalOf(wrong())));
    expect(all.filter((one) => one.includes("wrong_login"))).toHaveLength(4);
    expect(all.filter((one) => one.includes("locked"))).toHaveLength(4);
    const looked = await house.db
      .selectFrom("audit_event")
      .select("action")
      .where("action", "=", "sign_in_locked")
      .execute();
    expect(looked).toHaveLength(2);
  });

  test("a stranger cannot lock the person out of a device that has signed in before", async () => {
    await house.clean();
    await settleHoa(house);
    const { deviceCookie } = await enter(house, hoaNumbers.insurance, firstChoice);
    for (let n = 0; n < 6; n += 1) await refusalOf(enter(house, hoaNumbers.insurance, "không phải mật khẩu này"));
    expect(await refusalOf(enter(house, hoaNumbers.insurance, firstChoice))).toContain("locked");
    expect((await enter(house, hoaNumbers.insurance, firstChoice, deviceCookie)).deviceCookie).toBe(deviceCookie);
    const forged = `${deviceCookie.split(".")[0]}.${"A".repeat(43)}`;
    expect(await refusalOf(enter(house, hoaNumbers.insurance, firstChoice, forged))).toContain("locked");
  });
});

test("a number that nobody has is answered like one that somebody has, try by try, to the last character", async () => {
  await house.clean();
  await settleHoa(house);
  const [known, unknown] = await Promise.all(
    [hoaNumbers.insurance, "9999999999"].map(async (login) => {
      const answers: string[] = [];
      for (let n = 0; n < 7; n += 1) {
        const answer = await refusalOf(enter(house, login, "không phải mật khẩu này"));
        answers.push(answer.replace(/"retryAfterSeconds":(8\d\d|900)/, `"retryAfterSeconds":900`));
      }
      return answers;
    }),
  );
  expect(known).toEqual(unknown);
  expect(await placesOf(house, "9999999999")).toEqual([]);
});

test("a text that cannot be a session's token is anyone's, without a question to the database", async () => {
  for (const token of ["", "x", "A".repeat(42), "A".repeat(44), "' or 1=1 --", "A".repeat(43)]) {
    expect(await identify(house, { cookie: token })).toEqual({ kind: "anyone" });
  }
});
