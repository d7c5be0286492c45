import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import { septetsOf } from "../notices/gsm7.ts";
import { samplesOf } from "../notices/rules-samples.ts";
import { NUMBER_SIGNS, parseHead, parseLines } from "./rules.ts";
import { drawingText, parseDrawing, pathOf } from "./rules-drawing.ts";
import { blankPictures, faultOfPdf, hasOverPage, isSigned, mayTell, PDF_MOST_BYTES } from "./rules-pdf.ts";
import { dueBefore, isWorkingHour, nextWorkingHour } from "./rules-reminders.ts";

const packed = (text: string) => deflateSync(text).toString("latin1");
const head = {
  number: "330/UBND-VX",
  ...{ dated_day: "17", dated_month: "3", dated_year: "2021", subject: "V/v", issuer: "UBND", signed_by: "Ai" },
};
const keysOf = (form: object, today = "2026-11-23") => {
  const parsed = parseHead({ ...head, ...form }, plainDate(today));
  return parsed.ok ? [] : parsed.faults.map(({ field, key }) => `${field} ${key}`);
};

describe("the head of a letter", () => {
  it.each([
    [{}, []],
    [{ number: "330.UBND VX" }, ["number number_shape"]],
    [{ number: "UBND-VX" }, ["number number_shape"]],
    [{ number: "1".repeat(NUMBER_SIGNS + 1) }, ["number too_long"]],
    [{ dated_month: "2", dated_day: "30" }, ["dated dated_missing"]],
    [{ dated_year: "2027" }, ["dated dated_future"]],
    [{ answer_day: "1" }, ["answer answer_shape"]],
    [{ answer_day: "1", answer_month: "11", answer_year: "2026" }, ["answer answer_past"]],
    [{ answer_day: "23", answer_month: "11", answer_year: "2026", reply_email: "a@example.vn" }, []],
    [{ reply_email: "không phải thư" }, ["reply_email email_shape"]],
  ])("%j is answered with %j", (form, faults) => {
    expect(keysOf(form)).toEqual(faults);
  });

  it("has a number that stands whole in one SMS", () => {
    expect(septetsOf(samplesOf("letter_sent", "vi", "longest").letter ?? "")).toBe(NUMBER_SIGNS);
  });
});

describe("lines of addressees", () => {
  const units = [{ unitCode: "XA01", name: "UBND xã Mẫu", kind: "commune" }];
  const read = (text: string) => parseLines(text, units);

  it("name a unit by its code, or anybody with an address; empty lines do not count", () => {
    expect(read("xa01\n\nTrạm y tế; tram@example.vn; 0912 345 678")).toEqual({
      ok: true,
      value: [
        { unitCode: "XA01", name: "UBND xã Mẫu", email: null, phone: null },
        { unitCode: null, name: "Trạm y tế", email: "tram@example.vn", phone: "0912345678" },
      ],
    });
  });

  it("that cannot be reached are told of by their number", () => {
    expect(read("XA01\nAi đó\nTrạm; 12")).toMatchObject({
      faults: [
        { key: "line_unreached", values: { left: 2 } },
        { key: "line_contact", values: { left: 3 } },
      ],
    });
  });
});

describe("the PDF of a letter", () => {
  it.each([
    ["", "pdf_missing"],
    ["<html>", "pdf_kind"],
    ["%PDF-1.7\ncut", "pdf_broken"],
    ["%PDF-1.7 /JavaScript (x)\n%%EOF", "pdf_program"],
    ["%PDF-1.7 /S /J#53 (x)\n%%EOF", "pdf_program"],
    [`%PDF-1.7 1 0 obj <</Type /ObjStm>> stream\n${packed("<</S /JavaScript>>")}\nendstream\n%%EOF`, "pdf_program"],
    [`%PDF-1.7 1 0 obj <</Type /ObjStm>> stream\n${packed("<</Type /Page>>")}\nendstream\n%%EOF`, undefined],
    [`%PDF-1.7 1 0 obj <</Type /ObjStm>> stream\n${packed("x".repeat(5_000_000))}\nendstream\n%%EOF`, "pdf_program"],
    ["%PDF-1.7\n%%EOF\n", undefined],
  ])("%j: %s", (text, fault) => {
    expect(faultOfPdf(Buffer.from(text, "latin1"))).toBe(fault);
  });

  it("may have ten megabytes", () => {
    expect(faultOfPdf(Buffer.alloc(PDF_MOST_BYTES + 1))).toBe("pdf_large");
  });
});

describe("a letter that is drawn anew", () => {
  const bytes = (text: string) => Buffer.from(text, "latin1");

  it.each([
    ["/Subtype /Stamp", true],
    ["/Subtype/Wid#67et", true],
    ["/Subtype /FreeText", true],
    [`1 0 obj <</Type /ObjStm>> stream\n${packed("<</Subtype /Ink>>")}\nendstream`, true],
    ["/Subtype /Link", false],
    ["/Subtype /Type1 /Subtype /Image", false],
    ["/Subtype /TextMarkup0", false],
  ])("would lose what lies over its pages, and is told of it: %j", (text, isOver) => {
    expect(hasOverPage(bytes(text))).toBe(isOver);
  });

  it("is known as signed by the stretches that its signature covers", () => {
    expect(isSigned(bytes("/ByteRange [0 100 200 300]"))).toBe(true);
    expect(isSigned(bytes("/Byte#52ange[0 100 200 300]"))).toBe(true);
    expect(isSigned(bytes("chữ ký /ByteRanges"))).toBe(false);
  });

  it.each([
    ["<</Filter [/FlateDecode /DCTDecode]>>", true],
    ["<</Filter/JPXDecode>> stream jP  xml <x:xmpmeta>", true],
    ["<</Filter/JPXDecode>> stream jP  jp2c", false],
    ["<</Filter /FlateDecode>> <</Filter [/DCTDecode]>>", false],
  ])("is not drawn where its pictures could tell what nobody can blank: %j", (text, tells) => {
    expect(mayTell(bytes(text))).toBe(tells);
  });

  it("has pictures that tell nothing, at the same place and of the same length", () => {
    const segment = (marker: number, text: string) =>
      Buffer.concat([Buffer.from([0xff, marker, 0, text.length + 2]), Buffer.from(text)]);
    const picture = (exif: string, note: string) =>
      Buffer.concat([
        Buffer.from([0xff, 0xd8]),
        ...[segment(0xe0, "JFIF"), segment(0xe1, exif), segment(0xee, "Adobe"), segment(0xfe, note)],
        ...[segment(0xda, "x"), Buffer.from("points \xff\xe1 stay", "latin1")],
      ]);
    const told = Buffer.concat([bytes("%PDF "), picture("Exif Hanoi", "by Soan"), picture("Exif again", "x")]);
    const blank = Buffer.concat([
      bytes("%PDF "),
      picture("\0".repeat(10), "\0".repeat(7)),
      picture("\0".repeat(10), "\0"),
    ]);
    expect(blankPictures(told)).toEqual(blank);
    expect(told.includes("Hanoi")).toBe(true);
    expect(blankPictures(bytes("\xff\xd8\xff\xe1\xff"))).toEqual(bytes("\xff\xd8\xff\xe1\xff"));
  });
});

describe("a signature drawn by hand", () => {
  const strokes = "1,2 3,4 5,6 7,8;9,10 11,12 13,14 600,200";

  it("is read as numbers of its field and written the same", () => {
    const drawing = parseDrawing(strokes);
    if (typeof drawing === "string") throw new Error(drawing);
    expect(drawingText(drawing)).toBe(strokes);
    expect(pathOf(drawing)).toBe("M1 2L3 4L5 6L7 8M9 10L11 12L13 14L600 200");
  });

  it.each([
    ["", "drawing_missing"],
    ['M0 0"><script>', "drawing_missing"],
    [strokes.replace("600", "601"), "drawing_missing"],
    ["1,2 3,4", "drawing_short"],
    [Array(4000).fill("1,1").join(" "), "drawing_large"],
    [Array(100).fill("1,1 2,2").join(";"), "drawing_large"],
  ])("%# is refused: %s", (text, fault) => {
    expect(parseDrawing(text)).toBe(fault);
  });
});

describe("reminders to sign", () => {
  const at = (day: string, time = "09:00") => new Date(`${day}T${time}:00+07:00`);

  it.each([
    [1, "2026-11-23", false],
    [1, "2026-11-24", true],
    [2, "2026-11-24", false],
    [2, "2026-11-25", true],
    [3, "2026-11-25", false],
    [3, "2026-11-26", true],
  ])("are due %i days after 23/11, however late that was, on %s: %s", (days, day, isDue) => {
    expect(at("2026-11-23", "23:59") < dueBefore(plainDate(day), days)).toBe(isDue);
  });

  it("go out in working hours of working days, holidays and made-up Saturdays included", () => {
    const calendar = {
      years: new Set([2026]),
      holidays: new Set(["2026-11-24"]),
      workingWeekends: new Set(["2026-11-28"]),
    };
    const hours = { from: 8, until: 17 };
    const is = (day: string, time: string) => isWorkingHour(at(day, time), hours, calendar);
    expect([is("2026-11-23", "08:00"), is("2026-11-23", "07:59"), is("2026-11-23", "17:00")]).toEqual([
      true,
      false,
      false,
    ]);
    expect([is("2026-11-24", "09:00"), is("2026-11-28", "09:00"), is("2026-11-29", "09:00")]).toEqual([
      false,
      true,
      false,
    ]);
    expect(nextWorkingHour(at("2026-11-23", "17:30"), hours, calendar)).toEqual(at("2026-11-25", "08:00"));
    expect(nextWorkingHour(at("2026-11-23", "06:30"), hours, calendar)).toEqual(at("2026-11-23", "08:00"));
  });
});
