import { catalogue } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type ByDay = ValuesOf<"declaration_reminder">;
type Lapsed = ValuesOf<"declaration_lapsed">;

/** Messages about the ten days: a reminder, a last day that moved, the end, and that nothing is lost. */
export const clockMessages = catalogue(
  {
    declaration_reminder: {
      sms: (v: ByDay) =>
        `VssID miễn phí. Nhắc Ông/Bà: tờ khai ${v.code} cần nộp bản ký, kèm giấy tờ tùy thân, chậm nhất ${v.deadline} tại ${v.office}`,
      subject: (v: ByDay) => `Nhắc nộp tờ khai ${v.code}`,
      body: (v: ByDay) =>
        `Tờ khai ${v.code} chưa được nộp. Hạn cuối là ${v.deadline}.

Xin in tờ khai, ký và ghi rõ họ tên, rồi nộp tại ${v.office}. Khi đi, mang theo bản gốc giấy tờ tùy thân đã khai. Không có máy in thì cán bộ tiếp nhận in giúp.

Quá hạn, tờ khai tự động hủy để bảo vệ thông tin của Ông/Bà. Câu trả lời vẫn được giữ 30 ngày để khai lại. Nếu đã nộp rồi, xin bỏ qua thư này.`,
    },
    declaration_moved: {
      sms: (v: ByDay) =>
        `VssID miễn phí. Lịch nghỉ lễ thay đổi: hạn nộp tờ khai ${v.code} nay là ${v.deadline}, tại ${v.office}`,
      subject: (v: ByDay) => `Hạn nộp tờ khai ${v.code} thay đổi`,
      body: (v: ByDay) =>
        `Lịch nghỉ lễ vừa thay đổi, nên hạn nộp tờ khai ${v.code} cũng thay đổi.

Hạn mới: ${v.deadline}, tại ${v.office}. Ông/Bà không cần khai lại. Tờ khai đã in vẫn dùng được.`,
    },
    declaration_lapsed: {
      sms: (v: Lapsed) =>
        `VssID miễn phí. Tờ khai ${v.code} đã tự động hủy vì quá 10 ngày chưa nộp. Câu trả lời giữ đến ${v.until}: mở bằng mã này để khai lại.`,
      subject: (v: Lapsed) => `Tờ khai ${v.code} đã tự động hủy`,
      body: (v: Lapsed) =>
        `Tờ khai ${v.code} đã tự động hủy, vì quá 10 ngày kể từ ngày xác nhận mà hồ sơ chưa được nộp. Việc này để bảo vệ thông tin của Ông/Bà.

Ông/Bà không mất quyền gì. Câu trả lời được giữ đến hết ngày ${v.until}. Mở tờ khai bằng mã này và ngày sinh, rồi bấm một nút để khai lại.`,
    },
  },
  {
    declaration_reminder: {
      sms: (v: ByDay) =>
        `VssID, free (mien phi). Reminder: hand in form ${v.code}, signed, with your ID paper, by ${v.deadline} at ${v.office}`,
      subject: (v: ByDay) => `Reminder: hand in form ${v.code}`,
      body: (v: ByDay) =>
        `Your form ${v.code} has not been handed in yet. The last day is ${v.deadline}.

Please print it, sign it and write your full name, then hand it in at ${v.office}. Bring the original of the ID paper that you declared. No printer? The officer prints it for you.

After that day it lapses by itself, to protect your data. Your answers are kept for 30 more days, to declare again. If you have handed it in already, ignore this letter.`,
    },
    declaration_moved: {
      sms: (v: ByDay) =>
        `VssID, free (mien phi). Public holidays changed: hand in form ${v.code} by ${v.deadline} at ${v.office}`,
      subject: (v: ByDay) => `The last day for form ${v.code} has moved`,
      body: (v: ByDay) =>
        `The calendar of public holidays has changed, and with it the last day for your form ${v.code}.

The new last day is ${v.deadline}, at ${v.office}. You need not declare again. A form that is printed already stays good.`,
    },
    declaration_lapsed: {
      sms: (v: Lapsed) =>
        `VssID, free (mien phi). Form ${v.code} lapsed: not handed in within 10 days. Answers kept to ${v.until}: open it with this code, declare again.`,
      subject: (v: Lapsed) => `Form ${v.code} has lapsed`,
      body: (v: Lapsed) =>
        `Your form ${v.code} has lapsed, because it was not handed in within 10 days of being confirmed. This protects your data.

You lose no right. Your answers are kept to the end of ${v.until}. Open the form with this code and your birth date, then one button declares again.`,
    },
  },
);
