import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { projectRoot } from "../db/root.ts";
import { loadReference } from "./load-reference.ts";
import { communesOf, findOffices, getCommune, provinces, successorsOf, workingCalendar } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

test("there are 63 provinces before 01/07/2025 and 34 since", async () => {
  expect(await provinces(house.db, "2025-06-30")).toHaveLength(63);
  expect(await provinces(house.db, "2025-07-01")).toHaveLength(34);
});

test("code 52 is Bình Định in 2021 and Gia Lai today", async () => {
  const nameOf52 = async (on: string) => (await provinces(house.db, on)).find(({ code }) => code === "52")?.name;
  expect(await nameOf52("2021-03-17")).toBe("Tỉnh Bình Định");
  expect(await nameOf52("2026-11-23")).toBe("Tỉnh Gia Lai");
});

test("the 34 provinces of today have 3,321 communes in all", async () => {
  const today = await provinces(house.db, "2026-11-23");
  const communes = await Promise.all(today.map(({ code }) => communesOf(house.db, code, "2026-11-23")));
  expect(communes.flat()).toHaveLength(3321);
});

test("an old commune of Tuy Phước finds the one that took it over", async () => {
  const found = await successorsOf(house.db, "Phước Nghĩa", 10);
  expect(found.map(({ name }) => name)).toContain("Xã Tuy Phước");
});

test("a unit that was renamed is one row a name: Đồng Nai became a city on 30/04/2026", async () => {
  const nameOf75 = async (on: string) => (await provinces(house.db, on)).find(({ code }) => code === "75")?.name;
  expect(await nameOf75("2026-04-29")).toBe("Tỉnh Đồng Nai");
  expect(await nameOf75("2026-04-30")).toBe("Thành phố Đồng Nai");
  expect((await getCommune(house.db, "26368", "2026-04-29"))?.name).toBe("Xã Long Thành");
  expect((await getCommune(house.db, "26368", "2026-05-01"))?.name).toBe("Phường Long Thành");
});

test("the office near the commune comes first, and an ended office is not offered", async () => {
  const offices = await findOffices(house.db, { communeCode: "21952", provinceCode: "52", on: "2026-11-23" });
  expect(offices[0]?.name).toBe("Bảo hiểm xã hội cơ sở Tuy Phước");
  expect(offices.map(({ name }) => name)).not.toContain("Bảo hiểm xã hội huyện Tuy Phước");
});

test("Tết and its days in lieu are in the working calendar", async () => {
  const calendar = await workingCalendar(house.db);
  expect(calendar.holidays.has("2027-02-06")).toBe(true);
  expect(calendar.holidays.has("2027-02-11")).toBe(true);
  expect(calendar.years.has(2040)).toBe(false);
});

test("what a code list says besides the name can be asked by its parts", async () => {
  const { rows } = await house.pool.query(
    "select detail->>'percent' as percent from code_list_entry where list = 'object_group' and code = 'CN' order by valid_from",
  );
  expect(rows.map(({ percent }) => percent)).toEqual(["95", "100"]);
});

test("loading the lists again changes nothing", async () => {
  await loadReference(house.db, projectRoot, { withDemoPlaces: true });
  expect(await provinces(house.db, "2026-11-23")).toHaveLength(34);
});
