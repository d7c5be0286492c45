import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Shape, scanFlat } from "./scan.ts";
import { tables } from "./spec.ts";
import { readStrict } from "./strict.ts";

const shape: Shape = {
  containers: ["LIST", "INNER"],
  row: "ROW",
  places: new Map([
    ["A", 0],
    ["B", 1],
    ["C", 2],
  ]),
  width: 3,
};

const word = fc.constantFrom(
  "",
  "a",
  "Nguyễn Văn Đạt",
  " x ",
  "1 > 0",
  "\t",
  "]]",
  "ấ\u0301",
  "😀",
  "a\r\nb",
  "]]>",
  "&amp;",
  "&lt;b",
  "&#x1F600;",
  "\u0001",
  "\ufffd",
  "\uffff",
);
const leaf = fc
  .tuple(
    fc.constantFrom("A", "B", "C", "D"),
    word,
    fc.constantFrom("text", "section", "empty", "comment", "nested", "attribute"),
  )
  .map(([name, value, way]) => {
    if (way === "section") return `<${name}><![CDATA[${value}]]></${name}>`;
    if (way === "empty") return `<${name}/>`;
    if (way === "comment") return `<${name}>${value}<!-- c --></${name}>`;
    if (way === "nested") return `<${name}><B>${value}</B></${name}>`;
    if (way === "attribute") return `<${name} q="1">${value}</${name}>`;
    return `<${name}>${value}</${name}>`;
  });
const blank = fc.constantFrom("", "\n", "  ", "\r\n\t", "\u00a0");
const row = fc.array(fc.tuple(blank, leaf), { maxLength: 4 }).map((leaves) => `<ROW>${leaves.flat().join("")}</ROW>`);
const table = fc
  .record({
    before: fc.constantFrom(
      "",
      "\ufeff",
      "  ",
      '<?xml version="1.0" encoding="utf-8"?>\n',
      ' <?xml version="1.0"?>',
      "<!DOCTYPE x>",
    ),
    rows: fc.array(fc.tuple(blank, row), { maxLength: 3 }),
    root: fc.constantFrom("LIST", "INNER", "both", "none", "other"),
    after: blank,
  })
  .map(({ before, rows, root, after }) => {
    const body = rows.flat().join("");
    const names = { LIST: ["LIST"], INNER: ["INNER"], both: ["LIST", "INNER"], none: [], other: ["OTHER"] }[root] ?? [];
    const open = names.map((name) => `<${name}>`).join("");
    const close = names
      .toReversed()
      .map((name) => `</${name}>`)
      .join("");
    return `${before}${open}${body}${close}${after}`;
  });
/** One change of the text: a sign cut out, doubled or replaced. */
const mutated = fc
  .tuple(table, fc.nat(), fc.constantFrom("", "<", ">", "/", "&", "x", "]]>", "\u0000"))
  .map(([text, place, sign]) => {
    const at = text.length === 0 ? 0 : place % text.length;
    // A table is decoded from UTF-8, so half a sign never stands in it.
    return (text.slice(0, at) + sign + text.slice(at + 1)).toWellFormed();
  });

function agrees(text: string): void {
  const flat = scanFlat(Buffer.from(text), shape);
  if (flat === undefined) return;
  const strict = readStrict(text, shape);
  expect(strict, text).toMatchObject({ ok: true });
  if (strict.ok) expect(flat, text).toEqual(strict.value);
}

describe("the quick reader of inner tables", () => {
  test("reads every generated table like the strict one, or leaves it to it", () => {
    fc.assert(fc.property(table, agrees), { numRuns: 3000 });
  });

  test("reads every damaged table like the strict one, or leaves it to it", () => {
    fc.assert(fc.property(mutated, agrees), { numRuns: 6000 });
  });

  test("takes plain rows, empty elements and whole CDATA sections by itself", () => {
    const text = "<LIST>\r\n<ROW><A>1</A><B/><C><![CDATA[a & b]]></C></ROW><ROW><C>3</C></ROW></LIST>";
    expect(scanFlat(Buffer.from(text.replace("a & b", "a b")), shape)?.rows).toEqual([
      ["1", "", "a b"],
      [undefined, undefined, "3"],
    ]);
  });

  test.each([
    ["an entity", "<LIST><ROW><A>&amp;</A></ROW></LIST>"],
    ["an attribute", '<LIST x="1"><ROW><A>1</A></ROW></LIST>'],
    ["a comment", "<LIST><!-- x --><ROW><A>1</A></ROW></LIST>"],
    ["an element in a field", "<LIST><ROW><A><B>1</B></A></ROW></LIST>"],
    ["a document type", "<!DOCTYPE LIST><LIST></LIST>"],
    ["a missing end", "<LIST><ROW><A>1</A></ROW>"],
    ["a blank that is none of XML's", '<?xml version="1.0"\u00a0?><LIST><ROW><A>1</A></ROW></LIST>'],
  ])("leaves %s to the strict reader", (_, text) => {
    expect(scanFlat(Buffer.from(text), shape)).toBeUndefined();
  });

  test("a list may itself be the root, as in 4210", () => {
    const { shape: drugs } = tables.XML2;
    const text = "<DSACH_CHI_TIET_THUOC><CHI_TIET_THUOC><MA_LK>1</MA_LK></CHI_TIET_THUOC></DSACH_CHI_TIET_THUOC>";
    const rows = scanFlat(Buffer.from(text), drugs);
    expect(rows?.rows).toHaveLength(1);
  });
});

describe("the strict reader", () => {
  test.each([
    ["doctype_inside", '<!DOCTYPE LIST [<!ENTITY a "aaaa">]><LIST><ROW><A>&a;</A></ROW></LIST>'],
    ["malformed_table", "<LIST><ROW><A>&a;</A></ROW></LIST>"],
    ["malformed_table", "<LIST><ROW><A>1</ROW></LIST>"],
    ["nested_field", "<LIST><ROW><A><B>1</B></A></ROW></LIST>"],
    ["repeated_field", "<LIST><ROW><A>1</A><A>2</A></ROW></LIST>"],
    ["unexpected_element", "<OTHER/>"],
    ["text_outside_field", "<LIST>x</LIST>"],
    ["wrong_encoding_inside", '<?xml version="1.0" encoding="windows-1258"?><LIST/>'],
  ])("refuses with %s", (code, text) => {
    expect(readStrict(text, shape)).toMatchObject({ ok: false, faults: { code } });
  });

  test("tells the line of the fault", () => {
    expect(readStrict("<LIST>\n<ROW>\n<A><B/></A></ROW></LIST>", shape)).toMatchObject({
      faults: { line: 3, field: "A" },
    });
  });

  test("a nest of a hundred thousand elements ends at once", () => {
    const text = `<LIST>${"<x>".repeat(100_000)}`;
    expect(readStrict(text, shape)).toMatchObject({ ok: false, faults: { code: "unexpected_element" } });
  });
});
