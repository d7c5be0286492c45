import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { addCard, addFacility, addPerson, type MadeUpPerson } from "../me/person.fixture.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { routes } from "./citizen.tsx";

let house: TestHouse;
let web: FastifyInstance;
const people: MadeUpPerson[] = [];

const HOUSEHOLD = 0;
const PENSIONER = 1;
const OLD_NUMBER = 2;

beforeAll(async () => {
  house = await openTestHouse();
  await addFacility(house.db);
  for (const card of [
    { object_group: "GD", card_number: "099190000461", valid_to: "2026-12-31" },
    { object_group: "HT", card_number: "099190000462", benefit_level: 3 },
    { form: "card15", card_number: "DN4520000000463" },
  ]) {
    const person = await addPerson(house.db);
    await addCard(house.db, person.personId, card);
    people.push(person);
  }
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

async function textOf(who: number, lang = "vi"): Promise<string> {
  const reply = await web.inject({ url: "/app/card", headers: { ...as(who), "accept-language": lang } });
  expect(reply.statusCode).toBe(200);
  return reply.body.replace(/<[^>]+>/g, " ").replace(/[\s\u00a0]+/g, " ");
}

describe("what becomes of a card after its last day", () => {
  test("a household that pays is told by when to pay on, and never that nothing is to be done", async () => {
    const text = await textOf(HOUSEHOLD);
    expect(text).toContain("Vì sao thẻ ghi đến 31/12/2026?");
    expect(text).toContain("Đóng tiếp chậm nhất 31/12/2026 ở đại lý thu để thẻ không gián đoạn.");
    expect(text).not.toContain("không phải làm gì");
  });

  test("a pensioner is told that nothing is to be done, and that who asks a fee is a swindler", async () => {
    const text = await textOf(PENSIONER);
    expect(text).toContain("thẻ tự gia hạn từng năm, không phải làm gì. Ai đòi phí gia hạn là lừa đảo.");
  });
});

describe("care at a place of one's own choice", () => {
  test("is told apart for in-patients and out-patients, with what is not paid at all", async () => {
    const text = await textOf(HOUSEHOLD);
    expect(text).toContain("Nội trú: quỹ trả từ 40 % đến 100 % mức này, tùy cấp cơ sở.");
    expect(text).toContain("Ngoại trú: có nơi trả 100 % mức này, có nơi trả 50 % mức này, có nơi không trả.");
    expect(text).toContain("Bệnh viện trước 2025 là tuyến trung ương: quỹ không trả ngoại trú khi tự đến.");
  });
});

test("the province in a number of 15 signs is the one of when such numbers were made, though the card was renewed", async () => {
  expect(await textOf(OLD_NUMBER)).toContain("Hai số 52 trên thẻ 15 ký tự: Tỉnh Bình Định (nay là Tỉnh Gia Lai).");
});
