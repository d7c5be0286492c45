import { catalogue } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type Opened = ValuesOf<"record_opened">;
type Breached = ValuesOf<"data_breach">;

/** A record was opened in an emergency (read in the account; the text is there for who would send it); a breach of data. */
export const lookMessages = catalogue(
  {
    record_opened: {
      sms: (v: Opened) =>
        `VssID miễn phí. Hồ sơ của Ông/Bà được mở khẩn cấp lúc ${v.at}. Không đúng, xin gọi 1900 9068.`,
      subject: () => "Hồ sơ của Ông/Bà được mở trong trường hợp khẩn cấp",
      body: (v: Opened) =>
        `Lúc ${v.at}, cán bộ của ${v.office} mở hồ sơ của Ông/Bà trong trường hợp khẩn cấp, khi không có hồ sơ nào đang giải quyết.

Lý do đã được ghi lại. Cán bộ kiểm soát phải xem lại việc này.

Xin mở mục Ai đã xem hồ sơ của tôi để xem. Nếu thấy không đúng, xin báo cho tổng đài 1900 9068 hoặc mục Trợ giúp.`,
    },
    data_breach: {
      sms: (v: Breached) =>
        `VssID miễn phí. Dữ liệu của Ông/Bà có thể đã bị lộ (phát hiện ${v.day}, vụ ${v.code}). Gọi 1900 9068, nêu mã vụ.`,
      subject: () => "Dữ liệu của Ông/Bà có thể đã bị lộ",
      body: (v: Breached) =>
        `Ngày ${v.day}, chúng tôi phát hiện dữ liệu của Ông/Bà có thể đã bị xem hoặc lấy trái phép. Mã vụ việc: ${v.code}.

Xin mở mục Ai đã xem hồ sơ của tôi để xem. Nên đổi mật khẩu. Không đưa mã hay mật khẩu cho ai gọi đến, kể cả người xưng là cán bộ.

Muốn biết dữ liệu nào và chúng tôi đã làm gì, xin gọi tổng đài 1900 9068 và nêu mã vụ việc, hoặc đến cơ quan BHXH. Ông/Bà có quyền khiếu nại.`,
    },
  },
  {
    record_opened: {
      sms: (v: Opened) =>
        `VssID, free (mien phi). Your record was opened in an emergency, ${v.at}. Not right? Call 1900 9068.`,
      subject: () => "Your record was opened in an emergency",
      body: (v: Opened) =>
        `At ${v.at}, a member of staff of ${v.office} opened your record in an emergency, while no case of yours was open there.

The reason was written down. A supervisor has to review it.

Open Who looked at my record to see it. If it was not right, tell the hotline 1900 9068, or use Help.`,
    },
    data_breach: {
      sms: (v: Breached) =>
        `VssID, free (mien phi). Your data may have been exposed (found ${v.day}, case ${v.code}). Call 1900 9068.`,
      subject: () => "Your data may have been exposed",
      body: (v: Breached) =>
        `On ${v.day} we found that your data may have been seen or taken without right. Code of the case: ${v.code}.

Open Who looked at my record to see it. It is wise to change your password. Give no code and no password to a caller, also not to one who says to be an officer.

To learn which data and what we have done, call the hotline 1900 9068 with the code of the case, or come to a Social Insurance office. You have the right to complain.`,
    },
  },
);
