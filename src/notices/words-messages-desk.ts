import { catalogue } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type HandedOver = ValuesOf<"declaration_handed_over">;
type Answered = ValuesOf<"dispute_answered">;
type Merged = ValuesOf<"records_merged">;

/** Messages of what goes beyond one file at the counter. */
export const deskMessages = catalogue(
  {
    declaration_handed_over: {
      sms: (v: HandedOver) =>
        `VssID miễn phí. Tờ khai ${v.code} đã chuyển nơi nộp. Hạn nộp không đổi: ${v.deadline}. Nơi nộp mới: ${v.office}`,
      subject: (v: HandedOver) => `Tờ khai ${v.code} đổi nơi nộp`,
      body: (v: HandedOver) =>
        `Tờ khai ${v.code} đã được chuyển sang cơ quan khác.

Nơi nộp mới: ${v.office}. Hạn nộp không đổi: chậm nhất ${v.deadline}. Khi đi, mang theo tờ khai đã ký và bản gốc giấy tờ tùy thân.

Nếu Ông/Bà đang ở quầy của cơ quan đó thì không phải làm gì thêm.`,
    },
    records_merged: {
      sms: (v: Merged) =>
        `VssID miễn phí. Hai mã số của Ông/Bà đã gộp làm một. Đăng nhập bằng tài khoản ${v.login}. Nếu không phải của mình, xin gọi 1900 9068.`,
      subject: () => "Hai mã số đã gộp làm một",
      body: (v: Merged) =>
        `Cơ quan bảo hiểm xã hội thấy Ông/Bà có hai mã số. Hai mã số đã được gộp làm một.

Từ nay, xin đăng nhập bằng tài khoản ${v.login} (chỉ hiện các số cuối). Mã số cũ vẫn dẫn tới tài khoản này. Không có dữ liệu nào mất đi.

Nếu hồ sơ đang hiện không phải của Ông/Bà, xin gọi tổng đài 1900 9068. Việc gộp có thể hoàn lại.`,
    },
    records_parted: {
      sms: () =>
        "VssID miễn phí. Việc gộp hai mã số đã được hoàn lại. Xin đăng nhập lại bằng mã số của mình. Cần giúp, xin gọi 1900 9068.",
      subject: () => "Việc gộp hai mã số đã hoàn lại",
      body: () =>
        `Hai mã số đã gộp trước đây nay được tách lại như cũ.

Xin đăng nhập lại bằng mã số và mật khẩu của mình. Cần giúp, xin gọi tổng đài 1900 9068.`,
    },
    dispute_answered: {
      sms: (v: Answered) =>
        `VssID miễn phí. Thông tin Ông/Bà báo sai ngày ${v.day} đã có trả lời. Mở VssID, mục Thêm, Các thông tin đã báo sai.`,
      subject: () => "Thông tin đã báo sai có trả lời",
      body: (v: Answered) =>
        `Cơ quan bảo hiểm xã hội đã trả lời về thông tin Ông/Bà báo sai ngày ${v.day}.

Để giữ kín, câu trả lời chỉ đọc được trong VssID: đăng nhập, mở mục Thêm, rồi Các thông tin đã báo sai.

Chưa đồng ý với trả lời, Ông/Bà có thể báo lại, hoặc gọi tổng đài 1900 9068.`,
    },
  },
  {
    declaration_handed_over: {
      sms: (v: HandedOver) =>
        `VssID, free (mien phi). Form ${v.code} has a new office. Last day unchanged: ${v.deadline}. Hand in at: ${v.office}`,
      subject: (v: HandedOver) => `Form ${v.code}: another office`,
      body: (v: HandedOver) =>
        `Form ${v.code} was moved to another office.

Hand it in at ${v.office}. The last day is unchanged: ${v.deadline}. Bring the signed form and the original of your ID paper.

If you are at the counter of that office now, there is nothing more to do.`,
    },
    records_merged: {
      sms: (v: Merged) =>
        `VssID, free (mien phi). Your two numbers are one record now. Sign in with account ${v.login}. Not yours? Call 1900 9068.`,
      subject: () => "Your two numbers are one record now",
      body: (v: Merged) =>
        `Social Insurance found two numbers of yours. They are one record now.

From now on, sign in with account ${v.login} (only the last digits are shown). The other number leads to the same account. Nothing was lost.

If the record is not yours, call 1900 9068. The merge can be undone.`,
    },
    records_parted: {
      sms: () =>
        "VssID, free (mien phi). The merge of two numbers was undone. Please sign in again with your own number. Help: 1900 9068.",
      subject: () => "A merge of two numbers was undone",
      body: () =>
        `Two numbers that were made one record are apart again, as they were.

Please sign in again with your own number and password. For help, call 1900 9068.`,
    },
    dispute_answered: {
      sms: (v: Answered) =>
        `VssID, free (mien phi). What you reported as wrong on ${v.day} has an answer. Open VssID, More, Reported as wrong.`,
      subject: () => "What you reported has an answer",
      body: (v: Answered) =>
        `The social insurance office has answered what you reported as wrong on ${v.day}.

To keep it private, the answer can be read in VssID only: sign in, open More, then Reported as wrong.

If you do not agree, report it again or call 1900 9068.`,
    },
  },
);
