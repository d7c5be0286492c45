import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pdfPages, wordsOnWords } from "../../test/pdf.ts";
import { vnd } from "../kernel/money.ts";
import { FUNDS, totalsOf } from "../participation/rules.ts";
import type { ParticipationRow } from "../participation/store.ts";
import { shownCosts, yearTotals } from "../visits/rules.ts";
import { type Printed, renderStatement } from "./print.ts";
import type { ParticipationRecord, VisitsRecord } from "./rows.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "statement-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CODE = "BK-4F7K-92QX-7H3M-PW5R";
const person = { fullName: "Đặng Thị Hòa", birthOn: "1960-03-15", birthPrecision: "day" as const };
const common = {
  person,
  number: { kind: "bhxh", number: "9912345946" } as const,
  withPrivate: false,
  hidesSensitive: false,
  madeBy: undefined,
  code: CODE,
  address: "https://vssid.example.vn/check-paper",
  expiresOn: "2027-02-21",
  isMadeUp: true,
  lang: "vi" as const,
  now: new Date("2026-11-23T02:05:00Z"),
};

function print(printed: Printed): { text: string; info: string } {
  const path = join(folder, "paper.pdf");
  writeFileSync(path, renderStatement(printed));
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: "utf8" });
  return {
    text: run("pdftotext", "-enc", "UTF-8", path, "-").replace(/\s+/g, " "),
    info: run("pdfinfo", path),
  };
}

const period = (some: Partial<ParticipationRow>): ParticipationRow => ({
  fund: "bhxh",
  fromMonth: "2014-01-01",
  toMonth: "2026-06-01",
  unitCode: "TP0001Z",
  unitName: "Công ty TNHH May Mẫu Bình An",
  status: "paid",
  title: "Công nhân may",
  workplace: undefined,
  salaryKind: "vnd",
  salary: "7800000",
  contributionBase: "7800000.00",
  rate: "25.5",
  objectType: undefined,
  officeName: undefined,
  sourceFileId: undefined,
  ...some,
});

function participation(rows: ParticipationRow[]): ParticipationRecord {
  const totals = FUNDS.map((fund) => ({ fund, totals: totalsOf(rows, fund) }));
  const funds = [{ fund: "bhxh" as const, paid: 150, unpaid: 2, last: "2026-06-01" }];
  const base = { month: "2026-06-01", amount: "7800000" };
  const figures = { kind: "participation" as const, funds, rows: rows.length, base };
  return { rows, totals, figures, freshAt: new Date("2026-11-20T02:00:00Z") };
}

function visits(count: number, isSensitive = false): VisitsRecord {
  const money = { fund: vnd("528800.4"), co: vnd("132200.1"), self: vnd("65600"), other: vnd("0") };
  const costs = { total: vnd("726600.5"), ...money };
  const visit = {
    visitId: "0",
    facilityCode: "99Z01",
    facilityName: "Bệnh viện Đa khoa Mẫu Tuy Phước",
    admittedAt: "2026-04-11 08:20:00",
    dischargedAt: "2026-04-11 10:20:00",
    careType: "01",
    mainCode: isSensitive ? "A15" : "E11.9",
    diagnosis: "Bệnh đái tháo đường",
    isSensitive,
    entitlementCode: null,
    costs,
  };
  const rows = Array.from({ length: count }, () => ({ visit, costs: shownCosts(costs) }));
  const parts = { fund: "1", co: "2", self: "3", other: "4" };
  const figures = { kind: "visits" as const, year: 2026, visits: count, total: "726601", parts, last: "2026-04-11" };
  const totals = yearTotals(rows.map(({ visit: { costs: one } }) => one));
  return { year: 2026, rows, totals, figures, freshAt: undefined };
}

describe("the paper of participation", () => {
  it("bears the number of identity of whoever has no other, and calls it so", () => {
    const number = { kind: "personal_id", number: "099190000199" } as const;
    const { text } = print({ ...common, number, record: participation([period({})]) });
    expect(text).toContain("Số định danh cá nhân");
    expect(text).toContain("099 190 000 199");
    expect(text).not.toContain("Mã số BHXH");
  });

  it("is a tagged A4 with totals, rows, unpaid time apart, freshness, code and watermark", () => {
    const rows = [period({}), period({ fromMonth: "2026-07-01", toMonth: "2026-08-01", status: "unpaid" })];
    const { text, info } = print({ ...common, record: participation(rows) });
    for (const said of [
      "Bản kê quá trình tham gia bảo hiểm",
      "Đặng Thị Hòa",
      "9912 345 946",
      CODE,
      "150 tháng, tháng cuối 06/2026",
      "đã đóng 12 năm 6 tháng",
      "Thời gian chưa đóng, không cộng vào tổng",
      "20/11/2026",
      "vssid.example.vn/check-paper",
      "21/02/2027",
      "DỮ LIỆU KHÔNG CÓ THẬT",
    ]) {
      expect(text).toContain(said);
    }
    expect(info).toMatch(/Tagged:\s+yes[\s\S]*\(A4\)/);
    expect(print({ ...common, isMadeUp: false, record: participation(rows) }).text).not.toContain("KHÔNG CÓ");
  });

  it("grows over pages with its rows, and prints a hostile or endless name as it is", () => {
    const unitName = '"); #pagebreak() // *đậm* $x$';
    const rows = Array.from({ length: 90 }, (_, at) =>
      period({ unitName, fromMonth: `${1930 + at}-01-01`, toMonth: `${1930 + at}-12-01` }),
    );
    const fullName = "Ẫ".repeat(150);
    const { text, info } = print({ ...common, person: { ...person, fullName }, record: participation(rows) });
    expect(text.replaceAll(" ", "")).toContain(fullName);
    expect(text).toContain("#pagebreak()");
    expect(Number(/Pages:\s+(\d+)/.exec(info)?.[1])).toBeGreaterThan(1);
  });
});

describe("the paper of a year's visits", () => {
  it("says the year in a sentence and each visit with its day, place, illness in plain words and four parts", () => {
    const { text } = print({ ...common, record: visits(2) });
    for (const said of [
      "Năm 2026: 2 lần khám, tổng 1.453.201 đ",
      "11/04/2026",
      "Bệnh viện Đa khoa Mẫu Tuy Phước",
      "Tiểu đường típ 2",
      "528.801 đ",
      "132.200 đ",
      "65.600 đ",
    ]) {
      expect(text.replaceAll("\u00a0", " ")).toContain(said);
    }
  });

  it.each(["vi", "en"] as const)("keeps amounts of tens of millions and long names apart in %s", (lang) => {
    const record = visits(3);
    const large = { fund: vnd("62528800.4"), co: vnd("13132200"), self: vnd("21065600"), other: vnd("12000000") };
    const costs = shownCosts({ total: vnd("108726600.4"), ...large });
    const facilityName = "Trung tâm Y tế Phường Văn Miếu - Quốc Tử Giám, Thành phố Phan Rang-Tháp Chàm";
    const rows = record.rows.map(({ visit }) => ({
      visit: { ...visit, facilityName, careType: "03", dischargedAt: "2026-04-28 10:20:00" },
      costs,
    }));
    const pages = pdfPages(renderStatement({ ...common, lang, isMadeUp: false, record: { ...record, rows } }));
    expect(pages.flatMap(wordsOnWords)).toEqual([]);
  });

  it("names a private illness only when its owner ticked it", () => {
    const hidden = print({ ...common, record: visits(1, true) });
    expect(hidden.text).toContain("Nội dung riêng tư");
    expect(hidden.text).not.toContain("Lao");
    expect(print({ ...common, record: visits(1, true), withPrivate: true }).text).toContain("Lao phổi");
  });

  it("says that a year is empty, and prints in English too", () => {
    expect(print({ ...common, record: visits(0) }).text).toContain("không có lần khám nào");
    expect(print({ ...common, record: visits(1), lang: "en" }).text).toContain("Diabetes, type 2");
  });
});
