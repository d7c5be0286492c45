import { catalogue } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type Answered = ValuesOf<"ticket_answered">;
type CallerCode = ValuesOf<"caller_code">;

/** Messages of the hotline. The caller's code is the only one that is read to somebody, and it says to whom. */
export const hotlineMessages = catalogue(
  {
    ticket_answered: {
      sms: (v: Answered) => `VssID miễn phí. Trả lời yêu cầu ${v.code}: ${v.answer}`,
      subject: (v: Answered) => `Trả lời yêu cầu hỗ trợ ${v.code}`,
      body: (v: Answered) =>
        `Yêu cầu hỗ trợ ${v.code} đã có trả lời.

${v.answer}

Chưa đúng điều cần hỏi, xin mở mục Trợ giúp, nhập mã yêu cầu để xem, hoặc gọi tổng đài 1900 9068.`,
    },
    caller_code: {
      sms: (v: CallerCode) =>
        `VssID miễn phí. Chỉ khi CHÍNH Ông/Bà đang gọi 1900 9068: đọc ${v.code} cho tổng đài, trong ${v.minutes} phút. Số này không mở tài khoản. Không gọi thì bỏ qua.`,
      subject: () => "Mã cho cuộc gọi đến tổng đài",
      body: (v: CallerCode) =>
        `Mã cho cuộc gọi đến tổng đài: ${v.code}

Chỉ khi chính Ông/Bà đang gọi 1900 9068, hãy đọc mã này cho tổng đài. Mã dùng được trong ${v.minutes} phút và không mở tài khoản.

Không gọi tổng đài, xin bỏ qua thư này. Đừng đọc mã cho người gọi đến.`,
    },
  },
  {
    ticket_answered: {
      sms: (v: Answered) => `VssID, free (mien phi). Answer to request ${v.code}: ${v.answer}`,
      subject: (v: Answered) => `Answer to your request ${v.code}`,
      body: (v: Answered) =>
        `Your request for help ${v.code} has an answer.

${v.answer}

Not what you asked? Open Help and enter the code of the request, or call 1900 9068.`,
    },
    caller_code: {
      sms: (v: CallerCode) =>
        `VssID, free (mien phi). Only if YOU are calling 1900 9068: read ${v.code} to the hotline, within ${v.minutes} minutes. It opens no account. Not you? Ignore.`,
      subject: () => "Code for your call to the hotline",
      body: (v: CallerCode) =>
        `Code for your call to the hotline: ${v.code}

Only if you yourself are calling 1900 9068, read it to the hotline. It is valid for ${v.minutes} minutes and opens no account.

If you are not calling, ignore this letter. Never read the code to somebody who calls you.`,
    },
  },
);
