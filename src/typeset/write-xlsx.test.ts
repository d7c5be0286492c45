import { inflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { writeXlsx } from "./write-xlsx.ts";

/** One part of a zip with one part of that name. */
function partOf(zip: Buffer, name: string): string {
  const at = zip.indexOf(name);
  const packed = zip.readUInt32LE(at - 12);
  return inflateRawSync(zip.subarray(at + name.length, at + name.length + packed)).toString();
}

const cells = ["=1+1", "+84", "-1", "@x", " \t=x", "＝x", "Lê Thị Mẫu", "0012", "a=b"];

test("what looks like a formula stands behind the quote of a spreadsheet, as text", () => {
  const book = writeXlsx("x", [["-name", "name"], cells, [-1, null, ""]]);
  const sheet = partOf(book, "xl/worksheets/sheet1.xml");
  const styles = [...sheet.matchAll(/<c r="(\w+)" s="(\d)"( t="inlineStr")?/g)].map(([, place, style, isText]) => [
    place,
    `${style}${isText ? " text" : ""}`,
  ]);
  expect(Object.fromEntries(styles)).toEqual({
    ...{ A1: "4 text", B1: "1 text" },
    ...{ A2: "3 text", B2: "3 text", C2: "3 text", D2: "3 text", E2: "3 text", F2: "3 text" },
    ...{ G2: "0 text", H2: "0 text", I2: "0 text", A3: "2" },
  });
  expect(sheet).not.toContain("<f>");
  const [, formats = ""] = /<cellXfs count="5">(.*)<\/cellXfs>/.exec(partOf(book, "xl/styles.xml")) ?? [];
  expect(formats.split("<xf ").map((format) => format.includes('quotePrefix="1"'))).toEqual([
    ...[false, false, false, false, true, true],
  ]);
});
