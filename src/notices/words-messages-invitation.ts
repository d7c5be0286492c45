import { catalogue } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type Invited = ValuesOf<"unit_invitation">;

/** An invitation to coordinate a unit of the roll-out: the page is named, never linked. */
export const invitationMessages = catalogue(
  {
    unit_invitation: {
      sms: (v: Invited) =>
        `VssID miễn phí. Mời làm đầu mối tại ${v.unit}. Mã mời ${v.invite}, đến ${v.until}. Mở cổng VssID, mục Lời mời đầu mối`,
      subject: (_: Invited) => "Lời mời làm đầu mối triển khai VssID",
      body: (v: Invited) =>
        `Ông/Bà được mời làm đầu mối triển khai VssID tại ${v.unit}.

Mã mời: ${v.invite}

Mã dùng một lần, đến ${v.until}. Xin mở cổng VssID của cơ quan bảo hiểm xã hội, bấm mục Lời mời đầu mối ở cuối trang, gõ mã rồi tự đặt tên đăng nhập và mật khẩu.

Không đưa mã cho ai. Nếu Ông/Bà không biết về việc này, xin bỏ qua thư và báo cơ quan bảo hiểm xã hội.`,
    },
  },
  {
    unit_invitation: {
      sms: (v: Invited) =>
        `VssID, free (mien phi). Coordinate ${v.unit}. Code ${v.invite}, until ${v.until}. Open the VssID portal, Invitation`,
      subject: (_: Invited) => "Invitation to coordinate the roll-out of VssID",
      body: (v: Invited) =>
        `You are invited to coordinate the roll-out of VssID at ${v.unit}.

Code: ${v.invite}

It works once, until ${v.until}. Open the VssID portal of the social insurance office, press Coordinators' invitation at the foot of the page, type the code, then choose a user name and a password.

Give the code to nobody. If you know nothing of this, ignore this letter and tell the social insurance office.`,
    },
  },
);
