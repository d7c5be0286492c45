import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { shippedCodes } from "../../test/samples/codes.ts";
import { dossier, type Inner, innerTable, sampleTables, sampleWith } from "../../test/samples/envelope.ts";
import { readItems } from "../visits/items.ts";
import { readClaim } from "./claim.ts";
import { visitIdOf } from "./claim-id.ts";
import { REST_TABLES } from "./spec.ts";

const codes = shippedCodes();
const fields = readFileSync("db/reference/xml130-fields.csv", "utf8")
  .split("\n")
  .map((line) => line.split(","));
const read = (inner: readonly Inner[], sender = "79999") =>
  readClaim(Buffer.from(dossier(inner)), { code: sender }, codes);

function visitOf(inner: readonly Inner[], sender?: string) {
  const reading = read(inner, sender);
  if (!reading.ok || reading.value.kind !== "visit") throw new Error(JSON.stringify(reading));
  return reading.value;
}

const flagsOf = (inner: readonly Inner[], sender?: string) =>
  JSON.parse(visitOf(inner, sender).visit.flags) as string[][];

describe("the sample claim", () => {
  const { visit, person } = visitOf(sampleTables());

  test("its totals are exact: 726600.50 = 528800.40 + 132200.10 + 65600 + 0", () => {
    const { total, fund, co, self, other, inScope } = visit.sums;
    expect({ total, fund, co, self, other }).toEqual({
      ...{ total: 72660050n, fund: 52880040n, co: 13220010n, self: 6560000n, other: 0n },
    });
    expect(total).toBe(fund + co + self + other);
    expect(inScope).toBe(66100050n);
    expect(visit.flags).toBe("[]");
  });

  test("each cost line is kept exactly", () => {
    const lines = readItems(visit.items).map(({ kind, code, qty, price, rate, total, fund, co, self }) =>
      [kind, code, qty, price, rate, total, fund, co, self].join(" "),
    );
    expect(lines).toEqual([
      "drug 40.48 20 450 100 9000 7200 1800 0",
      "drug 40.999 10 12000 50 120000 48000 12000 60000",
      "service 13.1896 1 50600 100 50600 36000 9000 5600",
      "service 23.0075.1494 1 21500 100 21500 17200 4300 0",
      "service 18.0149.0040 1 522000 100 522000 417600 104400 0",
      "supply N00.00.000.0000.000.0001 1 3500.5 100 3500.5 2800.4 700.1 0",
    ]);
  });

  test("it follows the rules of its last day, and is found by facility and MA_LK", () => {
    expect(visit.spec).toBe("1931-2026");
    expect(visit.visitId).toBe(visitIdOf("79999", "79999-20261120-000001"));
    expect(visit).toMatchObject({ admittedAt: "2026-11-20 08:20", dischargedAt: "2026-11-20 10:00", careType: "01" });
  });

  test("the patient is looked up by ID, card and insurance number", () => {
    expect(person).toEqual({
      keys: [
        { kind: "personal_id", key: "099199000001" },
        { kind: "card", key: "DN4790000000012" },
        { kind: "bhxh", key: "0000000012" },
      ],
      foldedName: "nguyen van mau",
      birthYear: 1990,
    });
  });

  test.each(["plain", "section", "escaped"] as const)("reads the same when the tables stand as %s", (as) => {
    const other = visitOf(sampleTables().map((table) => ({ ...table, as }))).visit;
    expect({ ...other, rawSha256: "" }).toEqual({ ...visit, rawSha256: "" });
  });

  test("reads the same with lower-case LOAIHOSO and blanks before the declaration", () => {
    const tables = sampleTables().map(({ kind, xml }) => ({ kind: kind.toLowerCase(), xml: `\n  ${xml}` }));
    expect({ ...visitOf(tables).visit, rawSha256: "" }).toEqual({ ...visit, rawSha256: "" });
  });
});

describe("a claim by its date and layout", () => {
  test.each([
    ["202306301000", "130"],
    ["202407011000", "4750"],
    ["202501011000", "3176"],
    ["202607011000", "1931-2026"],
  ])("one that ended on %s is read by %s", (at, spec) => {
    expect(visitOf(sampleWith({ "XML1.NGAY_RA": at, "XML1.NGAY_VAO": at })).visit.spec).toBe(spec);
  });

  test("a rate of 47.5 fits since 07/2026 and is told before", () => {
    const before = sampleWith({ "XML3.MUC_HUONG": "47.5", "XML1.NGAY_RA": "202606301000" });
    expect(flagsOf(before)).toContainEqual(["over_length", "XML3.MUC_HUONG"]);
    expect(flagsOf(sampleWith({ "XML3.MUC_HUONG": "47.5" }))).toEqual([]);
  });

  test("a birth date may be a year only", () => {
    expect(visitOf(sampleWith({ "XML1.NGAY_SINH": "199000000000" })).person.birthYear).toBe(1990);
  });

  test("several cards stand apart by semicolons", () => {
    const { person, visit } = visitOf(
      sampleWith({ "XML1.MA_THE_BHYT": "DN4790000000012;0000000012", "XML1.SO_CCCD": "" }),
    );
    expect(person.keys.map(({ kind }) => kind)).toEqual(["card", "bhxh"]);
    expect(visit.cardNumber).toBe("DN4790000000012");
  });

  test("code 8 recalls the visit and needs no lines", () => {
    const reading = read(sampleWith({ "XML1.MA_DOITUONG_KCB": "8" }).slice(0, 1));
    expect(reading).toMatchObject({
      ok: true,
      value: { kind: "recall", visitId: visitIdOf("79999", "79999-20261120-000001") },
    });
  });
});

describe("what does not fit is told, never repaired", () => {
  test.each([
    [{ "XML1.T_TONGCHI_BV": "726601.6" }, ["sum_total", "726601.6", "726600.5"]],
    [{ "XML1.T_BHTT": "528802" }, ["sum_fund", "528802", "528800.4"]],
    [{ "XML1.T_BNCCT": "0" }, ["sum_co", "0", "132200.1"]],
    [{ "XML1.T_BNTT": "1" }, ["sum_self", "1", "65600"]],
    [{ "XML1.T_THUOC": "5" }, ["sum_drugs", "5", "129000"]],
    [{ "XML1.T_VTYT": "5" }, ["sum_supplies", "5", "3500.5"]],
    [{ "XML3.SO_LUONG": "2" }, ["line_price", "XML3.THANH_TIEN_BV", "1"]],
    [{ "XML2.T_BNTT": "9" }, ["line_sum", "XML2.THANH_TIEN_BV", "1"]],
    [{ "XML1.NGAY_RA": "202611200800" }, ["date_order", "XML1.NGAY_RA"]],
    [{ "XML2.NGAY_TH_YL": "202611200000" }, ["date_order", "XML2.NGAY_TH_YL"]],
    [{ "XML1.SO_NGAY_DTRI": "3" }, ["stay_days", "XML1.SO_NGAY_DTRI"]],
    [{ "XML1.MA_LOAI_KCB": "88" }, ["unknown_code", "XML1.MA_LOAI_KCB", "88"]],
    [{ "XML1.MA_DOITUONG_KCB": "6.6" }, ["unknown_code", "XML1.MA_DOITUONG_KCB", "6.6"]],
    [{ "XML3.MA_NHOM": "5" }, ["unknown_code", "XML3.MA_NHOM", "5"]],
    [{ "XML1.MA_HSBA": "" }, ["missing", "XML1.MA_HSBA"]],
  ])("%o", (fields, flag) => {
    expect(flagsOf(sampleWith(fields as Record<string, string>))).toContainEqual(flag);
  });

  test("a difference of one đồng is not told", () => {
    expect(flagsOf(sampleWith({ "XML1.T_TONGCHI_BV": "726601.5" }))).toEqual([]);
  });

  test("declared totals stay as written, the sums come from the lines", () => {
    const { visit } = visitOf(sampleWith({ "XML1.T_BHTT": "1" }));
    expect(JSON.parse(visit.declared)).toMatchObject({ fund: "1", total: "726600.5" });
    expect(visit.sums.fund).toBe(52880040n);
  });

  test("a sender other than the facility is told", () => {
    expect(flagsOf(sampleTables(), "01999")).toEqual([["facility_differs", "MACSKCB"]]);
  });

  test("a text between the two size tables is told, above both the record is not taken", () => {
    expect(flagsOf(sampleWith({ "XML4.GIA_TRI": "9".repeat(51), "XML1.NGAY_RA": "202406301000" }))).toContainEqual([
      ...["over_length", "XML4.GIA_TRI"],
    ]);
    expect(read(sampleWith({ "XML4.GIA_TRI": "9".repeat(1025) }))).toMatchObject({
      ok: false,
      faults: { code: "too_long" },
    });
  });
});

describe("a record that cannot be taken names field and reason, never the value", () => {
  const [summary, ...rest] = sampleTables() as [Inner, ...Inner[]];
  test.each<[string, string, readonly Inner[]]>([
    ["no_summary", "XML1", rest],
    ["two_summaries", "XML1", [summary, summary]],
    ["no_files", "FILEHOSO", []],
    ["bad_base64", "XML1", [{ ...summary, as: "broken" }]],
    ["empty_table", "XML1", [{ ...summary, xml: "" }]],
    ["missing_field", "XML1.MA_LK", sampleWith({ "XML1.MA_LK": "" })],
    ["bad_date", "XML1.NGAY_VAO", sampleWith({ "XML1.NGAY_VAO": "202602300820" })],
    ["bad_date", "XML1.NGAY_SINH", sampleWith({ "XML1.NGAY_SINH": "15/01/1990" })],
    ["bad_amount", "XML2.T_BHTT", sampleWith({ "XML2.T_BHTT": "1,5" })],
    ["bad_amount", "XML3.THANH_TIEN_BV", sampleWith({ "XML3.THANH_TIEN_BV": "-5" })],
    ["sum_too_large", "XML3.T_BNTT", sampleWith({ "XML2.T_BNTT": "9999999999999", "XML3.T_BNTT": "9999999999999" })],
    ["bad_quantity", "XML2.SO_LUONG", sampleWith({ "XML2.SO_LUONG": "1e3" })],
    ["bad_facility", "XML1.MA_CSKCB", sampleWith({ "XML1.MA_CSKCB": "7" })],
    ["line_of_other_visit", "XML2.MA_LK", sampleWith({ "XML2.MA_LK": "another" })],
    ["line_of_other_visit", "XML4.MA_LK", sampleWith({ "XML4.MA_LK": "another" })],
    ["no_person_number", "XML1.SO_CCCD", sampleWith({ "XML1.SO_CCCD": "", "XML1.MA_THE_BHYT": "" })],
    ["doctype_inside", "XML1", [{ ...summary, xml: `<!DOCTYPE TONG_HOP>${summary.xml.replace(/<\?.*?\?>/, "")}` }]],
  ])("%s at %s", (code, field, inner) => {
    expect(read(inner)).toEqual({ ok: false, faults: expect.objectContaining({ code, field }) });
  });

  test("bytes that are not UTF-8 are refused", () => {
    const bytes = Buffer.from(summary.xml, "latin1").toString("base64");
    const raw = `<HOSO><FILEHOSO><LOAIHOSO>XML1</LOAIHOSO><NOIDUNGFILE>${bytes}</NOIDUNGFILE></FILEHOSO></HOSO>`;
    expect(readClaim(Buffer.from(raw), { code: "" }, codes)).toMatchObject({ ok: false, faults: { code: "not_utf8" } });
  });
});

describe("a sensitive visit is marked", () => {
  test.each([
    ["a mental illness", { "XML1.MA_BENH_CHINH": "F32.1" }],
    ["HIV as a second illness", { "XML1.MA_BENH_KT": "I10;B20" }],
    ["a sexually transmitted infection", { "XML1.MA_BENH_CHINH": "A53.9" }],
    ["an abortive outcome", { "XML1.MA_BENH_CHINH": "O03.4" }],
    ["the entitlement of HIV patients", { "XML1.MA_DOITUONG_KCB": "1.9" }],
    ["a test for HIV", { "XML3.MA_BENH": "Z11.4" }],
    ["an antiretroviral drug", { "XML2.TEN_THUOC": "Efavirenz 600mg" }],
    ["violence", { "XML1.MA_TAI_NAN": "5" }],
  ])("by %s", (_, fields) => {
    expect(visitOf(sampleWith(fields as Record<string, string>)).visit.isSensitive).toBe(true);
  });

  test("by the table of HIV care, whatever it holds", () => {
    expect(visitOf([...sampleTables(), innerTable("XML6", {})]).visit.isSensitive).toBe(true);
  });

  test("and other visits are not: the sample, A65, F as a letter in a name", () => {
    expect(visitOf(sampleWith({ "XML1.MA_BENH_CHINH": "A65" })).visit.isSensitive).toBe(false);
    expect(visitOf(sampleTables()).visit.isSensitive).toBe(false);
  });
});

describe("what a claim holds beside its costs", () => {
  const key = "79999-20261120-000001";
  const restOf = (...inner: Inner[]) => visitOf([...sampleTables(), ...inner]).visit.rest;

  test("is kept as it was written, empty fields left out, HIV care apart from the papers", () => {
    const rest = restOf(
      innerTable("XML7", { MA_LK: key, SO_LUU_TRU: "00123", CHAN_DOAN_RV: "Viêm phổi", GHI_CHU: "" }),
      innerTable("XML6", { MA_LK: key, NGAYKD_HIV: "20200101" }),
      innerTable("XML14", { MA_LK: key, SO_GIAYHEN_KL: "07", NGAY_HEN_KL: "202612010800" }),
    );
    expect(JSON.parse(rest?.tables ?? "")).toEqual({
      XML7: [{ SO_LUU_TRU: "00123", CHAN_DOAN_RV: "Viêm phổi" }],
      XML14: [{ SO_GIAYHEN_KL: "07", NGAY_HEN_KL: "202612010800" }],
    });
    expect(JSON.parse(rest?.hivTables ?? "")).toEqual({ XML6: [{ NGAYKD_HIV: "20200101" }] });
    expect(rest?.tables).not.toContain("NGAYKD_HIV");
  });

  test("is nothing for a claim of costs alone", () => {
    expect(restOf()).toBeUndefined();
  });

  test.each(REST_TABLES.map((name) => [name]))("%s is known in every field of the annex", (name) => {
    const own = fields.filter(([table]) => table === name).map(([, , field = ""]) => field);
    expect(own.length).toBeGreaterThan(9);
    const values = Object.fromEntries(own.map((field) => [field, field === "MA_LK" ? key : "1"]));
    const { flags, rest } = visitOf([...sampleTables(), innerTable(name, values)]).visit;
    expect(flags).not.toContain("unknown_field");
    const kept = JSON.parse(rest?.tables ?? rest?.hivTables ?? "")[name][0];
    expect(Object.keys(kept)).toEqual(own.filter((field) => field !== "MA_LK"));
  });

  test.each([
    ["<A><SO_BIEN_BAN>7</SO_BIEN_BAN></A>", [{ SO_BIEN_BAN: "7" }]],
    ["<?xml version='1.0'?>\n<A><LA>x</LA><SO_BIEN_BAN>7</SO_BIEN_BAN></A>", [{ SO_BIEN_BAN: "7" }]],
    ["<A><B><HO_TEN>M</HO_TEN></B><B><HO_TEN>N</HO_TEN></B></A>", [{ HO_TEN: "M" }, { HO_TEN: "N" }]],
    ["<A><B><C><!-- x --><HO_TEN>M</HO_TEN></C></B></A>", [{ HO_TEN: "M" }]],
    ["<A><B><C><D><HO_TEN>M</HO_TEN></D></C></B></A>", "unexpected_element"],
    ["không có thẻ", "malformed_table"],
  ])("XML12 has no root that is known: %s", (xml, told) => {
    const reading = read([...sampleTables(), { kind: "XML12", xml }]);
    if (!reading.ok) expect(reading.faults.code).toBe(told);
    else if (reading.value.kind === "visit") {
      expect(JSON.parse(reading.value.visit.rest?.tables ?? "").XML12).toEqual(told);
    }
  });

  test("of another visit rejects the claim, as a cost line would", () => {
    const reading = read([...sampleTables(), innerTable("XML7", { MA_LK: "other" })]);
    expect(reading).toMatchObject({ ok: false, faults: { code: "line_of_other_visit", field: "XML7.MA_LK" } });
  });

  test("an appointment before the day of discharge is told", () => {
    const early = innerTable("XML14", { MA_LK: key, NGAY_HEN_KL: "202611010800" });
    expect(flagsOf([...sampleTables(), early])).toContainEqual(["date_order", "XML14.NGAY_HEN_KL"]);
  });

  test("of the wider size is taken, of the stricter one told: a number of 60 signs where the annex has 50", () => {
    const long = innerTable("XML13", { MA_LK: key, SO_HOSO: "1".repeat(60) });
    expect(flagsOf([...sampleTables(), long])).toContainEqual(["over_length", "XML13.SO_HOSO"]);
    const longer = innerTable("XML13", { MA_LK: key, SO_HOSO: "1".repeat(101) });
    expect(read([...sampleTables(), longer])).toMatchObject({ ok: false, faults: { code: "too_long" } });
  });

  test("3176 asks no more for what it took out of the referral", () => {
    const referral = innerTable("XML13", { MA_LK: key, SO_HOSO: "1" });
    expect(flagsOf([...sampleTables(), referral])).not.toContainEqual(["missing", "XML13.TEN_DICH_VU"]);
  });
});
