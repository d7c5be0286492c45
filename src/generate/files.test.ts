import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { shippedCodes } from "../../test/samples/codes.ts";
import { readClaim } from "../intake/claim.ts";
import { EnvelopeReader } from "../intake/envelope.ts";
import { type GenerateOptions, generateFiles } from "./files.ts";

const codes = shippedCodes();
const make = (options: GenerateOptions) => [...generateFiles(options)];
const digest = (options: GenerateOptions) => {
  const sum = createHash("sha256");
  for (const file of generateFiles(options)) sum.update(file.name).update(file.bytes);
  return sum.digest("hex");
};
const files = make({ persons: 400, seed: 5 });
const text = (kind: string) =>
  files
    .filter((file) => file.kind === kind)
    .map((file) => file.bytes.toString("utf8"))
    .join("");

describe("a made-up country", () => {
  test("is the same, byte for byte, for the same seed, and another for another", () => {
    expect(digest({ persons: 150, seed: 3 })).toBe(digest({ persons: 150, seed: 3 }));
    expect(digest({ persons: 150, seed: 3 })).not.toBe(digest({ persons: 150, seed: 4 }));
  });

  test("has claims that our own checker takes without a remark, of every layout since 2023", () => {
    const specs = new Set<string>();
    let several = 0;
    for (const file of files.filter(({ kind }) => kind === "claims")) {
      const cutter = new EnvelopeReader();
      const records = cutter.push(file.bytes);
      expect(cutter.end().declaredCount).toBe(records.length);
      if (records.length > 1) several += 1;
      for (const record of records) {
        const reading = readClaim(record.bytes, { code: cutter.facilityCode }, codes);
        if (!reading.ok || reading.value.kind !== "visit") throw new Error(JSON.stringify(reading));
        expect(reading.value.visit.flags, file.name).toBe("[]");
        specs.add(reading.value.visit.spec);
      }
    }
    expect([...specs].sort()).toEqual(["1931-2026", "3176", "4210", "4750"]);
    expect(several).toBeGreaterThan(5);
  });

  test("holds only numbers that no one has", () => {
    const [, ...people] = text("persons").trim().split("\n");
    for (const line of people) {
      const cells = line.split(",");
      expect(cells[3]).toMatch(/^99\d{8}$/);
      expect(cells[4]).toMatch(/^$|^099\d{9}$/);
      expect(cells[6]).toMatch(/^$|^9\d{8}$/);
    }
    const personal = people.map((line) => line.split(",")[4]).filter((id) => id !== "");
    expect(new Set(personal).size).toBe(personal.length);
    expect(
      text("facilities")
        .match(/^\d{2}\w{3},/gm)
        ?.every((code) => code.endsWith("999,")),
    ).toBe(true);
  });

  test("has years-only births, several ethnic groups, two employers, unpaid months, gaps and benefits", () => {
    const people = text("persons");
    expect(people).toMatch(/,19\d\d,[12],/);
    const groups = new Set([...people.matchAll(/,000,(\d\d),/g)].map(([, code]) => code));
    expect(groups.size).toBeGreaterThan(4);
    const periods = text("participation");
    expect(periods).toContain(",unpaid");
    expect(periods).toContain("Tự nguyện");
    const employers = new Map<string, Set<string>>();
    for (const line of periods.split("\n")) {
      const [person = "", , , , unit = ""] = line.split(",");
      employers.set(person, (employers.get(person) ?? new Set()).add(unit));
    }
    expect([...employers.values()].some((units) => units.size > 1)).toBe(true);
    for (const regime of ["Ốm đau", "Thai sản", "Lương hưu", "Trợ cấp thất nghiệp"])
      expect(text("benefits")).toContain(regime);
    expect(text("cards")).toMatch(/,DN4\d{12},/);
  });

  test("gives of an unemployment benefit what is paid a month: 60 % of a wage, however many months", () => {
    const wages = new Set(
      text("participation")
        .match(/(?<=,)\d{6,9}(?=,)/g)
        ?.map(Number),
    );
    const paid = text("benefits")
      .split("\n")
      .filter((line) => line.includes(",unemployment,"))
      .map((line) => Number(/\d{2}\/\d{4},(\d{6,9})(?=,|$)/.exec(line)?.[1]));
    expect(paid.length).toBeGreaterThan(2);
    for (const amount of paid) expect(wages, `${amount}`).toContain(Math.round(amount / 0.6));
  });

  test("ends on the last day that was asked for", () => {
    const until = make({ persons: 60, seed: 8, until: "2025-06-30" });
    const claims = until.filter(({ kind }) => kind === "claims").map(({ bytes }) => bytes.toString("utf8"));
    const days = claims.join("").match(/<NOIDUNGFILE>([^<]*)/g) ?? [];
    const last = days
      .flatMap(
        (coded) =>
          Buffer.from(coded.slice(13), "base64")
            .toString("utf8")
            .match(/<NGAY_RA>(\d{8})/)?.[1] ?? [],
      )
      .sort()
      .at(-1);
    expect(last && last <= "20250630").toBe(true);
  });
});
