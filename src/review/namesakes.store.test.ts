import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { foldName } from "../kernel/names.ts";
import { getByCode } from "../registration/store.ts";
import { aReceived, aStaff } from "./counter.fixture.ts";
import { loadDossier } from "./dossier.ts";
import { personsOfFile } from "./persons-of-file.ts";
import { release } from "./release.ts";

let house: TestHouse;
let lan: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
});
afterAll(() => house.close());

const known = (name: string, birthOn: string, precision = "day") =>
  house.pool.query(
    `insert into person (public_id, full_name, folded_name, birth_on, birth_precision, sex)
     values (gen_random_uuid(), $1, $2, $3, $4, 2)`,
    [name, foldName(name), birthOn, precision],
  );

/** The birth dates of the namesakes that the file's page names; the officer is warned where there is one. */
async function namesakesOf(name: string, born: { day: string; month: string; year: string }): Promise<string[]> {
  const birth = { birth_day: born.day, birth_month: born.month, birth_year: born.year };
  const file = await aReceived(house, lan, { register: "absent", typed: { full_name: name, ...birth }, paper: birth });
  const { obstacles } = await loadDossier(house.db, await getByCode(house.db, file.code), house.clock.now());
  const persons = await personsOfFile(house, lan, file.code);
  const isWarned = obstacles.some(({ obstacle }) => obstacle === "namesake_in_register");
  expect(isWarned).toBe(persons.length > 0);
  await release(house, lan, file.code);
  return persons.map(({ birthOn }) => birthOn);
}

describe("somebody of the same name and birth date in the register", () => {
  it("is found when the declaration knows the year, or the month, alone", async () => {
    await known("Phan Thị Lành", "1945-06-07");
    expect(await namesakesOf("Phan Thị Lành", { day: "", month: "", year: "1945" })).toEqual(["1945-06-07"]);
    expect(await namesakesOf("Phan Thị Lành", { day: "", month: "6", year: "1945" })).toEqual(["1945-06-07"]);
    expect(await namesakesOf("Phan Thị Lành", { day: "", month: "7", year: "1945" })).toEqual([]);
    expect(await namesakesOf("Phan Thị Lành", { day: "", month: "", year: "1946" })).toEqual([]);
  });

  it("is found when the register knows the year, or the month, alone", async () => {
    await known("Đinh Thị Rẫy", "1950-01-01", "year");
    await known("Đinh Thị Rẫy", "1950-12-01", "month");
    const december = { day: "31", month: "12", year: "1950" };
    expect(await namesakesOf("Đinh Thị Rẫy", december)).toEqual(["1950-01-01", "1950-12-01"]);
    expect(await namesakesOf("Đinh Thị Rẫy", { day: "1", month: "3", year: "1950" })).toEqual(["1950-01-01"]);
    expect(await namesakesOf("Đinh Thị Rẫy", { day: "1", month: "1", year: "1951" })).toEqual([]);
  });

  it("is found however many bear the name", async () => {
    for (let at = 0; at < 60; at += 1) await known("Trịnh Thị Hoa Mơ", `19${30 + at}-03-04`);
    await known("Trịnh Thị Hoa Mơ", "1991-02-03");
    expect(await namesakesOf("Trịnh Thị Hoa Mơ", { day: "3", month: "2", year: "1991" })).toEqual(["1991-02-03"]);
  });
});
