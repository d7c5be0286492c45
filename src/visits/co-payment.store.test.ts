import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { addCard, addFacility, addPerson, addVisit, type MadeUpPerson } from "../me/person.fixture.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { routes } from "./citizen.tsx";

let house: TestHouse;
let web: FastifyInstance;
const people: MadeUpPerson[] = [];

const PASSED = 0;
const SHORT = 1;

beforeAll(async () => {
  house = await openTestHouse();
  await addFacility(house.db);
  for (const number of ["099190000471", "099190000472"]) {
    const person = await addPerson(house.db);
    await addCard(house.db, person.personId, { card_number: number });
    people.push(person);
  }
  const [passed = "", short = ""] = people.map(({ personId }) => personId);
  await addVisit(house.db, passed, "2026-02-15 08:00:00", { co_paid: "9800000" });
  await addVisit(house.db, passed, "2026-08-05 08:00:00", { co_paid: "4700000" });
  await addVisit(house.db, short, "2026-02-15 08:00:00", { co_paid: "1000000", entitlement_code: "3.3" });
  await addVisit(house.db, short, "2026-03-15 08:00:00", { co_paid: "1000000", entitlement_code: "1.15" });
  await addVisit(house.db, short, "2026-08-15 08:00:00", { co_paid: "1000000", entitlement_code: "1.13" });
  await addVisit(house.db, short, "2026-08-16 08:00:00", { co_paid: "1000000", entitlement_code: "3.1" });
  web = await openWeb(
    house,
    routes,
    people.map(({ citizen }) => citizen),
  );
});
afterAll(async () => {
  await web.close();
  await flushLooks(house);
  await house.close();
});

async function textOf(who: number): Promise<string> {
  const reply = await web.inject({ url: "/app/visits?year=2026", headers: as(who) });
  expect(reply.statusCode).toBe(200);
  return reply.body.replace(/<[^>]+>/g, " ").replace(/[\s\u00a0]+/g, " ");
}

describe("co-payments of a year in which the base wage changed", () => {
  test("are counted at the wage of their day: the limit may have been passed, and the office decides", async () => {
    const text = await textOf(PASSED);
    expect(text).toContain("Năm 2026 đã cùng chi trả 14.500.000 đ.");
    expect(text).toContain("Lương cơ sở đã đổi trong năm: mức cả năm, sau quy đổi, là 14.384.273 đ.");
    expect(text).toContain("Có thể đã vượt mức này ngày 05/08/2026. Số quy đổi do cơ quan BHXH quyết định.");
    expect(text).toContain("Có thể được miễn cùng chi trả từ 05/08/2026 đến 31/12/2026.");
  });

  test("of one's own choice add where they are paid in full, and do not where they are paid in part", async () => {
    const text = await textOf(SHORT);
    expect(text).toContain("Năm 2026 đã cùng chi trả 2.000.000 đ.");
    expect(text).toContain("Còn 13.017.606 đ nữa thì tới mức đó. Số quy đổi do cơ quan BHXH quyết định.");
    expect(text).toContain("Đợt nằm viện qua năm mới đứng ở năm ra viện; BHXH tính riêng từng năm.");
    expect(text).toContain("Không cộng lần tự đến mà quỹ chỉ trả một phần mức hưởng.");
  });

  test("are not told as running on once the year is over in Viet Nam: the next one begins at nothing", async () => {
    const atNoon = house.clock.now();
    try {
      house.clock.moveTo(new Date("2026-12-31T16:59:30Z"));
      expect(await textOf(SHORT)).toContain("Còn 13.017.606 đ nữa thì tới mức đó.");
      house.clock.moveTo(new Date("2026-12-31T17:00:00Z"));
      const over = await textOf(SHORT);
      expect(over).toContain("Năm 2026 đã hết. Số này không cộng sang năm sau.");
      expect(over).not.toContain("nữa thì tới mức đó");
    } finally {
      house.clock.moveTo(atNoon);
    }
  });
});
