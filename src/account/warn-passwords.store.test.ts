import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { registry } from "../app.ts";
import { endOf, plainDate, startOf } from "../kernel/calendar.ts";
import { setPolicy } from "../policy/set.ts";
import { messageHours } from "../registration/rules-reminders.ts";
import {
  changeTo,
  citizenOf,
  enter,
  firstChoice,
  hoaEmail,
  hoaNumbers,
  secondChoice,
  settleHoa,
} from "./account.fixture.ts";
import { openSession } from "./open-session.ts";
import { passwordDueOn } from "./rules.ts";
import { warningDays } from "./rules-policies.ts";
import { forgetSessions } from "./session-cache.ts";
import { accountGates, warnPasswords } from "./warn-passwords.ts";

/** Several handfuls of the job at each hour. */
const people = 1_500;
const setOn = "2026-08-31";
const dueOn = passwordDueOn(plainDate(setOn));
const HOUR_MS = 3600_000;

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ at: "2026-08-31T02:00:00.000Z" });
});
afterAll(() => house.close());

/** People with a telephone and a password of that day; no password fits the hash, nobody signs in here. */
async function settleMany(first: number, count: number, on: string): Promise<void> {
  await sql`
    with born as (
      insert into person (person_id, public_id, full_name, folded_name, birth_on, sex)
      select n, gen_random_uuid(), 'Người ' || n, 'nguoi ' || n, date '1980-01-01', 1
        from generate_series(${first}::bigint, ${first + count - 1}::bigint) n
      returning person_id
    ), reached as (
      insert into contact_point (person_id, kind, value, valid_from, source)
      select person_id, 'phone', '09' || lpad(person_id::text, 8, '0'), ${house.clock.now()}, 'test' from born
    )
    insert into account (person_id, password_hash, password_kind, password_set_on, activated_at)
    select person_id, 'none', 'chosen', ${on}::date, ${house.clock.now()} from born`.execute(house.db);
}

async function runDay(day: string, hours: readonly number[]): Promise<number[]> {
  const counts: number[] = [];
  for (const hour of hours) {
    house.clock.moveTo(new Date(startOf(plainDate(day)).getTime() + hour * HOUR_MS));
    counts.push(await warnPasswords(house));
  }
  return counts;
}

describe("R25: the end of six months", () => {
  test("each of 1,500 people is told exactly four times, by day, and nobody twice", async () => {
    await settleMany(100_000, people, setOn);
    for (let back = 32; back >= -1; back -= 1) {
      const day = dueOn.subtract({ days: back }).toString();
      await runDay(day, [2, 7, 9, 14, 19, 20, 23]);
    }
    const { rows } = await sql<{ told: string; people: string }>`
      select told, count(*) as people from (
        select person_id, count(*) as told from notice where template = 'password_warning' group by person_id
      ) each_one group by told`.execute(house.db);
    expect(rows).toEqual([{ told: "4", people: String(people) }]);
    const days = await sql<{ day: string }>`
      select distinct (created_at at time zone 'Asia/Ho_Chi_Minh')::date::text as day from notice
       where template = 'password_warning' order by day`.execute(house.db);
    const expected = [30, 14, 7, 1].map((left) => dueOn.subtract({ days: left }).toString());
    expect(days.rows.map(({ day }) => day)).toEqual(expected);
    const night = await sql<{ count: string }>`
      select count(*) from notice where template = 'password_warning'
         and extract(hour from created_at at time zone 'Asia/Ho_Chi_Minh') not between 8 and 19`.execute(house.db);
    expect(night.rows[0]?.count).toBe("0");
    const statuses = await sql<{ status: string; count: string }>`
      select status, count(*) from account group by status`.execute(house.db);
    expect(statuses.rows).toEqual([{ status: "active", count: String(people) }]);
  });
});

describe("a warning", () => {
  let hoa: { personId: string };
  beforeAll(async () => {
    await house.clean();
    hoa = { personId: await settleHoa(house, hoaEmail) };
  });

  const toldOf = async () => {
    const rows = await house.db
      .selectFrom("notice")
      .select(["channel", "recipient", "fields", "class"])
      .where("template", "=", "password_warning")
      .orderBy("notice_id")
      .execute();
    return rows;
  };
  const on = (back: number) => runDay(dueOn.subtract({ days: back }).toString(), [10, 19]);

  test("goes out by SMS and e-mail as a reminder, and names the last day", async () => {
    expect(await on(31)).toEqual([0, 0]);
    await on(30);
    expect(await toldOf()).toEqual([
      { channel: "sms", recipient: hoaNumbers.phone, fields: { until: "28/02/2027" }, class: "reminder" },
      { channel: "email", recipient: hoaEmail, fields: { until: "28/02/2027" }, class: "reminder" },
    ]);
  });

  test("that was missed for two days is made up for once, and one that is past is not sent late", async () => {
    await on(12);
    expect(await toldOf()).toHaveLength(4);
    await on(11);
    expect(await toldOf()).toHaveLength(4);
  });

  test("is not sent to who changed the password meanwhile, whose six months begin anew", async () => {
    house.clock.moveTo(new Date("2027-02-20T02:00:00.000Z"));
    const { token } = await enter(house, hoaNumbers.insurance, firstChoice);
    const citizen = await citizenOf(house, token);
    expect(citizen.passwordEndsOn?.toString()).toBe("2027-02-28");
    await changeTo(house, citizen, firstChoice, secondChoice);
    expect((await citizenOf(house, token)).passwordEndsOn).toBeUndefined();
    await on(7);
    await on(1);
    expect(await toldOf()).toHaveLength(4);
    await runDay("2027-07-21", [19]);
    const told = await toldOf();
    expect(told).toHaveLength(6);
    expect(told[5]?.fields).toEqual({ until: "20/08/2027" });
  });

  test("is not sent to an account that is suspended", async () => {
    await house.db.updateTable("account").set({ status: "suspended" }).execute();
    expect(await runDay("2027-08-06", [19])).toEqual([0]);
    await house.db.updateTable("account").set({ status: "active" }).execute();
  });

  test("is not given to who has dropped the password, by message or on a page", async () => {
    const drop = (at: Date | null) => house.db.updateTable("account").set({ password_dropped_at: at }).execute();
    await drop(house.clock.now());
    expect(await runDay("2027-08-06", [19])).toEqual([0]);
    const { personId } = hoa;
    const { token } = await house.db
      .transaction()
      .execute((tx) =>
        openSession(tx, { personId }, { scope: "full", kind: "cookie", device: "", now: house.clock.now() }),
      );
    expect((await citizenOf(house, token)).passwordEndsOn).toBeUndefined();
    await drop(null);
    forgetSessions(house, { personId });
    expect((await citizenOf(house, token)).passwordEndsOn?.toString()).toBe("2027-08-20");
  });

  test("follows the operator's days", async () => {
    await setPolicy(house, warningDays, { value: [3], from: "2027-08-01", by: "thử" });
    expect(await runDay("2027-08-16", [19])).toEqual([0]);
    expect(await runDay("2027-08-17", [19])).toEqual([1]);
  });

  test("of three workers at the same moment one sends it", async () => {
    await settleMany(200_000, 1200, "2027-02-20");
    house.clock.moveTo(new Date("2027-08-17T12:00:00.000Z"));
    const counts = await Promise.all([1, 2, 3].map(() => warnPasswords(house)));
    expect(counts.reduce((all, one) => all + one, 0)).toBe(1200);
  });

  const toldSince = async (first: number) => {
    const rows = await sql<{ id: number }>`
      select distinct person_id::integer as id from notice
       where template = 'password_warning' and person_id >= ${first}`.execute(house.db);
    return new Set(rows.rows.map(({ id }) => id - first));
  };

  test("is spread over the day: by half past one half are told, of any ten neighbours about five", async () => {
    await settleMany(300_000, 1320, "2027-03-20");
    const [early = 0] = await runDay("2027-09-17", [13.5]);
    const told = await toldSince(300_000);
    const [late = 0] = await runDay("2027-09-17", [19]);
    expect(early).toBeGreaterThan(630);
    expect(early).toBeLessThan(690);
    expect(early + late).toBe(1320);
    const tens = Array.from({ length: 1311 }, (_, at) => [...Array(10).keys()].filter((nth) => told.has(at + nth)));
    expect(Math.min(...tens.map(({ length }) => length))).toBeGreaterThan(2);
    expect(Math.max(...tens.map(({ length }) => length))).toBeLessThan(8);
  });

  test("keeps to the hours that the operator sets, and is spread over them", async () => {
    await setPolicy(house, messageHours, { value: { from: 10, until: 14 }, from: "2027-09-20", by: "thử" });
    await settleMany(400_000, 1000, "2027-04-20");
    const [night, half = 0, rest = 0, evening] = await runDay("2027-10-17", [9.9, 11.8, 13.8, 14]);
    expect([night, evening]).toEqual([0, 0]);
    expect(half).toBeGreaterThan(450);
    expect(half).toBeLessThan(550);
    expect(half + rest).toBe(1000);
  });

  test("that waited for the morning goes to nobody who has changed the password, or whose day is past", async () => {
    const { rows } = await house.pool.query(
      "select * from notice where template = 'password_warning' and person_id = 400001",
    );
    const judged = () => accountGates.password_warning?.(house, rows[0]);
    house.clock.moveTo(new Date("2027-10-18T04:00:00.000Z"));
    expect(await judged()).toBe("send");
    house.clock.moveTo(new Date("2027-10-20T18:00:00.000Z"));
    expect(await judged()).toBe("overtaken");
    house.clock.moveTo(new Date("2027-10-18T04:00:00.000Z"));
    await house.pool.query("update account set password_set_on = '2027-10-17' where person_id = 400001");
    expect(await judged()).toBe("overtaken");
  });
});

test("R25: at the due moment the password opens changing it, proving oneself for that, and signing out: nothing else", async () => {
  await house.clean();
  await settleHoa(house);
  house.clock.moveTo(endOf(dueOn));
  const { token, mustChange } = await enter(house, hoaNumbers.insurance, firstChoice);
  expect(mustChange).toBe("outlived");
  const opened: string[] = [];
  const signOut = (row: { method: string; path: string }) => row.method === "DELETE" && row.path === "/api/v1/session";
  const rows = registry.filter((row) => row.who.includes("citizen") && !row.who.includes("anyone") && !signOut(row));
  expect(rows.length).toBeGreaterThan(15);
  for (const { method, path } of rows) {
    const url = path.replace(/:\w+|\{\w+\}/g, "1");
    const reply = await house.app.inject({ method, url, headers: { authorization: `Bearer ${token}` } });
    const page = await house.app.inject({ method, url, cookies: { vssid_session: token } });
    if (reply.statusCode < 300 || page.statusCode < 300) opened.push(`${method} ${path}`);
  }
  expect(opened).toEqual(["GET /account/password", "GET /account/proof"]);
  const headers = { authorization: `Bearer ${token}` };
  const left = await house.app.inject({ method: "DELETE", url: "/api/v1/session", headers });
  expect(left.statusCode).toBe(204);
});
