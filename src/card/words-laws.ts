import { catalogue } from "../kernel/words.ts";

export const words = catalogue(
  {
    fiveYears: "Năm năm liên tục",
    printed: (day: string) => `Thẻ ghi: đủ 5 năm liên tục từ ${day}.`,
    notPrinted: (since: string, on: string) =>
      `Thẻ không ghi thời điểm này. Các thẻ trong hồ sơ nối nhau từ ${since}, nên đủ 5 năm từ ${on}.`,
    broken: (from: string) => `Thẻ gián đoạn từ ${from}, quá thời gian cho phép, nên 5 năm được tính lại.`,
    gapRule: "Gián đoạn không quá 3 tháng vẫn là liên tục. Thẻ nối lại từ 01/07/2025: không quá 90 ngày.",
    moreTime: "Thời gian chờ trợ cấp thất nghiệp, ở nước ngoài, trong quân đội, công an có thể được tính thêm.",
    formsTitle: "Các mẫu số thẻ",
    forms: { card15: "15 ký tự", card10: "10 số", card12: "12 số" },
    formSpan: (form: string, from: string, to: string) => `Số ${form}: mẫu chung từ ${from} đến ${to}.`,
    formSince: (form: string, from: string) => `Số ${form}: mẫu chung từ ${from}.`,
    formsHow: "Thẻ mẫu cũ vẫn dùng đến hết hạn. Từ 01/06/2025 thẻ giấy chỉ cấp khi đề nghị.",
    provinceOf: (digits: string, province: string) => `Hai số ${digits} trên thẻ 15 ký tự: ${province}.`,
    provinceNow: (was: string, isNow: string) => `${was} (nay là ${isNow})`,
    upTo: (office: string, day: string) => `Dữ liệu thẻ của ${office} đến ngày ${day}.`,
    anyOffice: "cơ quan BHXH",
  },
  {
    fiveYears: "Five continuous years",
    printed: (day) => `The card says: five continuous years from ${day}.`,
    notPrinted: (since, on) =>
      `The card does not say. The cards on record follow each other since ${since}: five years from ${on}.`,
    broken: (from) => `Cover was broken from ${from} for longer than allowed, so the five years begin anew.`,
    gapRule: "A gap of at most 3 months is continuous. Cover that begins again from 01/07/2025: at most 90 days.",
    moreTime: "Time of waiting for unemployment pay, abroad, in the army or the police may be added.",
    formsTitle: "Forms of the card number",
    forms: { card15: "15 signs", card10: "10 digits", card12: "12 digits" },
    formSpan: (form, from, to) => `${form}: the form in use from ${from} to ${to}.`,
    formSince: (form, from) => `${form}: the form in use since ${from}.`,
    formsHow: "Cards of an older form are good to their end. Since 01/06/2025 paper is issued only when asked for.",
    provinceOf: (digits, province) => `Digits ${digits} in a number of 15 signs: ${province}.`,
    provinceNow: (was, isNow) => `${was} (now ${isNow})`,
    upTo: (office, day) => `Card data of ${office} up to ${day}.`,
    anyOffice: "the social insurance office",
  },
);
