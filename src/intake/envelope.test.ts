import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dossier, envelope, sampleBytes, sampleTables } from "../../test/samples/envelope.ts";
import { EnvelopeReader, RECORD_BYTES_MAX } from "./envelope.ts";
import { FileRefused } from "./refusal.ts";

const one = dossier(sampleTables());

function cut(bytes: Buffer, size = bytes.length) {
  const reader = new EnvelopeReader();
  const records: { no: number; line: number; text: string; isTooLarge: boolean }[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const found = reader.push(bytes.subarray(at, at + size));
    records.push(...found.map(({ bytes: own, ...rest }) => ({ ...rest, text: own.toString("utf8") })));
  }
  return { records, end: reader.end() };
}

function refusal(bytes: Buffer): { code: string; readable: number } {
  try {
    cut(bytes);
  } catch (error) {
    if (error instanceof FileRefused) return { code: error.code, readable: error.readable };
    throw error;
  }
  throw new Error("not refused");
}

describe("the claim envelope", () => {
  test("the sample holds one record of facility 79999", () => {
    const { records, end } = cut(sampleBytes);
    expect(records).toHaveLength(1);
    expect(records[0]?.line).toBe(10);
    expect(end).toEqual({
      facilityCode: "79999",
      declaredCount: 1,
      records: 1,
      madeOn: "20261120",
      hasSignature: false,
    });
  });

  test("several records are all found, with their places, however the stream is cut", () => {
    const bytes = envelope([one, one, one], { count: 9 });
    const whole = cut(bytes);
    expect(whole.records.map(({ no }) => no)).toEqual([1, 2, 3]);
    expect(whole.end).toEqual({
      facilityCode: "79999",
      declaredCount: 9,
      records: 3,
      madeOn: "20261120",
      hasSignature: false,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (size) => {
        expect(cut(bytes, size)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  test("an end tag inside CDATA or a comment does not end a record", () => {
    const tricky = "<HOSO><!-- </HOSO> --><A><![CDATA[</HOSO><HOSO>]]></A></HOSO>";
    const { records } = cut(envelope([tricky, "<!-- <HOSO></HOSO> -->", "<HOSO></HOSO>"]));
    expect(records.map(({ text }) => text)).toEqual([tricky, "<HOSO></HOSO>"]);
  });

  test("a byte order mark, comments and attributes before the first record are passed over", () => {
    const bytes = Buffer.from('\ufeff<?xml version="1.0"?><!-- x -->\n<GIAMDINHHS a="1"><HOSO ></HOSO></GIAMDINHHS>');
    expect(cut(bytes).records).toHaveLength(1);
  });

  test("a file that is cut off is refused, and says how many records could be read", () => {
    const bytes = envelope([one, one, one]);
    expect(refusal(bytes.subarray(0, -20))).toEqual({ code: "truncated", readable: 3 });
    expect(refusal(bytes.subarray(0, one.length * 2))).toEqual({ code: "truncated", readable: 1 });
  });

  test.each([
    [
      "doctype",
      '<?xml version="1.0"?><!DOCTYPE GIAMDINHHS [<!ENTITY a SYSTEM "http://127.0.0.1:1/x">]><GIAMDINHHS>&a;</GIAMDINHHS>',
    ],
    ["root_documents", "<HSCHUNGTU></HSCHUNGTU>"],
    ["root_health_check", "<KHAMSUCKHOE></KHAMSUCKHOE>"],
    ["root_check_in", "<CHI_TIEU_TRANG_THAI_KCB></CHI_TIEU_TRANG_THAI_KCB>"],
    ["root_inner_table", "<CHITIEU_CHITIET_THUOC></CHITIEU_CHITIET_THUOC>"],
    ["encoding_other", '<?xml version="1.0" encoding="windows-1258"?><GIAMDINHHS></GIAMDINHHS>'],
    ["packed_file", "PK\u0003\u0004xxxx"],
    ["not_a_claim", '{"a":1}'],
    ["not_a_claim", "hello"],
    ["empty_file", ""],
    ["malformed", "<GIAMDINHHS></GIAMDINHHS><GIAMDINHHS/>"],
    ["malformed", "<GIAMDINHHS><!ENTITY a 'b'></GIAMDINHHS>"],
    ["truncated", "<GIAMDINHHS>"],
  ])("is refused as %s", (code, text) => {
    expect(refusal(Buffer.from(text)).code).toBe(code);
  });

  test("UTF-16 is refused with what to do, in either order of bytes", () => {
    const little = Buffer.from(`\ufeff${sampleBytes.toString("utf8")}`, "utf16le");
    expect(refusal(little).code).toBe("encoding_utf16");
    expect(refusal(Buffer.from(little).swap16()).code).toBe("encoding_utf16");
    expect(refusal(little.subarray(2)).code).toBe("encoding_utf16");
  });

  test("a record of 40 MB in one line is passed over while it streams by, and the next one is taken", () => {
    const huge = `<HOSO>${"A".repeat(40 * 1024 * 1024)}</HOSO>`;
    const { records } = cut(envelope([one, huge, one]), 1024 * 1024);
    expect(records.map(({ isTooLarge, text }) => [isTooLarge, text.length > 0])).toEqual([
      [false, true],
      [true, false],
      [false, true],
    ]);
    expect(RECORD_BYTES_MAX).toBeLessThan(40 * 1024 * 1024);
  });
});
