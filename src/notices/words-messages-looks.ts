import { catalogue } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type Opened = ValuesOf<"record_opened">;

/** A record was opened in an emergency: read in the account; the text is there for who would send it. */
export const lookMessages = catalogue(
  {
    record_opened: {
      sms: (v: Opened) =>
        `VssID miễn phí. Hồ sơ của Ông/Bà được mở khẩn cấp lúc ${v.at}. Không đúng, xin gọi 1900 9068.`,
      subject: () => "Hồ sơ của Ông/Bà được mở trong trường hợp khẩn cấp",
      body: (v: Opened) =>
        `Lúc ${v.at}, cán bộ của ${v.office} mở hồ sơ của Ông/Bà trong trường hợp khẩn cấp, khi không có hồ sơ nào đang giải quyết.

Lý do đã được ghi lại. Người phụ trách phải xem lại việc này.

Xin mở mục Ai đã xem dữ liệu của tôi để xem. Nếu thấy không đúng, xin báo cho tổng đài 1900 9068 hoặc mục Trợ giúp.`,
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

Open Who looked at my data to see it. If it was not right, tell the hotline 1900 9068, or use Help.`,
    },
  },
);
