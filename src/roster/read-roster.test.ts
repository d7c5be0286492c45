import { describe, expect, test } from "vitest";
import { oldWorkbook, type SheetCell, workbook } from "../../test/samples/workbook.ts";
import { sheetOf } from "../../test/samples/zip.ts";
import { FileRefused } from "../intake/refusal.ts";
import { plainDate } from "../kernel/calendar.ts";
import { foldName } from "../kernel/names.ts";
import { writeXlsx } from "../typeset/write-xlsx.ts";
import { zipOf } from "../typeset/zip.ts";
import { readRoster, type SentList } from "./read-roster.ts";
import { fileRefusalText } from "./refusal-text.ts";
import { RosterRefused } from "./rules-refusal.ts";
import { readLine } from "./rules-row.ts";

const today = plainDate("2026-11-23");
const heads = ["STT", "Họ và tên", "Ngày sinh", "Mã số BHXH", "Số điện thoại"];
const sheet = (...rows: SheetCell[][]) => new Uint8Array(workbook({ "Danh sách": { rows } }));
const csv = (text: string) => new Uint8Array(Buffer.from(text));

/** Each line as "name · birth · number · phone", or "row: field reason". */
async function told(bytes: Uint8Array, wanted?: string): Promise<string[]> {
  return toldOf(await readRoster(bytes, { sheet: wanted }));
}

async function toldOf(list: SentList): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of list.rows) {
    for (const row of batch) {
      const read = readLine(row, list.places, today);
      if (!read) continue;
      if (!read.ok) lines.push(`${row.row}: ${read.faults.field} ${read.faults.reason}`);
      else {
        const { fullName, birth, number, phone } = read.value;
        const born = birth?.precision === "year" ? birth.on.slice(0, 4) : birth?.on;
        lines.push([fullName, born, number?.number, phone].filter(Boolean).join(" · "));
      }
    }
  }
  return lines;
}

async function refusalOf(bytes: Uint8Array): Promise<string> {
  try {
    await told(bytes);
    return "taken";
  } catch (error) {
    if (error instanceof RosterRefused || error instanceof FileRefused) return error.code;
    throw error;
  }
}

describe("a unit's list in Excel", () => {
  test("a title above, two rows of headings, numbers under them, a group's title between: people are found", async () => {
    const book = workbook({
      S: {
        rows: [
          ["DANH SÁCH CÁN BỘ, NGƯỜI LAO ĐỘNG"],
          ["STT", "Họ và tên", "Ngày, tháng, năm sinh", "Giấy tờ", null, "SĐT"],
          [null, null, null, "Số CCCD", "Ngày cấp", null],
          [1, 2, 3, 4, 5, 6],
          ["I. Khối văn phòng"],
          [1, "Trần Thị Sổ", "05/03/1990", "052190000712", "01/01/2022", "0912345671"],
          [2, "Lê Văn Năm", 1985, "052085000713", null, "0123 456 7890"],
          [null, null, null, null, null, null, "Người lập biểu"],
        ],
        merges: ["A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "A5:F5"],
        hiddenColumns: [5],
      },
    });
    expect(await told(new Uint8Array(book))).toEqual([
      "Trần Thị Sổ · 1990-03-05 · 052190000712 · 0912345671",
      "Lê Văn Năm · 1985 · 052085000713 · 0834567890",
    ]);
  });

  test("a name over two columns is one name; a merged telephone belongs to its first line", async () => {
    const book = workbook({
      S: {
        rows: [
          ["Họ và tên", null, "Năm sinh", "Mã số BHXH", "Điện thoại"],
          ["Nguyễn Thị", "Gộp", 1991, "5271000001", "0912345672"],
          ["Nguyễn Văn", "Ô", 1992, "5271000002", null],
        ],
        merges: ["A1:B1", "E2:E3"],
      },
    });
    expect(await told(new Uint8Array(book))).toEqual([
      "Nguyễn Thị Gộp · 1991 · 5271000001 · 0912345672",
      "Nguyễn Văn Ô · 1992 · 5271000002",
    ]);
  });

  test("dates as numbers with and without their format, numbers that lost zeros: mended where no doubt is left", async () => {
    const lines = await told(
      sheet(
        ["Họ tên", "Ngày sinh", "Mã số BHXH", "Số CCCD", "SĐT"],
        ["An", { v: 32874, z: "dd/mm/yyyy" }, "5271000003"],
        ["Bình", 32874, null, 52190000714, 912345673],
        ["Chi", "31/02/1990", "5271000005"],
        ["Dung", "1990", 71000006],
        ["Em", "01/01/2030", "5271000007"],
        ["Giang", "1980", "12"],
        ["Hà", null, null, null, "0912345674"],
        ["12", "1980", "5271000008"],
      ),
    );
    expect(lines).toEqual([
      "An · 1990-01-01 · 5271000003",
      "Bình · 1990-01-01 · 052190000714 · 0912345673",
      "4: birth birth_wrong",
      "5: bhxh lost_zeros",
      "6: birth birth_future",
      "7: bhxh number_wrong",
      "8: birth key_missing",
      "9: name name_missing",
    ]);
  });

  test("an ID paper of ten digits has lost two zeros and is no mã số BHXH, in a cell of whichever kind", async () => {
    const lines = await told(
      sheet(
        ["Họ tên", "Năm sinh", "Số CCCD"],
        ["An", 1990, 1090012345],
        ["Bình", 1990, "1090012345"],
        ["Chi", 1990, 12345678],
        ["Dung", 1990, 123456789],
        ["Em", 1990, "DN4795271000013"],
      ),
    );
    expect(lines).toEqual([
      "2: paper lost_zeros",
      "3: paper lost_zeros",
      "4: paper lost_zeros",
      "Dung · 1990 · 123456789",
      "Em · 1990 · 5271000013",
    ]);
    expect(await told(csv("Họ tên;Số CCCD;Mã số BHXH\nAn;1090012345;\nBình;;5271000014\n"))).toEqual([
      "2: paper lost_zeros",
      "Bình · 5271000014",
    ]);
  });

  test("a telephone that lost its zero is mended, also where it begins with 84, and 84 in place of the zero", async () => {
    const phones = [841234567, 912345679, 84912345680, "84 912 345 681", "+84912345682", 1234567891, "841234567"];
    const lines = await told(sheet(["Họ tên", "Năm sinh", "SĐT"], ...phones.map((phone) => ["An", 1990, phone])));
    expect(lines).toEqual([
      "An · 1990 · 0841234567",
      "An · 1990 · 0912345679",
      "An · 1990 · 0912345680",
      "An · 1990 · 0912345681",
      "An · 1990 · 0912345682",
      "An · 1990 · 0834567891",
      "8: phone phone_wrong",
    ]);
  });

  test("formulas give the value that was saved, an error is refused, macros lie unread beside it", async () => {
    const cells = (formula: string) => `<c r="A2" t="str">${formula}</c><c r="B2" t="str"><v>1990</v></c>`;
    const head = `<row r="1"><c r="A1" t="str"><v>Họ tên</v></c><c r="B1" t="str"><v>Năm sinh</v></c></row>`;
    const xml = (row: string) => `<worksheet><sheetData>${head}<row r="2">${row}</row></sheetData></worksheet>`;
    const macros = { "xl/vbaProject.bin": "Sub Auto_Open()" };
    const saved = sheetOf(xml(cells(`<f>WEBSERVICE("http://127.0.0.1:1")</f><v>Lê Văn Lưu</v>`)), macros);
    expect(await told(new Uint8Array(saved))).toEqual(["Lê Văn Lưu · 1990"]);
    expect(await told(new Uint8Array(sheetOf(xml(cells("<f>A9&amp;B9</f>")))))).toEqual(["2: name cell_error"]);
    const broken = `<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B2" t="str"><v>1990</v></c>`;
    expect(await told(new Uint8Array(sheetOf(xml(broken))))).toEqual(["2: name cell_error"]);
  });

  test("hidden rows are taken and counted", async () => {
    const row = (at: number, more = "") =>
      `<row r="${at}"${more}><c r="A${at}" t="str"><v>Lê Ẩn</v></c><c r="B${at}" t="str"><v>1990</v></c></row>`;
    const head = `<row r="1"><c r="A1" t="str"><v>Họ tên</v></c><c r="B1" t="str"><v>Năm sinh</v></c></row>`;
    const bytes = sheetOf(`<worksheet><sheetData>${head}${row(2)}${row(3, ` hidden="1"`)}</sheetData></worksheet>`);
    const rows = [];
    for await (const batch of (await readRoster(new Uint8Array(bytes))).rows) rows.push(...batch);
    expect(rows.map(({ isHidden }) => isHidden === true)).toEqual([false, true]);
  });

  test("of two sheets the one that holds a list is read; of two lists one must be named", async () => {
    const list = { rows: [heads, [1, "Võ Thị Một", "1990", "5271000010"]] };
    const other = { rows: [heads, [1, "Võ Thị Hai", "1991", "5271000011"]] };
    const one = await readRoster(
      new Uint8Array(workbook({ "Hướng dẫn": { rows: [["Điền vào trang sau"]] }, DS: list })),
    );
    expect([one.sheet, one.passed]).toEqual(["DS", ["Hướng dẫn"]]);
    const two = new Uint8Array(workbook({ "Khối 1": list, "Khối 2": other }));
    await expect(readRoster(two)).rejects.toMatchObject({ code: "which_sheet", sheets: ["Khối 1", "Khối 2"] });
    expect(await told(two, "Khối 2")).toEqual(["Võ Thị Hai · 1991 · 5271000011"]);
  });

  test("a hidden column is read like any other; a list on a hidden sheet is not taken for the unit's", async () => {
    const rows = [heads, [1, "Lê Cột Ẩn", "1990", "5271000021", "0912345678"]];
    const hidden = workbook({ DS: { rows, hiddenColumns: [3] } });
    expect(await told(new Uint8Array(hidden))).toEqual(["Lê Cột Ẩn · 1990 · 5271000021 · 0912345678"]);
    const old = { rows: [heads, [1, "Người Năm Ngoái", "1990", "5271000022"]], isHidden: true };
    const list = await readRoster(new Uint8Array(workbook({ Cũ: old, DS: { rows } })));
    expect(list.sheet).toBe("DS");
  });

  test("a name with its marks in one letter or apart, in capitals, without any, with an unseen sign: one name", async () => {
    const names = [
      "Đặng Thị Hòa",
      "Đặng Thị Hòa".normalize("NFD"),
      "  ĐẶNG  THỊ\u00a0HÒA ",
      "Dang Thi Hoa",
      "Đặng\u200b Thị Hòa",
    ];
    const rows = names.map((name, at): SheetCell[] => [at + 1, name, "1990", `527100003${at}`]);
    const read = (await told(sheet(heads, ...rows))).map((line) => line.split(" · ")[0] ?? "");
    expect(read).toEqual(["Đặng Thị Hòa", "Đặng Thị Hòa", "ĐẶNG THỊ HÒA", "Dang Thi Hoa", "Đặng Thị Hòa"]);
    expect(new Set(read.map(foldName))).toEqual(new Set(["dang thi hoa"]));
  });

  test("empty rows to the last one that Excel has take little time and no memory", async () => {
    const head = `<row r="1"><c r="A1" t="str"><v>Họ tên</v></c><c r="B1" t="str"><v>Năm sinh</v></c></row>`;
    // VSSID_EMPTY_ROWS=1048574 fills the sheet: some seconds.
    const count = Number(process.env.VSSID_EMPTY_ROWS ?? 100_000);
    const from = 1_048_577 - count;
    const empty = Array.from({ length: count }, (_, at) => `<row r="${from + at}" spans="1:2"/>`).join("");
    const one = `<row r="2"><c r="A2" t="str"><v>Lê Một</v></c><c r="B2" t="str"><v>1990</v></c></row>`;
    const startedAt = performance.now();
    expect(
      await told(new Uint8Array(sheetOf(`<worksheet><sheetData>${head}${one}${empty}</sheetData></worksheet>`))),
    ).toEqual(["Lê Một · 1990"]);
    expect(performance.now() - startedAt).toBeLessThan(Math.max(5000, count / 20));
  });

  test.each([
    ["locked_excel", Buffer.from(`\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1${"\0".repeat(600)}`, "latin1"), "EncryptedPackage"],
    ["old_excel", oldWorkbook([["Họ tên", "Năm sinh"]]), ""],
    ["not_a_list", Buffer.from("%PDF-1.7 …"), ""],
    ["not_xlsx", zipOf({ "word/document.xml": "<x/>" }), ""],
    ["no_headings", Buffer.from("xin chào\nđây là một bức thư\n"), ""],
    ["empty_file", Buffer.alloc(0), ""],
    [
      "no_headings",
      Buffer.from(
        workbook({
          S: {
            rows: [
              ["Tháng", "Số tiền"],
              [1, 2],
            ],
          },
        }),
      ),
      "",
    ],
  ])("%s is said of what is no list", async (code, start, more) => {
    expect(await refusalOf(new Uint8Array(Buffer.concat([start, Buffer.from(more, "utf16le")])))).toBe(code);
  });
});

describe("a unit's list in CSV", () => {
  const text = "Danh sách tổ 1\nHọ và tên;Ngày sinh;Số ĐDCN\nĐặng Thị Hòa;15/01/1990;052190000715\n";
  const expected = ["Đặng Thị Hòa · 1990-01-15 · 052190000715"];
  const utf16 = (bytes: Buffer) => Buffer.concat([Buffer.from([0xff, 0xfe]), bytes]);

  test.each([
    ["UTF-8", csv(text)],
    ["UTF-8 with its mark", csv(`\uFEFF${text}`)],
    ["UTF-16", new Uint8Array(utf16(Buffer.from(text, "utf16le")))],
    ["UTF-16 without its mark", new Uint8Array(Buffer.from(text, "utf16le"))],
    ["UTF-16 of the other order", new Uint8Array(utf16(Buffer.from(text, "utf16le")).swap16())],
  ])("%s is read", async (_, bytes) => expect(await told(bytes)).toEqual(expected));

  test("headings that end as Excel ends lines above rows that end otherwise are read", async () => {
    const mixed = "Họ tên;Ngày sinh;Mã số BHXH\r\nAn;1990;5271000015\nBình;1991;5271000016\n";
    expect(await told(csv(mixed))).toEqual(["An · 1990 · 5271000015", "Bình · 1991 · 5271000016"]);
  });

  test("a row keeps the number of its line behind cells of two lines", async () => {
    const rows =
      'Họ tên;Ngày sinh;Ghi chú\r\n"An";1990;"tổ 1\r\nca hai"\r\nB1nh;1991;\r\n"Chi ""Hai""\nTrần";1992;\r\n';
    expect(await told(csv(rows))).toEqual(["An · 1990", "4: name name_signs", "6: name name_signs"]);
  });

  test.each([
    ["that nothing closes", '2;"Bình;1991;5271000016\n3;Chi;1992;5271000017\n', 3],
    ["that a later row closes", '2;"Bình;1991;5271000016\n3;"Chi";1992;5271000017\n4;Dũng;1993;5271000018\n', 3],
    [
      "that a later row closes, far behind",
      `${"2;An;1990;5271000015\n".repeat(5000)}3;"Bình;1991;\n4;"Chi";1992;\n`,
      5003,
    ],
  ])("a quote %s swallows no row: the list is refused, with the line", async (_, rows, line) => {
    const list = csv(`STT;Họ tên;Ngày sinh;Mã số BHXH\n1;An;1990;5271000015\n${rows}`);
    await expect(told(list)).rejects.toMatchObject({ code: "bad_csv", line });
    const said = await told(list).catch((failure) => fileRefusalText(failure, "vi"));
    expect(said).toContain(`Không đọc được dòng bắt đầu từ dòng ${line} của tệp.`);
  });

  test.each(["‘", "\u02bc", "´", "`", "'"])(
    "a name with the apostrophe %s is taken, and kept with the common one",
    async (sign) => {
      expect(await told(csv(`Họ tên;Ngày sinh\nH${sign}Hen Niê;1990\n`))).toEqual(["H'Hen Niê · 1990"]);
    },
  );

  test("Windows-1258 is read, with its marks apart from their letters", async () => {
    const bytes = Buffer.from(
      "H\xf2 t\xeAn;Ng\xe0y sinh;S\xf4\xec \xd0DCN\n\xd0\xe3\xf2ng Th\xf2 H\xf2a;15/01/1990;052190000715\n",
      "latin1",
    );
    // The first heading is "Họ tên": ọ is o with the mark 0xF2 after it.
    const marked = Buffer.from(
      bytes
        .toString("latin1")
        .replace("H\xf2 t\xeAn", "Ho\xf2 t\xeAn")
        .replace("\xd0\xe3\xf2ng Th\xf2 H\xf2a", "\xd0\xe3\xf2ng Thi\xf2 Ho\xcca"),
      "latin1",
    );
    expect(await told(new Uint8Array(marked))).toEqual(["Đặng Thị Hòa · 1990-01-15 · 052190000715"]);
  });

  test("TCVN3 is said to be an old font, never guessed", async () => {
    const bytes = Buffer.from("Hä vµ tªn;Ngµy sinh;Sè CMND\n§Æng ThÞ Hßa;15/01/1990;052190000715\n", "latin1");
    expect(await refusalOf(new Uint8Array(bytes))).toBe("old_font");
  });
});

test("the file that is handed back is read again, with the headings that the unit knows", async () => {
  const list = await readRoster(
    sheet(heads, [1, "Đỗ Sai", "1990", "12", "0912345675"], [2, "=A1", "1990", "5271000012"]),
  );
  const rows: string[][] = [];
  for await (const batch of list.rows) rows.push(...batch.map(({ cells }) => [...cells]));
  const back = writeXlsx("Dòng chưa nhận", [[...list.headings, "Lý do"], ...rows]);
  const again = await readRoster(new Uint8Array(back));
  expect(again.headings).toEqual([...heads, "Lý do"]);
  expect(await toldOf(again)).toEqual(["2: bhxh number_wrong", "3: name name_signs"]);
});
