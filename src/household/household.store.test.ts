import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { type SheetCell, workbook } from "../../test/samples/workbook.ts";
import { importPersons } from "../intake/import-persons.ts";
import { householdOf } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const headings = readFileSync(new URL("../../test/samples/d02-headings.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => /^\d+,"?(.*?)"?,[^,]*$/.exec(line)?.[1] ?? "");
const annexHeadings = headings.slice(97).map((heading) => heading.replace(/^PL: ?/, ""));

let count = 0;
/** One employed person, by the number of the column, and an annex of households. */
function declaration(employed: Record<number, SheetCell>, members: SheetCell[][]) {
  count += 1;
  const row = headings.map((_, at) => employed[at + 1] ?? null);
  const numbers = headings.map((_, at) => at + 1);
  const sheets = {
    "PL TV HGĐ": { rows: [["DANH SÁCH THÀNH VIÊN HỘ"], annexHeadings, ...members] },
    DuLieu: {
      rows: [["DANH SÁCH LAO ĐỘNG THAM GIA"], headings, numbers, row],
      hiddenColumns: [4, 50],
      merges: ["A1:K1"],
    },
  };
  return { name: `${count}.xlsx`, bytes: new Uint8Array(workbook(sheets)) };
}

describe("a household that is declared again", () => {
  it("is told as the last file named it: who is no longer in it is not shown", async () => {
    const hoa = { 2: "Mã Thị Hoa", 3: "9933000771", 4: "TM", 7: "1970", 8: 0 };
    const self = ["HGD77", "Mã Thị Hoa", "9933000771"];
    await importPersons(house, declaration(hoa, [self, ["HGD77", "Chồng Cũ", "9933000772"]]));
    const { rows } = await house.pool.query("select person_id from person where full_name = 'Mã Thị Hoa'");
    const names = async () => (await householdOf(house.db, rows[0].person_id)).map(({ fullName }) => fullName).sort();
    expect(await names()).toEqual(["Chồng Cũ", "Mã Thị Hoa"]);
    await importPersons(house, declaration(hoa, [self, ["HGD77", "Con Út", "9933000773"]]));
    expect(await names()).toEqual(["Con Út", "Mã Thị Hoa"]);
  });
});
