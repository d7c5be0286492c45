import { catalogue } from "../kernel/words.ts";

/** Of papers that are older than what stands in the books. */
export const printWords = catalogue(
  {
    old: (printed: number, present: number) => `Đây là bản in cũ: bản số ${printed}, bản mới nhất là số ${present}`,
    lastDay: (was: string, is: string) => `Trên giấy ghi hạn nộp ${was}. Hạn nộp đúng là hết ngày ${is}.`,
    sameAnswers: "Các mục đã khai không đổi. Tờ khai đã ký vẫn nhận được, không phải in lại.",
    unknown: "Chưa có bản in nào mang số này",
    unknownHint: (present: number) =>
      `Bản mới nhất của tờ khai này là số ${present}. Xem lại số ghi dưới mã QR trên giấy.`,
    again: "Đây là tờ khai cũ: người này đã khai lại",
    since: (at: string) => `Khai lại lúc ${at}, mã mới:`,
    lastDayOfNewer: (day: string) => `Hạn nộp: hết ngày ${day}.`,
    elsewhere: (office: string, at: string) => `Khai lại lúc ${at}, nộp tại ${office}. Mời người dân đến đó.`,
    differs: "Những chỗ khác nhau giữa tờ giấy này và lần khai mới",
    line: "Mục trên mẫu 01",
    onPaper: "Trên giấy cũ",
    declaredNow: "Khai mới",
    forgotten: "Nội dung tờ khai cũ không còn lưu, nên không so sánh được. Hãy dùng tờ khai mới.",
    nothing: "Các mục đã khai giống nhau, chỉ khác mã và hạn nộp.",
    how: "Tờ giấy này không nhận được. In tờ khai mới cho người dân ký, rồi tiếp nhận theo mã mới.",
  },
  {
    old: (printed: number, present: number) => `This is an old print: number ${printed}, the newest is ${present}`,
    lastDay: (was: string, is: string) => `The paper names ${was} as the last day. The last day is ${is}.`,
    sameAnswers: "The answers are the same. The signed form can be taken; it need not be printed again.",
    unknown: "No print bears this number",
    unknownHint: (present: number) =>
      `The newest print of this form is number ${present}. Check the number below the QR code.`,
    again: "This is an old form: the person has declared again",
    since: (at: string) => `Declared again at ${at}, new code:`,
    lastDayOfNewer: (day: string) => `Last day: ${day}.`,
    elsewhere: (office: string, at: string) =>
      `Declared again at ${at}, to be handed in at ${office}. Send the person there.`,
    differs: "What differs between this paper and the new form",
    line: "Line of form 01",
    onPaper: "On the old paper",
    declaredNow: "Declared now",
    forgotten: "The answers of the old form are no longer kept, so they cannot be compared. Use the new form.",
    nothing: "The answers are the same; only the code and the last day differ.",
    how: "This paper cannot be taken. Print the new form, let the person sign it, and receive it by its new code.",
  },
);
