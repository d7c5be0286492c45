import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { projectRoot } from "../db/root.ts";
import { loadReference } from "./load-reference.ts";
import { wholeName } from "./rules-search.ts";
import { communesOf, findOffices, getCommune, provinces, workingCalendar } from "./store.ts";
import { findOldCommunes, resolveOldAddress, successorsOf } from "./store-old.ts";

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

const today = "2026-11-23";
const found = async (text: string) =>
  (await findOldCommunes(house.db, text, today, 12)).map((one) => `${wholeName(one)} → ${one.next.name}`);

test.each([
  "Phước Nghĩa, Tuy Phước, Bình Định",
  "phuoc nghia tuy phuoc binh dinh",
  "xã Phước Nghĩa huyện Tuy Phước",
  "PHUOC NGHIA, T. BINH DINH",
  "X. Phước Nghĩa",
  "Phước Nghĩa".normalize("NFD"),
])("an old commune typed as “%s” finds the one that took it over", async (text) => {
  expect((await found(text))[0]).toBe("Xã Phước Nghĩa, Huyện Tuy Phước, Tỉnh Bình Định → Xã Tuy Phước");
});

test("a district's name brings its communes, the one of that very name first", async () => {
  const names = await found("Tuy Phước");
  expect(names[0]).toContain("Thị trấn Tuy Phước, Huyện Tuy Phước");
  expect(names.length).toBeGreaterThan(5);
});

test("marks, when typed, put the commune that has them first", async () => {
  expect((await found("Hoà Bình"))[0]).toMatch(/Ho(à|òa) Bình/);
  const whole = await found("Phường 1, Quận 3");
  expect(whole[0]).toMatch(/^Phường (01|1), Quận 3, /);
});

test("one letter, signs or nothing find nothing, and nothing can break the search", async () => {
  for (const text of ["", " ", "%", "_", "'; drop table admin_unit --", "\\", "a"]) {
    expect(await found(text), text).toEqual([]);
  }
});

test("a successor that ended since leads on to the one of today", async () => {
  const [one] = await findOldCommunes(house.db, "Thị trấn Long Thành, Đồng Nai", "2026-05-01", 1);
  expect(one?.next).toMatchObject({ name: "Phường Long Thành", provinceName: "Thành phố Đồng Nai" });
  const [before] = await findOldCommunes(house.db, "Thị trấn Long Thành, Đồng Nai", "2026-04-29", 1);
  expect(before?.next).toMatchObject({ name: "Xã Long Thành", provinceName: "Tỉnh Đồng Nai" });
});

test("R4: every commune of before finds one of today, and none is found twice for one successor", async () => {
  const { rows } = await house.pool.query(
    "select code from admin_unit where level = 'commune' and parent_level = 'district'",
  );
  const lost: string[] = [];
  for (const { code } of rows.filter((_, at) => at % 97 === 0)) {
    const next = (await successorsOf(house.db, code, today)).map((one) => one.next.code);
    if (next.length === 0 || new Set(next).size !== next.length) lost.push(code);
  }
  expect(lost).toEqual([]);
});

test("I7: an old address in words is resolved only where its last parts leave no choice", async () => {
  const nextOf = async (text: string) => (await resolveOldAddress(house.db, text, today))?.next.name;
  expect(await nextOf("Thôn Thử, xã Phước Nghĩa, huyện Tuy Phước, tỉnh Bình Định")).toBe("Xã Tuy Phước");
  expect(await nextOf("Thôn Thử, Phuoc Nghia, Tuy Phuoc, Binh Dinh")).toBe("Xã Tuy Phước");
  expect(await nextOf("Thôn Thử, huyện Tuy Phước, Bình Định")).toBeUndefined();
  expect(await nextOf("12 đường Không Có, làng Chẳng Biết")).toBeUndefined();
  expect(await nextOf("Phước Nghĩa")).toBeUndefined();
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

test("offices of any province are found by name without marks, the nearest first, never one that has ended", async () => {
  const named = async (name: string) =>
    (await findOffices(house.db, { communeCode: "21952", provinceCode: "52", named: name, on: today })).map(
      ({ code }) => code,
    );
  expect(await named("tuy phuoc")).toEqual(["52T01"]);
  expect(await named("gia lai")).toEqual(["52T01", "52T02", "52000"]);
  expect(await named("Đống Đa")).toEqual(["01D05"]);
  expect((await named("bao hiem")).slice(0, 4)).toEqual(["52T01", "52T02", "52000", "01D05"]);
  expect(await named("khong co noi nay")).toEqual([]);
  expect(await findOffices(house.db, { named: "Tuy Phước", on: "2025-06-30" })).toMatchObject([{ code: "52H14" }]);
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
