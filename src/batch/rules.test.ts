import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCsv } from "../kernel/csv.ts";
import { makeFileCode } from "../kernel/file-code.ts";
import { codeIn, nextOf, parseOpening, partsIn, progressOf, standOf } from "./rules.ts";

const one = makeFileCode(Uint8Array.from([4, 7, 11, 2, 9, 20, 1]));

describe("what a scanner sends", () => {
  it.each([
    ["a code and Enter", `${one}\n`, [one]],
    ["a code without dashes, in small letters", one.toLowerCase().replaceAll("-", ""), [one]],
    ["the address of a QR code", `https://vssid.example/r/${one}`, [one]],
    ["two codes pasted at once", `${one}\n${one}`, [one, one]],
    ["a code typed with spaces", one.replaceAll("-", " "), [one]],
    ["the QR code of an ID card", "099199000001|980000002|Nguyễn", [undefined]],
    ["nothing", "   ", []],
  ])("%s", (_said, typed, codes) => {
    expect(partsIn(typed).map(codeIn)).toEqual(codes);
  });
});

describe("a unit", () => {
  it("is named by its code, or by words", () => {
    expect(parseOpening({ unit_code: " tp 0001z " })).toEqual({
      ok: true,
      value: { unitCode: "TP0001Z", unitName: "" },
    });
    expect(parseOpening({ unit_name: "  Trường  Mẫu " })).toMatchObject({
      ok: true,
      value: { unitName: "Trường Mẫu" },
    });
    expect(parseOpening({})).toMatchObject({ ok: false, faults: [{ key: "unit_missing" }] });
    expect(parseOpening({ unit_code: "=cmd|" })).toMatchObject({ ok: false, faults: [{ key: "unit_code_shape" }] });
  });
});

describe("the way through a batch", () => {
  const file = (status: string, heldBy: string | null = null, officeCode = "A") => ({ status, heldBy, officeCode });

  it("leads to one's own open file, then to what waits, then to what nobody holds, and never to a colleague's", () => {
    const waiting = file("confirmed");
    const mine = file("received", "7");
    const free = file("received");
    const theirs = file("received", "8");
    expect(nextOf([theirs, waiting, free, mine], "A", "7")).toBe(mine);
    expect(nextOf([theirs, free, waiting], "A", "7")).toBe(waiting);
    expect(nextOf([theirs, free], "A", "7")).toBe(free);
    expect(nextOf([theirs, file("accepted"), file("confirmed", null, "B")], "A", "7")).toBeUndefined();
  });

  it("counts what the office is done with: decided, withdrawn, lapsed, handed on", () => {
    const stands = [
      file("confirmed"),
      file("received"),
      file("accepted"),
      file("refused"),
      file("withdrawn"),
      file("lapsed"),
      file("confirmed", null, "B"),
    ].map((each) => standOf(each, "A"));
    expect(stands).toEqual(["waiting", "received", "accepted", "refused", "withdrawn", "lapsed", "gone"]);
    expect(progressOf(stands)).toEqual({ done: 5, of: 7 });
  });
});

describe("the outcome as CSV", () => {
  it.each(["=HYPERLINK(1)", "+84", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "|calc"])(
    "%s does not become a formula",
    (name) => {
      const [cell] = (parse(toCsv([[name]]), { bom: true }) as string[][])[0] ?? [];
      expect(cell?.startsWith("'")).toBe(true);
    },
  );

  it("reads back as written, whatever the names hold", () => {
    const cell = fc
      .string({ unit: "grapheme" })
      .filter((text) => !/[\r\n\t]|^[\s\uFEFF]*[=+\-@|%＝＋－＠]/u.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        expect(parse(toCsv(rows), { bom: true, record_delimiter: "\r\n" })).toEqual(rows);
      }),
    );
  });
});
