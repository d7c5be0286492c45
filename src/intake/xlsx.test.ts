import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { oldWorkbook, workbook } from "../../test/samples/workbook.ts";
import { sheetOf } from "../../test/samples/zip.ts";
import { zipOf } from "../typeset/zip.ts";
import { columnName } from "./csv.ts";
import { d02Columns } from "./d02.ts";
import { findHeadings } from "./headings.ts";
import { openTable } from "./open-table.ts";
import { FileRefused } from "./refusal.ts";
import { columnOf, formatOf, lettersOf, showNumber } from "./rules-cell.ts";
import { firstRowsBeside, readXlsx } from "./xlsx.ts";

const quiet = () => {};
const source = (bytes: Uint8Array) => ({ name: "x.xlsx", bytes: new Uint8Array(bytes) });
async function rowsOf(bytes: Uint8Array) {
  const rows = [];
  for await (const some of readXlsx(source(bytes), quiet)) rows.push(...some);
  return rows;
}
const cellsOf = async (bytes: Uint8Array) => (await rowsOf(bytes)).map(({ cells }) => cells);
async function refusalOf(bytes: Uint8Array): Promise<string> {
  try {
    const table = await openTable(source(bytes), quiet, () => true);
    for await (const _ of table.lines);
    return "taken";
  } catch (error) {
    if (error instanceof FileRefused) return error.code;
    throw error;
  }
}

/** A table, and a sheet that is shown beside it with a cell in the last column that there is. */
function besideFarColumn(): Buffer {
  const rowOf = (...cells: string[]) => `<row>${cells.map((cell) => `<c t="str"><v>${cell}</v></c>`).join("")}</row>`;
  return sheetOf(`<s>${rowOf("x", "y")}${rowOf("1", "2")}</s>`, {
    "xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="A" r:id="rId1"/><sheet name="B" r:id="rId2"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>`,
    "xl/worksheets/sheet2.xml": `<s><row><c r="XFD1"><v>1</v></c></row></s>`,
  });
}

describe("cells", () => {
  test.each([
    ["45292", "day", "01/01/2024"],
    ["45292.75", "day", "01/01/2024"],
    ["32203", "month", "03/1988"],
    ["32203", "year", "1988"],
    ["60", "day", "60"],
    ["3.0000000000000004E-1", "number", "0.3"],
    ["1.45E7", "number", "14500000"],
    ["2.34", "number", "2.34"],
    ["0.32", "percent", "32%"],
    ["0.285", "percent", "28.5%"],
    ["1", "percent", "100%"],
  ] as const)("%s as %s is %s", (written, format, shown) => expect(showNumber(written, format, false)).toBe(shown));

  test("of a number of more than fifteen digits the last are gone, so that it is none", () => {
    expect(showNumber("123456789012345", "number", false)).toBe("123456789012345");
    expect(showNumber("1.234567890123456E15", "number", false)).toBeUndefined();
    expect(showNumber("9704366812345670", { digits: 16 }, false)).toBeUndefined();
  });

  test("a number that is shown with its zeros keeps them; the Mac's days are others", () => {
    expect(showNumber("99150000101", { digits: 12 }, false)).toBe("099150000101");
    expect(showNumber("43830", "day", true)).toBe("01/01/2024");
    expect(showNumber("", "number", false)).toBeUndefined();
  });

  test.each([
    [14, undefined, "day"],
    [17, undefined, "month"],
    [2, undefined, "number"],
    [164, "dd/mm/yyyy", "day"],
    [165, "mm\\-yyyy", "month"],
    [166, '"năm" yyyy', "year"],
    [167, "[Red]#,##0.00", "number"],
    [168, '#,##0 "đồng/day"', "number"],
    [169, "000000000000", { digits: 12 }],
    [9, undefined, "percent"],
    [10, undefined, "percent"],
    [170, "0.0%", "percent"],
    [171, '0.0"%"', "number"],
    [172, "0.0\\%", "number"],
  ] as const)("format %s %s is a %s", (id, written, format) => expect(formatOf(id, written)).toEqual(format));

  test("columns have letters", () => {
    expect([0, 25, 26, 116, 701, 702].map(lettersOf)).toEqual(["A", "Z", "AA", "DM", "ZZ", "AAA"]);
    expect(["A1", "DM5", "AAA9", "1A", "a1"].map(columnOf)).toEqual([0, 116, 702, undefined, undefined]);
  });
});

describe("headings", () => {
  const known = (heading: string) => ["ho_va_ten", "ma_so_bhxh", "nhan_ho_so_tinh", "ngay_sinh"].includes(heading);
  const find = (...rows: string[][]) =>
    findHeadings(
      rows.map((cells) => ({ cells })),
      known,
    );

  test("stand under a title, in one row", () => {
    expect(find(["DANH SÁCH"], ["Họ và tên", "Mã số BHXH (10 số)"], ["A", "1"])).toEqual({
      names: ["ho_va_ten", "ma_so_bhxh"],
      next: 2,
    });
  });

  test("stand in two rows, a group over several columns, and a count beneath them", () => {
    expect(
      find(
        ["Họ và tên", "Nhận hồ sơ", "", "Ngày sinh"],
        ["", "Tỉnh", "Mã tỉnh", ""],
        ["(1)", "(2)", "(3)", "(4)"],
        ["A"],
      ),
    ).toEqual({ names: ["ho_va_ten", "nhan_ho_so_tinh", "nhan_ho_so_ma_tinh", "ngay_sinh"], next: 3 });
  });

  test("are not guessed", () => expect(find(["a", "b"], ["c"])).toBeUndefined());

  test("all 117 of D02-LT/TK1 are read by name; those of a person are the columns", () => {
    const lines = readFileSync(new URL("../../test/samples/d02-headings.csv", import.meta.url), "utf8")
      .trim()
      .split("\n");
    const headings = lines.slice(1).map((line) => columnName(/^\d+,"?(.*?)"?,[^,]*$/.exec(line)?.[1] ?? ""));
    expect(headings).toHaveLength(117);
    const used = Object.entries(d02Columns).flatMap(([name, { aliases }]) =>
      headings.flatMap((heading, at) => ([name, ...aliases].includes(heading) ? [`${at + 1} ${name}`] : [])),
    );
    expect(used).toEqual([
      ...[
        "2 full_name",
        "6 birth_kind",
        "7 birth",
        "8 sex",
        "3 insurance_number",
        "9 paper",
        "51 nationality",
        "50 nationality_name",
      ],
      ...["53 ethnic_code", "32 died_on", "54 phone", "55 email", "61 province", "63 commune", "65 address"],
      ...["81 household_code", "98 member_household", "99 member_name", "100 member_number", "101 member_birth_kind"],
      ...["102 member_birth", "103 member_sex", "105 member_nationality", "104 member_nationality_name"],
      ...["107 member_ethnic_code", "108 member_paper", "109 member_relation", "110 member_relation_code"],
      ...[
        "111 member_province",
        "113 member_commune",
        "115 member_address",
        "116 member_takes_part",
        "117 member_note",
      ],
    ]);
  });
});

describe("a workbook", () => {
  test("is read at the sheet of records or the first that is shown, hidden columns and saved formulas too", async () => {
    const bytes = workbook({
      "Hướng dẫn": { rows: [["x"]], isHidden: true },
      Bảng: {
        rows: [
          ["Tên", "Mã", "Ngày"],
          ["  Đặng  ", { f: "A1&A2", v: "M1" }, { v: 45292, z: "dd/mm/yyyy" }],
          [],
          [null, 7, null],
        ],
        hiddenColumns: [1],
        merges: ["A1:A1"],
      },
    });
    expect(await cellsOf(bytes)).toEqual([
      ["Tên", "Mã", "Ngày"],
      ["Đặng", "M1", "01/01/2024"],
      ["", "7"],
    ]);
    expect(await cellsOf(workbook({ A: { rows: [["a"]] }, "Dữ Liệu": { rows: [["b"]] } }))).toEqual([["b"]]);
    expect((await rowsOf(bytes)).map(({ row, numbers }) => [row, [...numbers]])).toEqual([
      [1, []],
      [2, [2]],
      [4, [1]],
    ]);
  });

  test("a formula that failed, a text that is not there: no value", async () => {
    const xml = `<worksheet><sheetData><row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="s"><v>9</v></c><c t="inlineStr"><is><r><t>x</t></r><r><t>y</t></r></is></c></row></sheetData></worksheet>`;
    expect(await cellsOf(sheetOf(xml))).toEqual([["\0", "\0", "xy"]]);
  });

  test("a formula whose value was not saved is no empty cell; one that gives nothing is", async () => {
    const xml = `<worksheet><sheetData><row r="1"><c r="A1"><f>B1</f></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><v>1</v></c></row></sheetData></worksheet>`;
    expect(await cellsOf(sheetOf(xml))).toEqual([["\0", "", "1"]]);
  });

  test("signs that XML cannot write are read as the signs that they are", async () => {
    const xml = `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Số 5_x000D_
Phố Mẫu_x005F_x000D_</t></is></c></row></sheetData></worksheet>`;
    expect(await cellsOf(sheetOf(xml))).toEqual([["Số 5\r\nPhố Mẫu_x000D_"]]);
  });
});

describe("what is refused, and what is passed over", () => {
  const deep = "<a>".repeat(1000);
  test.each([
    ["a zip that is no workbook", () => zipOf({ "a.txt": "x" }), "not_xlsx"],
    ["an old workbook", () => oldWorkbook([["a"]]), "old_excel"],
    ["a torn zip", () => workbook({ A: { rows: [["a", "b"]] } }).subarray(0, 900), "broken_excel"],
    [
      "a table on two sheets",
      () =>
        workbook({
          A: {
            rows: [
              ["x", "y"],
              ["1", "2"],
            ],
          },
          B: {
            rows: [
              ["y", "x"],
              ["1", "2"],
            ],
          },
        }),
      "several_sheets",
    ],
    ["a sheet beside the table that cannot be read, and is not", () => besideFarColumn(), "taken"],
    [
      "a table beside an empty one and another",
      () => workbook({ A: { rows: [["x", "y"], ["1"]] }, B: { rows: [["x", "y"]] }, C: { rows: [["x", "z"], ["1"]] } }),
      "taken",
    ],
    [
      "a sheet that is named as that of the records",
      () => workbook({ A: { rows: [["x", "y"], ["1"]] }, DuLieu: { rows: [["x", "y"], ["1"]] } }),
      "taken",
    ],
    [
      "a second sheet that is hidden",
      () => workbook({ A: { rows: [["x", "y"], ["1"]] }, B: { rows: [["x", "y"], ["1"]], isHidden: true } }),
      "taken",
    ],
    ["an empty sheet", () => sheetOf("<s/>"), "empty_file"],
    ["a document type", () => sheetOf(`<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>`), "doctype"],
    ["an entity from nowhere", () => sheetOf("<worksheet>&a;</worksheet>"), "broken_excel"],
    ["a nest", () => sheetOf(deep), "broken_excel"],
    ["rows that go backwards", () => sheetOf(`<s><row r="2"/><row r="1"/></s>`), "broken_excel"],
    ["a column far away", () => sheetOf(`<s><row><c r="XFD1"><v>1</v></c></row></s>`), "too_wide"],
    ["a cell of megabytes", () => sheetOf(`<s><row><c t="str"><v>${"x".repeat(3e6)}</v></c></row></s>`), "too_wide"],
    ["blanks between tags", () => sheetOf(`<s>${" ".repeat(3e6)}<row/></s>`), "too_wide"],
    ["a bomb", () => sheetOf(`<s>${"<row><c><v>1</v></c><c><v>2</v></c></row>".repeat(2e5)}</s>`), "expands_too_much"],
  ])("%s", async (_, make, code) => {
    const bytes = make();
    const startedAt = performance.now();
    expect(await refusalOf(bytes)).toBe(code);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  test("of one sheet alone the shared texts are not read to look for a second", async () => {
    const bytes = sheetOf("<s/>", { "xl/sharedStrings.xml": "<!DOCTYPE x>" });
    expect(await firstRowsBeside(source(bytes), 30)).toEqual([]);
  });

  test("hundreds of thousands of empty rows are passed over", async () => {
    const rows = Array.from({ length: 300_000 }, (_, at) => `<row r="${at + 2}"/>`).join("");
    const xml = `<s><row r="1"><c t="str"><v>a</v></c></row>${rows}<row r="900000"><c><v>5</v></c></row></s>`;
    expect((await rowsOf(sheetOf(xml))).map(({ row, cells }) => [row, ...cells])).toEqual([
      [1, "a"],
      [900_000, "5"],
    ]);
  });
});
