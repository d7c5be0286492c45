import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { inTransaction } from "../db/transaction.ts";
import { plainDate } from "../kernel/calendar.ts";
import { addPeriod, addPerson, type MadeUpPerson } from "../me/person.fixture.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { enqueue } from "../notices/enqueue.ts";
import { routes } from "./citizen.tsx";
import type { Arrear } from "./rules-arrears.ts";
import { noticeThatTold } from "./rules-notice.ts";

let house: TestHouse;
let web: FastifyInstance;
let owed: MadeUpPerson;

beforeAll(async () => {
  house = await openTestHouse();
  owed = await addPerson(house.db);
  const unpaid = (from: string, to: string, unit: string) =>
    addPeriod(house.db, owed.personId, from, to, { unit_code: unit, unit_name: `Xí nghiệp ${unit}`, status: "unpaid" });
  await unpaid("2026-06", "2026-08", "Mẫu Gỗ");
  await unpaid("2026-09", "2026-09", "Mẫu Giấy");
  await unpaid("2026-10", "2026-10", "Mẫu Vải");
  await inTransaction(house.db, (tx) =>
    enqueue(tx, house.vault, {
      ...{ dedupeKey: "arrears:test:2026-11", class: "reminder", template: "arrears_notice", lang: "vi" },
      fields: { day: "10/11/2026", unpaid: "BHXH – Xí nghiệp Mẫu Gỗ: 06/2026 – 08/2026 (số tháng: 3)" },
      ...{ personId: owed.personId, inAccount: true },
      ...{ dueAt: new Date("2026-11-10T12:00:00Z"), now: new Date("2026-11-10T02:00:00Z") },
    }),
  );
  web = await openWeb(house, routes, [owed.citizen]);
});
afterAll(async () => {
  await web.close();
  await flushLooks(house);
  await house.close();
});

async function lineOf(unit: string): Promise<string> {
  const { body } = await web.inject({ url: "/app/participation", headers: as(0) });
  const lines = body.match(/<li>Xí nghiệp[\s\S]*?<\/li>/g) ?? [];
  return (lines.find((line) => line.includes(unit)) ?? "").replace(/<[^>]+>/g, " ").replace(/[\s\u00a0]+/g, " ");
}

test("months are told as told only where a notice in the account names their unit", async () => {
  expect(await lineOf("Mẫu Gỗ")).toContain("Đã nằm trong thông báo ngày 10/11/2026.");
  expect(await lineOf("Mẫu Giấy")).toContain("sẽ nằm trong thông báo ngày 10/12/2026.");
});

test("a notice tells of its own fund, unit and months alone", () => {
  const sent = [{ on: plainDate("2026-11-10"), unpaid: "BHXH – Công ty Mẫu Hai: 03/2026 – 05/2026 (số tháng: 3)" }];
  const told = (unitName: string, fromMonth: string, ...funds: string[]) =>
    noticeThatTold({ unitName, fromMonth } as Arrear, funds, sent)?.toString();
  expect(told("Công ty Mẫu Hai", "2026-04-01", "Social", "BHXH")).toBe("2026-11-10");
  expect(told("Công ty Mẫu Hai", "2026-03-01", "BHTN")).toBeUndefined();
  expect(told("Công ty Mẫu", "2026-03-01", "BHXH")).toBeUndefined();
  expect(told("Công ty Mẫu Hai", "2026-02-01", "BHXH")).toBeUndefined();
  expect(told("Công ty Mẫu Hai", "2026-06-01", "BHXH")).toBeUndefined();
});

test("a month that the next notice does not tell yet is promised for the one that does", async () => {
  expect(await lineOf("Mẫu Vải")).toContain("sẽ nằm trong thông báo ngày 10/01/2027.");
});
