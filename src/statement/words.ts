import { formatDay, formatMonth, plainDate } from "../kernel/calendar.ts";
import { formatWhole } from "../kernel/money.ts";
import { catalogue, type Lang } from "../kernel/words.ts";
import type { Figures, Shown, StatementKind } from "./rules.ts";

export const words = catalogue(
  {
    title: "Bản kê để nộp cho nơi khác",
    titleOf: (name: string) => `Bản kê của ${name}`,
    lead: "Tải bản kê dạng PDF. Ngân hàng, công ty, trường học kiểm tra được thật giả bằng mã in trên giấy.",
    kindLabel: "Bản kê nào?",
    kinds: { participation: "Quá trình tham gia", visits: "Khám chữa bệnh trong một năm" } satisfies Record<
      StatementKind,
      string
    >,
    kindOf: (kind: StatementKind, year: number | null) =>
      kind === "visits" ? `Khám chữa bệnh năm ${year}` : "Quá trình tham gia",
    yearLabel: "Năm (chỉ cho bản kê khám chữa bệnh)",
    privateLabel: "Nội dung riêng tư",
    privateOption: "Ghi cả tên bệnh riêng tư",
    privateHint: "Không chọn thì tên các bệnh đó được thay bằng “nội dung riêng tư”.",
    make: "Tải bản kê PDF",
    csvTitle: "Bảng để mở bằng phần mềm bảng tính",
    csvHint: "Tệp CSV tiện để tính toán. Tệp này không có mã kiểm tra.",
    csvParticipation: "Quá trình tham gia (CSV)",
    csvVisits: (year: number) => `Khám chữa bệnh năm ${year} (CSV)`,
    listTitle: "Các bản kê đã làm",
    listNone: "Chưa làm bản kê nào.",
    listHint: "Chúng tôi không giữ tờ giấy, chỉ giữ mã và số tổng (đã niêm phong) để người nhận kiểm tra.",
    columns: {
      kind: "Bản kê",
      made: "Làm lúc",
      code: "Mã kết thúc bằng",
      state: "Tình trạng",
      checks: "Số lần kiểm tra",
    },
    states: {
      good: (day: string) => `Kiểm tra được đến hết ${day}`,
      ended: (day: string) => `Hết hạn từ sau ngày ${day}`,
      withdrawn: (day: string) => `Đã rút ngày ${day}`,
    },
    checks: (count: number, last: string | undefined) =>
      last === undefined ? "Chưa ai kiểm tra" : `${count} lần, lần cuối ${last}`,
    byGuardian: "người giám hộ làm",
    withdraw: "Rút bản này",
    withdrawAbout: (kind: string, end: string) => `${kind}, mã …${end}`,
    withdrawn: "Đã rút. Ai kiểm tra mã này sẽ được báo là đã rút.",
    faults: {
      kind_missing: "Chọn một loại bản kê.",
      year_missing: "Chọn năm cần kê.",
      too_many: (most: number) => `Mỗi ngày làm được ${most} bản kê. Hãy làm tiếp vào ngày mai.`,
      code_missing: "Nhập mã kiểm tra in dưới mã QR của bản kê.",
      code_wrong: "Mã gõ chưa đúng. Mã có bốn nhóm, mỗi nhóm bốn chữ hoặc số, như BK-4F7K-92QX-7H3M-PW5R.",
    },
    check: {
      title: "Kiểm tra bản kê",
      lead: "Nhập mã in trên bản kê. Trang này cho biết bản kê thật hay giả, và các số tổng để so với tờ giấy.",
      code: "Mã kiểm tra",
      codeHint: "Bốn nhóm, mỗi nhóm bốn chữ hoặc số. Ví dụ: BK-4F7K-92QX-7H3M-PW5R",
      file: "Tệp PDF nhận được (nếu có)",
      fileHint: "So từng chữ với tệp đã phát. Chúng tôi không giữ tệp này.",
      act: "Kiểm tra",
      again: "Kiểm tra mã khác",
      good: "Bản kê này là thật",
      goodHelp: "Hãy so từng dòng dưới đây với tờ giấy. Dòng nào khác thì tờ giấy đã bị sửa.",
      unknown: "Không có bản kê nào mang mã này",
      unknownHelp: "Hãy gõ lại đúng như trên giấy. Vẫn không có thì đừng tin tờ giấy này.",
      ended: "Bản kê này đã hết hạn kiểm tra",
      endedHelp: (day: string) => `Mã dùng được đến hết ngày ${day}. Hãy xin chủ hồ sơ một bản mới.`,
      withdrawn: "Chủ hồ sơ đã rút bản kê này",
      withdrawnHelp: "Đừng dùng bản này. Hãy xin chủ hồ sơ một bản mới.",
      fileSame: "Tệp PDF giống hệt tệp đã phát.",
      fileOther: "Tệp PDF khác tệp đã phát. Tệp có thể bị sửa, hoặc chỉ được lưu lại. Hãy so kỹ với các số dưới đây.",
      kind: "Loại",
      made: "Làm lúc",
      until: "Kiểm tra được đến hết",
      whose: "Của ai (chữ đầu họ tên)",
      numbers: { bhxh: "Mã số BHXH", personal_id: "Số định danh cá nhân" },
      told: "Chủ hồ sơ thấy được số lần kiểm tra. Chúng tôi không ghi ai đã kiểm tra.",
    },
    figures: {
      funds: { bhxh: "BHXH", bhtn: "BHTN", tnld: "BHTNLĐ-BNN", bhyt: "BHYT" },
      paid: (fund: string) => `Đã đóng ${fund}`,
      paidSpan: (months: number, last: string | undefined) =>
        last ? `${months} tháng, tháng cuối ${last}` : `${months} tháng`,
      unpaid: (fund: string) => `Chưa đóng ${fund}`,
      months: (months: number) => `${months} tháng`,
      base: "Tiền lương đóng BHXH mới nhất",
      baseOf: (amount: string, month: string) => `${amount} (tháng ${month})`,
      rows: "Số dòng trong các bảng",
      visits: (year: number) => `Số lần khám năm ${year}`,
      last: "Lần khám cuối",
      total: "Tổng chi phí",
      parts: { fund: "Quỹ BHYT trả", co: "Cùng chi trả", self: "Tự trả", other: "Nguồn khác" },
    },
  },
  {
    title: "Papers for somebody else",
    titleOf: (name) => `Papers of ${name}`,
    lead: "Take a paper as PDF. A bank, an employer or a school can check by its code whether it is genuine.",
    kindLabel: "Which paper?",
    kinds: { participation: "Participation", visits: "Health visits of one year" },
    kindOf: (kind, year) => (kind === "visits" ? `Health visits of ${year}` : "Participation"),
    yearLabel: "Year (for health visits only)",
    privateLabel: "Private content",
    privateOption: "Name private illnesses too",
    privateHint: "Unless ticked, “private content” stands in place of those illnesses.",
    make: "Take the PDF",
    csvTitle: "Tables for a spreadsheet",
    csvHint: "A CSV file is handy for sums. It has no check code.",
    csvParticipation: "Participation (CSV)",
    csvVisits: (year) => `Health visits of ${year} (CSV)`,
    listTitle: "Papers that were made",
    listNone: "No paper has been made yet.",
    listHint: "We do not keep the paper, only its code and totals (sealed), so that it can be checked.",
    columns: { kind: "Paper", made: "Made", code: "Code ends in", state: "State", checks: "Checked" },
    states: {
      good: (day) => `Can be checked until the end of ${day}`,
      ended: (day) => `Ended after ${day}`,
      withdrawn: (day) => `Taken back on ${day}`,
    },
    checks: (count, last) =>
      last === undefined ? "Not yet" : `${count} ${count === 1 ? "time" : "times"}, last ${last}`,
    byGuardian: "made by the guardian",
    withdraw: "Take back",
    withdrawAbout: (kind, end) => `${kind}, code …${end}`,
    withdrawn: "Taken back. Whoever checks this code is told so.",
    faults: {
      kind_missing: "Choose a paper.",
      year_missing: "Choose the year.",
      too_many: (most) => `${most} papers can be made a day. Please go on tomorrow.`,
      code_missing: "Enter the check code printed under the QR code of the paper.",
      code_wrong: "The code is mistyped. It has four groups of four, like BK-4F7K-92QX-7H3M-PW5R.",
    },
    check: {
      title: "Check a paper",
      lead: "Enter the code printed on the paper. You see whether it is genuine, and its totals to compare.",
      code: "Check code",
      codeHint: "Four groups of four letters or digits. Example: BK-4F7K-92QX-7H3M-PW5R",
      file: "The PDF you were given (if any)",
      fileHint: "It is compared bit by bit with the file that was given out. We do not keep it.",
      act: "Check",
      again: "Check another code",
      good: "This paper is genuine",
      goodHelp: "Compare each line below with the paper. If one differs, the paper was altered.",
      unknown: "No paper bears this code",
      unknownHelp: "Type it again as printed. If there is still none, do not trust the paper.",
      ended: "The check code of this paper has ended",
      endedHelp: (day) => `It answered until the end of ${day}. Ask for a new paper.`,
      withdrawn: "The owner has taken this paper back",
      withdrawnHelp: "Do not use it. Ask the owner for a new one.",
      fileSame: "The PDF is the very file that was given out.",
      fileOther: "The PDF differs from the file that was given out: altered, or only saved anew. Compare with care.",
      kind: "Kind",
      made: "Made",
      until: "Can be checked until the end of",
      whose: "Whose (initials)",
      numbers: { bhxh: "Insurance number", personal_id: "Personal ID number" },
      told: "The owner sees how often a paper was checked. We do not note who checked.",
    },
    figures: {
      funds: { bhxh: "BHXH", bhtn: "BHTN", tnld: "BHTNLĐ-BNN", bhyt: "BHYT" },
      paid: (fund) => `Paid: ${fund}`,
      paidSpan: (months, last) => (last ? `${inMonths(months)}, last ${last}` : inMonths(months)),
      unpaid: (fund) => `Unpaid: ${fund}`,
      months: inMonths,
      base: "Newest contribution base of BHXH",
      baseOf: (amount, month) => `${amount} (month ${month})`,
      rows: "Rows in the tables",
      visits: (year) => `Visits in ${year}`,
      last: "Last visit",
      total: "Total cost",
      parts: { fund: "The fund paid", co: "Co-payment", self: "Self-paid", other: "Other sources" },
    },
  },
);

function inMonths(count: number): string {
  return count === 1 ? "1 month" : `${count} months`;
}

/** The box of totals, line by line: on the paper and on the page of the check, in the same words. */
export function figureLines(figures: Figures, lang: Lang): { key: string; value: string }[] {
  const said = words(lang).figures;
  if (figures.kind === "visits") {
    const money = (whole: string) => formatWhole(BigInt(whole), lang);
    return [
      { key: said.visits(figures.year), value: String(figures.visits) },
      ...(figures.last ? [{ key: said.last, value: formatDay(plainDate(figures.last), lang) }] : []),
      { key: said.total, value: money(figures.total) },
      ...(["fund", "co", "self", "other"] as const).map((part) => ({
        key: said.parts[part],
        value: money(figures.parts[part]),
      })),
    ];
  }
  const { funds, base, rows } = figures;
  return [
    ...funds.flatMap(({ fund, paid, unpaid, last }) => [
      { key: said.paid(said.funds[fund]), value: said.paidSpan(paid, last && formatMonth(last)) },
      ...(unpaid > 0 ? [{ key: said.unpaid(said.funds[fund]), value: said.months(unpaid) }] : []),
    ]),
    ...(base
      ? [{ key: said.base, value: said.baseOf(formatWhole(BigInt(base.amount), lang), formatMonth(base.month)) }]
      : []),
    { key: said.rows, value: String(rows) },
  ];
}

/** Everything that the check shows of a genuine paper. */
export function shownLines(shown: Shown, lang: Lang): { key: string; value: string }[] {
  const { check } = words(lang);
  return [
    { key: check.whose, value: shown.initials },
    { key: check.numbers[shown.numberKind ?? "bhxh"], value: shown.number || "–" },
    ...figureLines(shown.figures, lang),
  ];
}
