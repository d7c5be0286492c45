import { describe, expect, test } from "vitest";
import { fuzzEnvelope, fuzzTable, readWhole, SLOWEST_MS_PER_MB } from "../../faults/fuzz-once.ts";
import { damagedCsv, damagedWorkbook, readDamaged } from "../../faults/fuzz-tables.ts";
import { randomOf } from "../../faults/mutations.ts";
import { readClaim } from "../../src/intake/claim.ts";
import { EnvelopeReader } from "../../src/intake/envelope.ts";
import { FileRefused } from "../../src/intake/refusal.ts";
import { shippedCodes } from "../samples/codes.ts";
import { dossier, envelope, sampleTables } from "../samples/envelope.ts";

/** The long run is `bin/faults fuzz`. */
describe("damaged claim files", () => {
  test("10,000 damaged tables: the quick reader reads like the strict one, or leaves it to it", () => {
    let flat = 0;
    for (let seed = 1; seed <= 10_000; seed += 1) if (fuzzTable(randomOf(seed))) flat += 1;
    expect(flat).toBeGreaterThan(500);
  });

  test("1,000 damaged files: each is read or refused, none crashes or hangs", () => {
    for (let seed = 1; seed <= 1000; seed += 1) expect(fuzzEnvelope(randomOf(seed))).toBeLessThan(SLOWEST_MS_PER_MB);
  });
});

describe("damaged tables", () => {
  test.each([
    ["CSV files", damagedCsv],
    ["workbooks", damagedWorkbook],
  ])(
    "200 %s: each row is read or rejected, or the file refused, with a reason; none crashes or hangs",
    async (_, damaged) => {
      const seen = new Set<string>();
      for (let seed = 1; seed <= 200; seed += 1) {
        const { refusal, taken, rejected, msPerMb } = await readDamaged(damaged(randomOf(seed)));
        expect(msPerMb).toBeLessThan(SLOWEST_MS_PER_MB);
        seen.add(refusal ?? (taken > 0 ? "taken" : rejected > 0 ? "rejected" : "nothing"));
      }
      expect([...seen]).toContain("taken");
      expect(seen.size).toBeGreaterThan(3);
    },
  );
});

const codes = shippedCodes();
const plain = (xml: string) => dossier([{ kind: "XML1", xml, as: "plain" }]);
const coded = (xml: string) => dossier([{ kind: "XML1", xml }]);
const rejectOf = (record: string) => {
  const reading = readClaim(Buffer.from(record), { code: "" }, codes);
  return reading.ok ? "taken" : reading.faults.code;
};
const refusalOf = (text: string) => {
  try {
    const cutter = new EnvelopeReader();
    cutter.push(Buffer.from(text));
    cutter.end();
    return "taken";
  } catch (error) {
    if (error instanceof FileRefused) return error.code;
    throw error;
  }
};
const lol = `<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, at) => `<!ENTITY a${at} "${"&a;".repeat(10)}">`).join("")}]>`;

describe("bombs are refused with a reason", () => {
  test.each([
    [
      "an entity bomb around the file",
      () => refusalOf(`<?xml version="1.0"?>${lol}<GIAMDINHHS>&a8;</GIAMDINHHS>`),
      "doctype",
    ],
    ["an entity from outside", () => refusalOf('<!DOCTYPE x SYSTEM "file:///etc/passwd"><GIAMDINHHS/>'), "doctype"],
    [
      "an entity bomb in a table",
      () => rejectOf(coded(`${lol}<TONG_HOP><MA_LK>&a8;</MA_LK></TONG_HOP>`)),
      "doctype_inside",
    ],
    ["an unknown entity", () => rejectOf(coded("<TONG_HOP><MA_LK>&a;</MA_LK></TONG_HOP>")), "malformed_table"],
    ["garbage as base64", () => rejectOf(dossier([{ ...sampleTables()[0], as: "broken" } as never])), "bad_base64"],
    [
      "a record inside itself, again and again",
      () => rejectOf("<HOSO>".repeat(20_000) + "</HOSO>".repeat(20_000)),
      "no_files",
    ],
    ["a nest of elements in a table", () => rejectOf(plain(`<TONG_HOP>${"<x>".repeat(200_000)}`)), "nested_field"],
    [
      "ten thousand inner files",
      () =>
        rejectOf(
          `<HOSO>${"<FILEHOSO><LOAIHOSO>XML1</LOAIHOSO><NOIDUNGFILE>YQ==</NOIDUNGFILE></FILEHOSO>".repeat(10_000)}</HOSO>`,
        ),
      "too_many_files",
    ],
    ["a wall of comments", () => refusalOf(`<GIAMDINHHS>${"<!-- x -->".repeat(200_000)}`), "truncated"],
  ])("%s", (_, told, code) => {
    const startedAt = performance.now();
    expect(told()).toBe(code);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  test("a gigabyte of blanks inside a file is passed over while it streams by, in flat memory", () => {
    const cutter = new EnvelopeReader();
    cutter.push(Buffer.from("<GIAMDINHHS>"));
    const blanks = Buffer.alloc(8 * 1024 * 1024, " ");
    const startedAt = performance.now();
    const before = process.memoryUsage().rss;
    for (let at = 0; at < 128; at += 1) cutter.push(blanks);
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 1024 * 1024);
    expect(() => cutter.end()).toThrow(FileRefused);
    expect((performance.now() - startedAt) / 1024).toBeLessThan(SLOWEST_MS_PER_MB / 10);
  });

  test("blanks before the root end after 64 KB", () => {
    expect(refusalOf(" ".repeat(200_000))).toBe("not_a_claim");
  });

  test("a nest of records in a whole file takes no longer than a second a megabyte", () => {
    const nest = "<HOSO>".repeat(100_000);
    expect(readWhole(envelope([nest + "</HOSO>".repeat(100_000)]))).toBeLessThan(SLOWEST_MS_PER_MB);
  });
});
