import { catalogue } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type Sent = ValuesOf<"letter_sent">;
type Reminder = ValuesOf<"letter_reminder">;
type Asked = ValuesOf<"letter_asked">;
type Answered = ValuesOf<"letter_answered">;

/** Messages about letters (công văn): to their addressees, and of questions to the sender. No address to press in any. */
export const letterMessages = catalogue(
  {
    letter_sent: {
      sms: (v: Sent) =>
        `VssID miễn phí. Công văn ${v.letter} ngày ${v.day}: ${v.subject}. Mở VssID, mục Nhận công văn, mã ${v.key}`,
      subject: (v: Sent) => `Công văn ${v.letter} gửi đơn vị`,
      body: (v: Sent) =>
        `Công văn số ${v.letter} ngày ${v.day}: ${v.subject}

Xin mở trang VssID, chọn Trợ giúp, rồi Nhận công văn. Nhập mã này để đọc công văn và ký nhận: ${v.key}

Mã dành riêng cho nơi nhận công văn này. Người ký nhận ghi họ tên, chức vụ và nơi nhận. Cần hỏi thêm, xin gửi câu hỏi ở chính trang đó.`,
    },
    letter_reminder: {
      sms: (v: Reminder) =>
        `VssID miễn phí. Nhắc ký nhận công văn ${v.letter}: ${v.subject}. Mở VssID, mục Nhận công văn, mã ${v.key}`,
      subject: (v: Reminder) => `Nhắc ký nhận công văn ${v.letter}`,
      body: (v: Reminder) =>
        `Công văn số ${v.letter} chưa được ký nhận: ${v.subject}

Xin mở trang VssID, chọn Trợ giúp, rồi Nhận công văn. Nhập mã này để đọc và ký nhận: ${v.key}

Khi đã ký nhận, hệ thống không nhắc nữa.`,
    },
    letter_asked: {
      sms: (v: Asked) =>
        `VssID miễn phí. Có câu hỏi về công văn ${v.letter}. Mở VssID, mục Công văn để trả lời. Nơi hỏi: ${v.unit}`,
      subject: (v: Asked) => `Câu hỏi về công văn ${v.letter}`,
      body: (v: Asked) =>
        `${v.unit} gửi câu hỏi về công văn số ${v.letter}.

Xin đăng nhập bàn làm việc VssID, mở mục Công văn để đọc và trả lời.`,
    },
    letter_answered: {
      sms: (v: Answered) =>
        `VssID miễn phí. Câu hỏi về công văn ${v.letter} đã có trả lời. Mở VssID, mục Nhận công văn, mã ${v.key}`,
      subject: (v: Answered) => `Trả lời về công văn ${v.letter}`,
      body: (v: Answered) =>
        `Câu hỏi của đơn vị về công văn số ${v.letter} đã có trả lời.

Xin mở trang VssID, chọn Trợ giúp, rồi Nhận công văn. Nhập mã này để đọc: ${v.key}`,
    },
  },
  {
    letter_sent: {
      sms: (v: Sent) =>
        `VssID, free (mien phi). Letter ${v.letter} of ${v.day}: ${v.subject}. Open VssID, Letters received, code ${v.key}`,
      subject: (v: Sent) => `Letter ${v.letter} for your unit`,
      body: (v: Sent) =>
        `Letter ${v.letter} of ${v.day}: ${v.subject}

Open the VssID page, choose Help, then Letters received. Type this code to read the letter and sign for it: ${v.key}

The code is for this addressee alone. Whoever signs writes name, position and place. Questions can be asked on the same page.`,
    },
    letter_reminder: {
      sms: (v: Reminder) =>
        `VssID, free (mien phi). Please sign for letter ${v.letter}: ${v.subject}. Open VssID, Letters received, code ${v.key}`,
      subject: (v: Reminder) => `Please sign for letter ${v.letter}`,
      body: (v: Reminder) =>
        `Letter ${v.letter} is not signed for yet: ${v.subject}

Open the VssID page, choose Help, then Letters received. Type this code to read it and sign for it: ${v.key}

Once it is signed for, there are no more reminders.`,
    },
    letter_asked: {
      sms: (v: Asked) =>
        `VssID, free (mien phi). A question about letter ${v.letter}. Open VssID, Letters, to answer. Asked by: ${v.unit}`,
      subject: (v: Asked) => `Question about letter ${v.letter}`,
      body: (v: Asked) =>
        `${v.unit} asks a question about letter ${v.letter}.

Sign in to the VssID desk and open Letters to read and answer it.`,
    },
    letter_answered: {
      sms: (v: Answered) =>
        `VssID, free (mien phi). Your question about letter ${v.letter} is answered. Open VssID, Letters received, code ${v.key}`,
      subject: (v: Answered) => `Answer about letter ${v.letter}`,
      body: (v: Answered) =>
        `Your question about letter ${v.letter} is answered.

Open the VssID page, choose Help, then Letters received. Type this code to read the answer: ${v.key}`,
    },
  },
);
