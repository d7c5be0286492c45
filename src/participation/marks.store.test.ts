import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { addBenefit, addPeriod, addPerson, type MadeUpPerson } from "../me/person.fixture.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { routes } from "./citizen.tsx";

let house: TestHouse;
let web: FastifyInstance;

const DRAWN = 0;
const VOLUNTARY = 1;
const NEVER_DRAWN = 2;

beforeAll(async () => {
  house = await openTestHouse();
  const people: MadeUpPerson[] = [await addPerson(house.db), await addPerson(house.db), await addPerson(house.db)];
  const [drawn = "", voluntary = "", neverDrawn = ""] = people.map(({ personId }) => personId);
  await addPeriod(house.db, drawn, "2024-01", "2025-12", { fund: "bhtn", rate: "2" });
  await addPeriod(house.db, drawn, "2026-06", "2026-10", { fund: "bhtn", rate: "2" });
  await addBenefit(house.db, drawn, { kind: "unemployment", from_on: "2026-01-20", to_on: "2026-04-19" });
  await addPeriod(house.db, voluntary, "2026-01", "2026-10", { object_type: "BHXH tự nguyện" });
  await addPeriod(house.db, neverDrawn, "2026-06", "2026-10", { fund: "bhtn", rate: "2" });
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

async function textOf(url: string, who: number): Promise<string> {
  const reply = await web.inject({ url, headers: as(who) });
  expect(reply.statusCode).toBe(200);
  return reply.body.replace(/<[^>]+>/g, " ").replace(/[\s\u00a0]+/g, " ");
}

describe("months of the unemployment fund", () => {
  test("up to an allowance that was drawn are used up, and the page says so", async () => {
    const text = await textOf("/app/participation?fund=bhtn", DRAWN);
    expect(text).toContain("Cần 12 tháng. Từ 02/2026 đến 10/2026 đã đóng 5 tháng.");
    expect(text).toContain("Đã hưởng trợ cấp từ 01/2026. Chỉ tính tháng đóng sau đó và phần bảo lưu");
    expect(text).toContain("Tổng này gồm cả tháng đã tính cho trợ cấp thất nghiệp đã hưởng.");
  });

  test("are not called used up for whoever never drew an allowance", async () => {
    expect(await textOf("/app/participation?fund=bhtn", NEVER_DRAWN)).not.toContain("đã hưởng");
  });
});

describe("maternity", () => {
  test("counts no voluntary month, and names the allowance at birth that those reach", async () => {
    const text = await textOf("/app/participation", VOLUNTARY);
    expect(text).toContain("Cần 6 tháng BHXH bắt buộc. Từ 11/2025 đến 10/2026 đã đóng 0 tháng.");
    expect(text).toContain("Có đóng tự nguyện: trợ cấp 2.000.000 đ mỗi con, cần 6 tháng cả hai loại.");
    expect(text).toContain("Từ 11/2025 đến 10/2026: 10 tháng.");
    expect(text).toContain("khoản 1 điều 94");
  });
});
