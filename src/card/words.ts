import { formatDay, plainDate } from "../kernel/calendar.ts";
import { catalogue, type Lang } from "../kernel/words.ts";
import type { Card } from "./rules.ts";
import { cardStates } from "./words-states.ts";

export const words = catalogue(
  {
    title: "Thẻ bảo hiểm y tế",
    number: "Số thẻ",
    born: "Ngày sinh",
    valid: "Giá trị sử dụng",
    from: (day: string) => `từ ${day}`,
    fromTo: (from: string, to: string) => `${from} – ${to}`,
    facility: "Nơi đăng ký khám ban đầu",
    noFacility: "Chưa ghi",
    fiveYears: "Đủ 5 năm liên tục",
    fiveYearsFrom: (day: string) => `từ ${day}`,
    noFiveYears: "Chưa ghi",
    group: "Nhóm tham gia",
    area: "Nơi sinh sống",
    issuedBy: "Nơi cấp",
    updated: (at: string) => `Cập nhật lúc ${at}`,
    readAloud: "Máy không quét được? Đọc số thẻ cho nhân viên.",
    qr: "Mã QR, chỉ chứa số thẻ",
    more: "Xem quyền lợi của thẻ",
    states: cardStates.vi,
    stateHelp: {
      valid: "",
      not_yet: "Thẻ dùng được từ ngày ghi trên thẻ.",
      ended: "Hãy hỏi đơn vị, trường hoặc đại lý thu nơi đóng BHYT để gia hạn.",
      replaced: "Hãy dùng số thẻ mới.",
      revoked: "Hãy gọi 1900 9068 để biết lý do.",
      reported_down: "Nơi đóng BHYT đã báo ngừng đóng. Hãy hỏi nơi đó hoặc gọi 1900 9068.",
    },
    endsSoon: (days: number) => (days === 0 ? "Hôm nay là ngày cuối của thẻ." : `Thẻ còn ${days} ngày.`),
    none: "Chưa có thẻ BHYT trong hệ thống",
    noneHelp: "Nếu đã đóng BHYT, dữ liệu có thể đến chậm vài ngày. Gọi 1900 9068 để được kiểm tra.",
    elsewhere: "Thẻ do Bộ Quốc phòng hoặc Bộ Công an quản lý",
    elsewhereHelp: "Thẻ này không hiện ở đây. Hãy hỏi đơn vị quản lý.",
    rightsTitle: "Quyền lợi của thẻ BHYT",
    state: "Tình trạng",
    rights: "Quyền lợi khi đi khám",
    percent: (fund: string, own: string) =>
      own === "0"
        ? `Trong phạm vi BHYT, quỹ trả ${fund} %.`
        : `Trong phạm vi BHYT, quỹ trả ${fund} %. Người bệnh cùng chi trả ${own} %.`,
    withoutRatios: "Thuốc và dịch vụ trong danh mục không bị giới hạn tỷ lệ thanh toán.",
    oneVisit: (amount: string) => `Một lần khám dưới ${amount}, đúng nơi, quỹ trả 100 % (15 % lương cơ sở).`,
    commune: "Khám tại trạm y tế xã: quỹ trả 100 %.",
    fiveYearRight: (amount: string) =>
      `Đã đủ 5 năm liên tục. Cùng chi trả trong năm quá 6 tháng lương cơ sở thì quỹ trả 100 % đến hết năm. Mức ấy nay là ${amount}.`,
    fiveYearLater: (day: string, amount: string) =>
      `Từ ${day}, cùng chi trả trong năm quá 6 tháng lương cơ sở thì quỹ trả 100 % đến hết năm. Mức ấy nay là ${amount}.`,
    elsewhereCare: "Tự đi khám nơi khác:",
    inpatient: (lowest: number, highest: number) =>
      lowest === highest
        ? `Nội trú: quỹ trả ${highest} % mức này.`
        : `Nội trú: quỹ trả từ ${lowest} % đến ${highest} % mức này, tùy cấp cơ sở.`,
    outpatient: (shares: readonly number[]) => {
      const places = shares.map((share) => (share === 0 ? "có nơi không trả" : `có nơi trả ${share} % mức này`));
      return `Ngoại trú: ${places.join(", ")}. Hãy hỏi trước khi khám.`;
    },
    centralOnes: "Bệnh viện trước 2025 là tuyến trung ương: quỹ không trả ngoại trú khi tự đến.",
    noRights: "Thẻ không ghi mức hưởng. Hãy hỏi quầy BHYT của bệnh viện.",
    asOf: (day: string) => `Tính theo quy định ngày ${day}.`,
    whyEnds: (day: string) => `Vì sao thẻ ghi đến ${day}?`,
    renewal: {
      by_work: () => "Nhóm này được gia hạn từng năm. Nơi làm việc còn đóng thì thẻ tự gia hạn, không phải làm gì.",
      by_fund: () =>
        "Còn thuộc nhóm này thì thẻ tự gia hạn từng năm, không phải làm gì. Ai đòi phí gia hạn là lừa đảo.",
      by_list: () => "Thẻ theo danh sách từng năm của xã. Hãy hỏi xã: năm tới còn tên không, có phải đóng không.",
      by_payment: (day: string) =>
        `Thẻ theo thời gian đã đóng, không tự gia hạn. Đóng tiếp chậm nhất ${day} ở đại lý thu để thẻ không gián đoạn.`,
      by_school: () => "Thẻ học sinh, sinh viên theo thời gian đã đóng. Đóng tiếp ở trường thì thẻ được gia hạn.",
    },
    others: "Các thẻ khác",
    otherColumns: { number: "Số thẻ", valid: "Giá trị", state: "Tình trạng" },
    wrong: "Thông tin thẻ không đúng?",
    wrongAct: "Báo thông tin sai",
  },
  {
    title: "Health insurance card",
    number: "Card number",
    born: "Date of birth",
    valid: "Valid",
    from: (day) => `from ${day}`,
    fromTo: (from, to) => `${from} – ${to}`,
    facility: "First-care facility",
    noFacility: "Not on record",
    fiveYears: "Five continuous years",
    fiveYearsFrom: (day) => `from ${day}`,
    noFiveYears: "Not on record",
    group: "Group",
    area: "Living area",
    issuedBy: "Issued by",
    updated: (at) => `Updated at ${at}`,
    readAloud: "Cannot be scanned? Read the card number to the staff.",
    qr: "QR code holding the card number only",
    more: "See what the card covers",
    states: cardStates.en,
    stateHelp: {
      valid: "",
      not_yet: "It can be used from the day written on it.",
      ended: "Ask the employer, school or collecting agent to renew it.",
      replaced: "Use the new card number.",
      revoked: "Call 1900 9068 to learn why.",
      reported_down: "Whoever pays for it reported a stop. Ask them, or call 1900 9068.",
    },
    endsSoon: (days) =>
      days === 0 ? "Today is the card's last day." : `${days} ${days === 1 ? "day" : "days"} left on the card.`,
    none: "No health insurance card on record yet",
    noneHelp: "If it has been paid, the record may be a few days behind. Call 1900 9068 to have it checked.",
    elsewhere: "The card is managed by the Ministry of Defence or of Public Security",
    elsewhereHelp: "It is not shown here. Please ask the unit that manages it.",
    rightsTitle: "What the health card covers",
    state: "State",
    rights: "What it covers",
    percent: (fund, own) =>
      own === "0"
        ? `Within scope the fund pays ${fund}%.`
        : `Within scope the fund pays ${fund}%. The patient pays ${own}%.`,
    withoutRatios: "Listed drugs and services have no payment ratio.",
    oneVisit: (amount) => `One visit below ${amount}, at the right place, is paid in full (15% of the base wage).`,
    commune: "Care at a commune health station is paid in full.",
    fiveYearRight: (amount) =>
      `Five continuous years are reached. Once a year's co-payments pass six base wages (now ${amount}), the fund pays all to its end.`,
    fiveYearLater: (day, amount) =>
      `From ${day}: once a year's co-payments pass six base wages (now ${amount}), the fund pays all to its end.`,
    elsewhereCare: "At a place of one's own choice:",
    inpatient: (lowest, highest) =>
      lowest === highest
        ? `In-patient: the fund pays ${highest}% of this.`
        : `In-patient: the fund pays ${lowest}% to ${highest}% of this, by class of facility.`,
    outpatient: (shares) => {
      const places = shares.map((share) => (share === 0 ? "nothing at others" : `${share}% of this at some`));
      return `Out-patient: ${places.join(", ")}. Ask before going.`;
    },
    centralOnes: "Hospitals that were central before 2025: nothing for out-patients who come by themselves.",
    noRights: "The card does not say what it covers. Ask the insurance desk of the hospital.",
    asOf: (day) => `By the rules of ${day}.`,
    whyEnds: (day) => `Why does the card end on ${day}?`,
    renewal: {
      by_work: () => "This group is renewed each year. While the place of work pays, the card goes on by itself.",
      by_fund: () =>
        "In this group the card goes on by itself each year. Whoever asks a fee for renewing it is a swindler.",
      by_list: () =>
        "The commune lists this group anew each year. Ask there who stays on it, and whether a part is owed.",
      by_payment: (day) =>
        `It lasts as long as was paid and does not go on by itself. Pay on by ${day} at a collecting agent.`,
      by_school: () => "A pupil's card follows the time paid for. Pay on at school and it is renewed.",
    },
    others: "Other cards",
    otherColumns: { number: "Card number", valid: "Valid", state: "State" },
    wrong: "Is something on the card wrong?",
    wrongAct: "Report wrong information",
  },
);

/** "01/01/2026 – 31/12/2026", or "từ 01/01/2026" for a card without an end. */
export function validityText(card: Pick<Card, "validFrom" | "validTo">, lang: Lang): string {
  const said = words(lang);
  const from = formatDay(plainDate(card.validFrom), lang);
  return card.validTo ? said.fromTo(from, formatDay(plainDate(card.validTo), lang)) : said.from(from);
}
