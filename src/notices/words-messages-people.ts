import { catalogue } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type Number = ValuesOf<"insurance_number">;
type Arrears = ValuesOf<"arrears_notice">;

/** A forgotten mã số BHXH: the number alone, without a name beside it; and the notice of the 10th. */
export const peopleMessages = catalogue(
  {
    insurance_number: {
      sms: (v: Number) =>
        `VssID miễn phí. Mã số BHXH mà Ông/Bà vừa hỏi: ${v.number}. Không đưa cho người lạ. Nếu không hỏi, xin bỏ qua tin này.`,
      subject: (_: Number) => "Mã số BHXH Ông/Bà vừa hỏi",
      body: (v: Number) =>
        `Mã số BHXH mà Ông/Bà vừa hỏi: ${v.number}

Không đưa mã số này cho người lạ. Nếu Ông/Bà không hỏi, xin bỏ qua thư này.`,
    },
    arrears_notice: {
      sms: (v: Arrears) =>
        `VssID miễn phí. Thông báo ngày ${v.day}: có tháng chưa đóng bảo hiểm. Mở VssID, mục Tin đã gửi, để xem.`,
      subject: (v: Arrears) => `Tháng chưa đóng, thông báo ngày ${v.day}`,
      body: (v: Arrears) =>
        `Đến ngày ${v.day}, theo sổ của cơ quan BHXH còn tháng chưa đóng:

${v.unpaid}

Ông/Bà xem số tiền và căn cứ ở mục Quá trình tham gia. Hãy hỏi đơn vị, hoặc gọi 1900 9068. Nếu thông tin chưa đúng, bấm Báo sai ngay tại tháng đó.`,
    },
  },
  {
    insurance_number: {
      sms: (v: Number) =>
        `VssID, free (mien phi). The insurance number you asked for: ${v.number}. Do not give it to strangers. Not you? Ignore this.`,
      subject: (_: Number) => "The insurance number you asked for",
      body: (v: Number) =>
        `The insurance number you asked for: ${v.number}

Do not give it to strangers. If you did not ask for it, ignore this letter.`,
    },
    arrears_notice: {
      sms: (v: Arrears) =>
        `VssID, free (mien phi). Notice of ${v.day}: some months of your insurance are not paid. Read it in VssID, under messages.`,
      subject: (v: Arrears) => `Unpaid months, notice of ${v.day}`,
      body: (v: Arrears) =>
        `On ${v.day} the records of the insurer show months that nobody paid:

${v.unpaid}

Amounts and the law stand under Participation. Ask your unit, or call 1900 9068. If this is wrong, report it at the month itself.`,
    },
  },
);
