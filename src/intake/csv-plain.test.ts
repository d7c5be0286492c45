import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CSV_WAYS, openCsv } from "./csv.ts";
import { type CsvRecord, PlainCsv } from "./csv-plain.ts";
import { FileRefused } from "./refusal.ts";

const sign = fc.constantFrom(
  ...[
    ",",
    ",",
    "\n",
    "\n",
    "\r\n",
    "\r",
    '"',
    '""',
    '","',
    '"\n',
    '\n"',
    ";",
    " ",
    "a",
    "ấ\u0301",
    "😀",
    "12/2003",
    "\0",
  ],
);
const text = fc.array(sign, { maxLength: 24 }).map((signs) => signs.join(""));
const plainCell = fc.constantFrom(
  "",
  "a",
  " b ",
  'TNHH "Minh Anh"',
  'a"b',
  "Công ty Mẫu",
  '"x, y"',
  '"nói ""a"""',
  '"hai\ndòng"',
  '""',
);
const plainRow = fc.tuple(fc.array(plainCell, { minLength: 1, maxLength: 4 }), fc.constantFrom("\n", "\r\n"));
const plainText = fc
  .array(plainRow, { maxLength: 5 })
  .map((rows) => rows.map(([cells, end]) => cells.join(",") + end).join(""));

const options = { info: true, ...CSV_WAYS } as const;

/** csv-parse counts two lines where Excel ends one within quotes. */
function strictly(whole: string): CsvRecord[] {
  const read = parse(whole, options) as unknown as { record: string[]; info: { lines: number } }[];
  let twice = 0;
  return read.map(({ record, info }) => {
    twice += record.join("\0").split("\r\n").length - 1;
    return { cells: record, line: info.lines - twice };
  });
}

/** As the import reads: plain as far as it goes, and the rest strictly. */
function inPieces(pieces: readonly string[]): { records: CsvRecord[]; plain: PlainCsv } {
  const plain = new PlainCsv(",");
  const records: CsvRecord[] = [];
  let later = "";
  for (const piece of pieces) {
    if (plain.isOdd) later += piece;
    else plain.push(piece);
    for (let one = plain.isOdd ? undefined : plain.next(); one; one = plain.next()) records.push(one);
  }
  const rest = strictly(plain.rest + later);
  return { records: [...records, ...rest.map((one) => ({ ...one, line: one.line + plain.line - 1 }))], plain };
}

function orRefused<T>(read: () => T): T | "refused" {
  try {
    return read();
  } catch {
    return "refused";
  }
}

describe("the plain reader of CSV", () => {
  test("reads what csv-parse reads, wherever the text is cut", () => {
    fc.assert(
      fc.property(fc.oneof(text, plainText), fc.nat(), fc.nat(), (whole, one, other) => {
        const [first = 0, second = 0] = [one, other].map((at) => at % (whole.length + 1)).sort((a, b) => a - b);
        const pieces = [whole.slice(0, first), whole.slice(first, second), whole.slice(second)];
        expect(orRefused(() => inPieces(pieces).records)).toEqual(orRefused(() => strictly(whole)));
      }),
      { numRuns: 2000 },
    );
  });

  test("plain records are all read by it", () => {
    fc.assert(
      fc.property(plainText, (whole) => {
        const { plain } = inPieces([whole]);
        expect([plain.isOdd, plain.rest]).toEqual([false, ""]);
      }),
      { numRuns: 200 },
    );
  });

  test("a row that is not plain is left to csv-parse, with all behind it, and every line keeps its number", async () => {
    const rows = ["a,b", '1,"x\ny"', '2,"p\r\nq"', "3,", '4,"z"'];
    const { header, lines } = await openCsv({ name: "a.csv", bytes: Buffer.from(rows.join("\n")) }, () => {});
    const read = [];
    for await (const batch of lines) read.push(...batch);
    expect(header).toEqual(["a", "b"]);
    expect(read.map(({ record, cells }) => [record, ...cells])).toEqual([
      [1, "1", "x\ny"],
      [2, "2", "p\r\nq"],
      [3, "3", ""],
      [4, "4", "z"],
    ]);
    expect(read.map(({ line }) => line)).toEqual([3, 5, 6, 7]);
  });

  test("headings of Excel above rows of another program, and quotes within a cell, lose no row", async () => {
    const rows = ['A1;"Cửa hàng ""Hai"""', 'A2;Công ty TNHH "Minh Anh"', 'A3;"Ba" và con', "A4;Bốn"];
    const file = `unit_code;name\r\n${rows.slice(0, 2).join("\n")}\n${rows[2]}\r${rows[3]}\r\n`;
    const { header, lines } = await openCsv({ name: "a.csv", bytes: Buffer.from(file) }, () => {});
    const read = [];
    for await (const batch of lines) read.push(...batch.map(({ line, cells }) => [line, ...cells]));
    expect(header).toEqual(["unit_code", "name"]);
    expect(read).toEqual([
      [2, "A1", 'Cửa hàng "Hai"'],
      [3, "A2", 'Công ty TNHH "Minh Anh"'],
      [4, "A3", '"Ba" và con'],
      [5, "A4", "Bốn"],
    ]);
  });

  test.each([
    ["in the last row, without an end of line", '1,"""Hai"" tầng\nngõ 3"'],
    ["in rows behind one that is not plain", '1,"p\r\nq"\n2,"""Hai"" tầng\r\nngõ 3"\n3,"""\n"\n'],
    ["in the first column, behind empty lines", '1,"p\r\nq"\n\n\r\n\r"""Hai"" tầng\nngõ 3",""\n\n\n'],
    ["far behind in a long file", `1,"p\r\nq"\n${`2,${"Đơn vị ".repeat(50)}\n`.repeat(12_000)}3,"""Hai"" tầng\nngõ 3"`],
  ])("a cell of two lines that begins with a quote of its own is read %s", async (_, rows) => {
    const file = `a,b\n${rows}`;
    const { lines } = await openCsv({ name: "a.csv", bytes: Buffer.from(file) }, () => {});
    const read = [];
    for await (const batch of lines) read.push(...batch.map(({ line, cells }) => ({ cells, line })));
    expect(read).toEqual(strictly(file).slice(1));
  });

  test.each([
    ["a quote that is never closed", '1,a\n2,"b\n3,c\n4,d\n', "bad_csv", 3],
    ["a quote that the next row closes with text behind it", '1,a\n2,"b\n3,"c"\n4,d\n', "bad_csv", 3],
    [
      "such a quote beside a cell that begins with one of its own",
      '1,"p"x\n2,"""y""\nz","b\n3,"c"\n4,d\n',
      "bad_csv",
      3,
    ],
    [
      "a quote that is never closed, behind a cell of two lines as Excel ends them",
      '1,"p\r\nq"\n2,"b\n3,c\n',
      "bad_csv",
      4,
    ],
    ["a row too long", `1,a\r\n2,"b"x\n3,${"c".repeat(70_000)}\n4,d\n`, "too_wide", 4],
  ])("%s is told with the line on which its row begins", async (_, rows, code, line) => {
    const read = async () => {
      const { lines } = await openCsv({ name: "a.csv", bytes: Buffer.from(`a,b\n${rows}`) }, () => {});
      for await (const _ of lines);
    };
    await expect(read()).rejects.toMatchObject({ code, line });
  });

  test("a line that never ends is told before the headings are judged", async () => {
    const bytes = Buffer.from(`a,b\n"${"x".repeat(100_000)}`);
    await expect(openCsv({ name: "a.csv", bytes }, () => {})).rejects.toThrow(new FileRefused("too_wide", 0, 2));
  });

  test.each([1, 6000])("no row is lost where row %i of a long file is the first that is not plain", async (odd) => {
    const rows = Array.from({ length: 10_000 }, (_, nth) => (nth + 1 === odd ? '0,"p\r\nq"' : `${nth + 1},Đơn vị Mẫu`));
    const { lines } = await openCsv({ name: "a.csv", bytes: Buffer.from(["a,b", ...rows].join("\n")) }, () => {});
    const read: string[] = [];
    for await (const batch of lines) read.push(...batch.map(({ record, cells }) => `${record} ${cells.join(",")}`));
    expect(read).toEqual(rows.map((row, nth) => `${nth + 1} ${row.replaceAll('"', "")}`));
  });
});
