import { formatDay, formatLongDay, type PlainDate, plainDate } from "../../kernel/calendar.ts";
import type { IdPaperKind } from "../../kernel/numbers.ts";
import { addressLine, birthText, type CompleteAnswers } from "../rules-answers.ts";
import type { Consent } from "../rules-proof.ts";
import { methodWords } from "../words-methods.ts";

/** What stands on form 01, line by line. The legal form is Vietnamese whatever language was used on screen. */
export interface FormLines {
  title: string;
  code: string;
  /** 1 for the first; one more for every move of the last day, which makes the papers before it old. */
  printNo: number;
  office: string;
  deadline: string;
  answers: [label: string, words: string][];
}

const SEX = { 1: "Nam", 2: "Nữ", 3: "Chưa xác định" } as const;
const PAPER: Record<IdPaperKind, string> = {
  cccd: "Số căn cước/CCCD (số định danh cá nhân)",
  cmnd: "Số chứng minh nhân dân",
  passport: "Số hộ chiếu",
};
const NONE = "không có";

export interface Printed {
  code: string;
  printNo?: number | undefined;
  answers: CompleteAnswers;
  officeName: string;
  lastDay: PlainDate;
  /** How somebody who was helped agreed. */
  consent?: Consent | null | undefined;
}

export function linesOf({ code, printNo = 1, answers, officeName, lastDay, consent }: Printed): FormLines {
  const { who, paper, name, birth, insurance, phone, email, address, office } = answers;
  const issuedOn = paper.issuedOn ? formatDay(plainDate(paper.issuedOn)) : "……/……/…………";
  return {
    title: `Tờ khai đăng ký sử dụng phương thức giao dịch điện tử (Mẫu số 01) – ${code}`,
    code,
    printNo,
    office: officeName,
    deadline: spelledOut(lastDay),
    answers: [
      ["1. Họ và tên", name.full],
      ["2. Ngày sinh", `${birthText(birth)}      Giới tính: ${SEX[name.sex]}`],
      [`3. ${PAPER[paper.kind]}`, paper.number],
      ["Ngày cấp", `${issuedOn}      Nơi cấp: ${issuerOf(paper)}`],
      ["4. Mã số BHXH", insurance.number ?? "người khai không nhớ, đề nghị cơ quan BHXH tra cứu"],
      ["5. Địa chỉ liên hệ", addressLine(address)],
      ["6. Số điện thoại", phone.number],
      ["7. Thư điện tử", email.address ?? NONE],
      ["8. Người kê khai thay", who.declarer ? byOf(who, consent) : NONE],
      ["9. Hình thức nộp hồ sơ", office.method?.name ?? methodWords.vi.known.office.name],
    ],
  };
}

/** Who filled it in, as what, and how somebody who was helped agreed. */
function byOf({ forWhom, declarer, declarerAs }: CompleteAnswers["who"], consent: Printed["consent"]): string {
  const as = [BY[forWhom], declarerAs, consent && AGREED[consent]].filter(Boolean).join("; ");
  return `${declarer} (${as})`;
}

const AGREED: Record<Consent, string> = {
  code: "người được giúp đã đồng ý bằng mã trên điện thoại",
  paper: "người được giúp đồng ý bằng chữ ký dưới đây",
};
function issuerOf({ issuedBy, country }: CompleteAnswers["paper"]): string {
  return [issuedBy, country].filter(Boolean).join(", ") || "…………………………………………………";
}

const BY = { self: "", child: "cha, mẹ hoặc người giám hộ", helped: "người giúp khai" } as const;

/** "24 giờ thứ Năm, ngày 03 tháng 12 năm 2026". */
function spelledOut(day: PlainDate): string {
  const [weekday, date] = formatLongDay(day).split(", ");
  const [on, month, year] = (date ?? "").split("/");
  return `24 giờ ${weekday}, ngày ${on} tháng ${month} năm ${year}`;
}
