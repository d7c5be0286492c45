import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { importPersons } from "./import-persons.ts";
import { importParticipation } from "./import-rows.ts";

let house: TestHouse;
let count = 0;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const csv = (...lines: string[]) => ({ name: `${++count}.csv`, bytes: Buffer.from(`${lines.join("\n")}\n`) });
const rows = async (text: string) => (await house.pool.query(text)).rows;

describe("a table that cannot be read is refused with what to do", () => {
  const people = "full_name,birth,sex,insurance_number\nĐặng Thị Hòa,1950,2,9900000101\n";
  test.each([
    ["encoding_utf16", Buffer.from(`\ufeff${people}`, "utf16le")],
    [
      "encoding_other",
      Buffer.from(people.replace("Đ", "\xd0").replace("ò", "\xf2").replace("ặ", "a").replace("ị", "i"), "latin1"),
    ],
    ["broken_excel", Buffer.from("PK\u0003\u0004rest")],
    ["missing_column", Buffer.from("full_name,birth\nA,1950\n")],
    ["unknown_column", Buffer.from("full_name,birth,sex,insurance_number,secret\n")],
    ["repeated_column", Buffer.from("full_name,ho_ten,birth,sex\n")],
    ["bad_csv", Buffer.from('full_name,birth,sex\n"A,1950,1\n')],
    ["too_wide", Buffer.from(`full_name,birth,sex\n"${"A".repeat(200_000)}",1950,1\n`)],
    ["no_header", Buffer.from("\n")],
    ["empty_file", Buffer.from("")],
  ])("%s", async (code, bytes) => {
    expect(await importPersons(house, { name: `${code}.csv`, bytes })).toMatchObject({
      taken: 0,
      rejected: 1,
      refusal: { code },
    });
  });

  test.each([
    ["full_name", "birth,sex,insurance_number"],
    ["full_name, birth", "sex"],
    ["C", "full_name,birth,secret,sex"],
    ["full_name (D)", "full_name,birth,sex,ho_ten"],
  ])("which column is told: %s", async (columns, head) => {
    const { rejects, fileId } = await importPersons(house, csv(head));
    expect(rejects).toMatchObject([{ field: columns }]);
    expect(await rows(`select field from import_reject where file_id = ${fileId}`)).toEqual([{ field: columns }]);
  });

  test("dates with the month first: none is turned round in silence, one that cannot be a day tells of its column", async () => {
    const head = "full_name,birth,sex,insurance_number,personal_id_from";
    const turned = ["Mai Tháng Ba,3/4/1990,2,9900000171,", "Mai Giữa Tháng,3/14/1990,2,9900000172,"];
    const refused = await importPersons(house, csv(head, ...turned));
    expect(refused).toMatchObject({ taken: 0, refusal: { code: "month_first" } });
    expect(refused.rejects).toMatchObject([{ field: "birth (B)", line: 3 }]);
    expect(await rows("select 1 from person where full_name like 'Mai Tháng%'")).toEqual([]);
    const slip = [...turned, "Mai Đúng,25/04/1990,2,9900000173,", "Mai Nam,25/04/1990,2,9900000174,05/01/2026"];
    expect(await importPersons(house, csv(head, ...slip))).toMatchObject({
      taken: 3,
      rejects: [{ record: 2, code: "bad_date" }],
    });
  });

  test("one day that cannot be read is a slip where no other of its column can be read in two ways", async () => {
    const head = "full_name,birth,sex,insurance_number,personal_id_from";
    const people = ["01/01/2025", "01/13/2025", "03/03/2025"].map(
      (from, nth) => `Mai Một Ngày,25/04/1990,2,990000020${nth},${from}`,
    );
    expect(await importPersons(house, csv(head, ...people))).toMatchObject({
      taken: 2,
      rejects: [{ record: 2, line: 3, field: "personal_id_from", code: "bad_date" }],
    });
  });

  test("a month that may be a day of January with the month first is not guessed", async () => {
    const head = "insurance_number,fund,from_month,to_month,unit_name";
    await importPersons(house, { name: "people.csv", bytes: Buffer.from(people) });
    const months = ["9900000101,tnld,2/1/2026,2/28/2026,A", "9900000101,tnld,01/03/2026,31/03/2026,A"];
    expect(await importParticipation(house, csv(head, ...months))).toMatchObject({
      taken: 1,
      rejects: [{ record: 1, field: "from_month", code: "bad_date" }],
    });
  });

  test("names of an old font or of a wrong code page do not come in; a file of them is refused", async () => {
    const head = "full_name,birth,sex,insurance_number";
    const odd = (...names: string[]) => csv(head, ...names.map((name, nth) => `${name},1990,2,990000018${nth}`));
    expect(await importPersons(house, odd("NguyÔn ThÞ Hoa", "Bïi Anh", "Nguyễn Thị Hoa"))).toMatchObject({
      taken: 2,
      rejects: [{ record: 1, code: "bad_name" }],
    });
    const known = await rows("select full_name from person order by 1");
    const all = odd("NguyÔn ThÞ Hoa", "TrÇn ThÞ Bïi", "LÃª VÄƒn Ba", "Bïi Anh Tó");
    const refused = await importPersons(house, all);
    expect(refused).toMatchObject({ refusal: { code: "old_font" }, rejects: [{ field: "full_name (A)", line: 4 }] });
    expect(await rows("select full_name from person order by 1")).toEqual(known);
    expect(await importPersons(house, odd("François Müller", "Raúl McDonald", "H’Hen Niê"))).toMatchObject({
      rejected: 0,
    });
    const ofIceland = odd("Þórður Jón", "Sigríður Þóra", "Hafþór Björn");
    expect(await importPersons(house, ofIceland)).toMatchObject({ taken: 3, rejected: 0 });
  });

  test.each([
    ["at its end", (nth: number) => nth > 196],
    ["at its beginning", (nth: number) => nth < 3],
  ])(
    "three blanks that were left out are slips of a long file: their rows alone are rejected, %s",
    async (_, isSlip) => {
      const names = Array.from({ length: 200 }, (_one, nth) => (isSlip(nth) ? "Trần VănÚt" : "Trần Văn Út"));
      const people = names.map((name, nth) => `${name},1990,2,${(isSlip(0) ? 9900004000 : 9900004400) + nth}`);
      const taken = await importPersons(house, csv("full_name,birth,sex,insurance_number", ...people));
      expect(taken).toMatchObject({ taken: 197, rejected: 3 });
      expect(new Set(taken.rejects.map(({ code }) => code))).toEqual(new Set(["bad_name"]));
    },
  );

  test("the line from which it cannot be read is told, to the console as well", async () => {
    const bytes = Buffer.from('full_name,birth,sex\nMai Một,1970,2\n"Mai Hai,1970,2\nMai Ba,1970,2\n');
    const told = await importPersons(house, { name: "open-quote.csv", bytes });
    expect(told.rejects).toMatchObject([{ field: "file", code: "bad_csv", line: 3 }]);
    expect(await rows(`select line from import_reject where file_id = ${told.fileId}`)).toEqual([{ line: 3 }]);
  });

  test("a cell of 300 MB is stopped at the ceiling, not read into memory", async () => {
    const before = process.memoryUsage().rss;
    const bytes = Buffer.alloc(300 * 1024 * 1024, "A");
    bytes.write('full_name,birth,sex\n"');
    const result = await importPersons(house, { name: "huge.csv", bytes });
    expect(result.refusal).toMatchObject({ code: "too_wide" });
    expect(process.memoryUsage().rss - before - bytes.length).toBeLessThan(128 * 1024 * 1024);
  });

  test("rows and columns in which nothing stands say nothing; text without a heading is told with its column", async () => {
    const head = "TT;full_name;birth;sex;insurance_number;;";
    const people = [
      "1;Mai Tám;1970;2;9900000191;;",
      ";;;;;;",
      "2;Mai Chín;1970;2;9900000192",
      " ; ;;;;;",
      "3;Mai Mười;1970;2;9900000193;x;",
    ];
    expect(await importPersons(house, csv(head, ...people, ";;;;;;", ";;;;;;"))).toMatchObject({
      taken: 2,
      rejected: 1,
      rejects: [{ record: 3, line: 6, field: "F", code: "no_heading" }],
    });
  });

  test("a row with another number of cells is rejected, the next one is read", async () => {
    const result = await importPersons(
      house,
      csv("full_name,birth,sex,insurance_number", "A,1950", "Mai Bảy,1970,2,9900000109"),
    );
    expect(result).toMatchObject({ taken: 1, rejected: 1, rejects: [{ record: 1, code: "wrong_columns" }] });
  });
});
