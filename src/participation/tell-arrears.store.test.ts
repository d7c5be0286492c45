import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { readInbox } from "../inbox/read.ts";
import { addPeriod, addPerson, type MadeUpPerson } from "../me/person.fixture.ts";
import { participationGates, tellArrears } from "./tell-arrears.ts";

let house: TestHouse;
let owing: MadeUpPerson;
let mute: MadeUpPerson;

beforeAll(async () => {
  house = await openTestHouse();
  const someone = async (name: string, phone: string | null, isOpen = true) => {
    const person = await addPerson(house.db, { full_name: name });
    await house.pool.query(
      `insert into account (person_id, password_hash, password_kind, password_set_on, activated_at, status)
       values ($1, 'none', 'chosen', '2026-08-31', $2, $3)`,
      [person.personId, house.clock.now(), isOpen ? "active" : "suspended"],
    );
    if (phone)
      await house.pool.query(
        "insert into contact_point (person_id, kind, value, valid_from, source) values ($1, 'phone', $2, $3, 'test')",
        [person.personId, phone, house.clock.now()],
      );
    return person;
  };
  const unit = { unit_code: "XX33", unit_name: "Xí nghiệp Mẫu Nợ" };
  owing = await someone("Lò Thị Nợ", "0933000331");
  await addPeriod(house.db, owing.personId, "2026-07", "2026-09", { ...unit, status: "unpaid" });
  mute = await someone("Lò Văn Câm", null);
  await addPeriod(house.db, mute.personId, "2026-07", "2026-07", { ...unit, status: "unpaid" });
  const recent = await someone("Lò Thị Mới", "0933000332");
  await addPeriod(house.db, recent.personId, "2026-10", "2026-10", { ...unit, status: "unpaid" });
  const paid = await someone("Lò Văn Đủ", "0933000333");
  await addPeriod(house.db, paid.personId, "2026-07", "2026-09", { ...unit, status: "unpaid" });
  await addPeriod(house.db, paid.personId, "2026-07", "2026-09", { unit_code: "XX34", unit_name: "Khác" });
  const stopped = await someone("Lò Thị Dừng", "0933000334", false);
  await addPeriod(house.db, stopped.personId, "2026-07", "2026-09", { ...unit, status: "unpaid" });
  const dead = await someone("Lò Văn Khuất", "0933000335");
  await addPeriod(house.db, dead.personId, "2026-07", "2026-09", { ...unit, status: "unpaid" });
  await house.pool.query("update person set died_on = '2026-11-05' where person_id = $1", [dead.personId]);
});
afterAll(() => house.close());

const at = (local: string) => house.clock.moveTo(new Date(`${local}+07:00`));
const told = async () =>
  (
    await house.pool.query(
      "select person_id, channel, class, created_at from notice where template = 'arrears_notice' order by notice_id",
    )
  ).rows;

test("on the 10th, by day, whoever lives and has months 30 days overdue is told once: by SMS and in the account", async () => {
  for (const early of ["2026-12-09T10:00:00", "2026-12-10T06:30:00"]) {
    at(early);
    expect(await tellArrears(house)).toBe(0);
  }
  at("2026-12-10T08:01:00");
  expect(await tellArrears(house)).toBe(2);
  expect((await told()).map((row) => [row.person_id, row.channel, row.class])).toEqual([
    [owing.personId, "sms", "reminder"],
    [owing.personId, "inbox", "reminder"],
    [mute.personId, "inbox", "reminder"],
  ]);
  at("2026-12-10T19:00:00");
  expect(await Promise.all([tellArrears(house), tellArrears(house)])).toEqual([0, 0]);
  at("2026-12-12T10:00:00");
  expect(await tellArrears(house)).toBe(0);
});

test("the account shows funds, units and months without an amount", async () => {
  const { messages } = await readInbox(house, { personId: owing.personId, readBy: owing.personId }, { limit: 9 });
  expect(messages).toHaveLength(1);
  const text = `${messages[0]?.title} ${messages[0]?.paragraphs.join(" ")}`;
  expect(text).toContain("thông báo ngày 10/12/2026");
  expect(text).toContain("BHXH – Xí nghiệp Mẫu Nợ: 07/2026 – 09/2026 (số tháng: 3)");
  expect(text).not.toMatch(/ đ\b|\d\.\d{3}/);
});

test("it waits for the morning, and is overtaken once the months are paid", async () => {
  const gate = participationGates.arrears_notice;
  const judge = () => gate?.(house, { person_id: owing.personId } as never);
  at("2026-12-10T21:30:00");
  expect(await judge()).toEqual({ waitUntil: new Date("2026-12-11T08:00:00+07:00") });
  at("2026-12-11T09:00:00");
  expect(await judge()).toBe("send");
  await house.pool.query("update participation_period set status = 'paid' where person_id = $1", [owing.personId]);
  expect(await judge()).toBe("overtaken");
});

test("the next month is told anew; a day that was missed is made up for, a whole week is not", async () => {
  at("2027-01-16T10:00:00");
  expect(await tellArrears(house)).toBe(0);
  at("2027-01-12T10:00:00");
  expect(await tellArrears(house)).toBe(2);
  const days = (await told()).map((row) => row.created_at.toISOString().slice(0, 10));
  expect(new Set(days)).toEqual(new Set(["2026-12-10", "2027-01-12"]));
});
