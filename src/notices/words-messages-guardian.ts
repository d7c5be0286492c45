import { catalogue } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type Accepted = ValuesOf<"ward_accepted">;
type Changed = ValuesOf<"guardian_link">;
type Ends = ValuesOf<"guardian_ends">;

/** Messages about acting for a child or ward. They name nobody: a telephone is read over shoulders. */
export const guardianMessages = catalogue(
  {
    ward_accepted: {
      sms: (v: Accepted) =>
        `VssID miễn phí. Tờ khai ${v.code} cho con được chấp nhận. Đăng nhập tài khoản của Ông/Bà, vào mục Gia đình để xem. Không cần mật khẩu riêng.`,
      subject: (v: Accepted) => `Tờ khai ${v.code} được chấp nhận`,
      body: (v: Accepted) =>
        `Tờ khai ${v.code} cho con hoặc người được giám hộ đã được chấp nhận.

Đăng nhập tài khoản của chính Ông/Bà. Vào mục Thêm, rồi Gia đình, để mở hồ sơ của con. Hồ sơ này không có mật khẩu riêng.

Mỗi lần Ông/Bà xem đều được ghi lại. Những người giám hộ khác cũng thấy.`,
    },
    guardian_link: {
      sms: (v: Changed) =>
        `VssID miễn phí. Việc xem thay hồ sơ của con hoặc người được giám hộ ${v.change} lúc ${v.at}. Nếu không rõ, gọi 1900 9068.`,
      subject: (_: Changed) => "Thay đổi về việc xem thay hồ sơ",
      body: (v: Changed) =>
        `Việc xem thay hồ sơ của con hoặc người được giám hộ ${v.change} lúc ${v.at}.

Mục Gia đình trong tài khoản cho biết Ông/Bà đang xem thay được ai. Nếu không rõ, xin gọi 1900 9068.`,
    },
    guardian_ends: {
      sms: (v: Ends) =>
        `VssID miễn phí. Từ ${v.day} Ông/Bà không còn xem thay hồ sơ của con. Con đến cơ quan BHXH, mang căn cước, để có tài khoản riêng.`,
      subject: (v: Ends) => `Việc xem thay hồ sơ kết thúc từ ${v.day}`,
      body: (v: Ends) =>
        `Từ ${v.day}, Ông/Bà không còn xem thay hồ sơ của con hoặc người được giám hộ.

Để tự xem hồ sơ, người đó đến cơ quan BHXH, mang theo căn cước và điện thoại của mình. Cán bộ cấp mã kích hoạt để tự đặt mật khẩu. Dữ liệu cũ vẫn còn nguyên.`,
    },
    ward_of_age: {
      sms: (v: Ends) =>
        `VssID miễn phí. Từ ${v.day} người giám hộ không còn xem hồ sơ BHXH của Ông/Bà. Muốn tự xem, mang căn cước đến cơ quan BHXH để nhận mã kích hoạt.`,
      subject: (v: Ends) => `Từ ${v.day}, Ông/Bà tự xem hồ sơ của mình`,
      body: (v: Ends) =>
        `Từ ${v.day}, người giám hộ không còn xem hồ sơ bảo hiểm xã hội của Ông/Bà.

Muốn tự xem, xin đến cơ quan BHXH, mang theo căn cước và điện thoại của mình. Cán bộ cấp mã kích hoạt để tự đặt mật khẩu.`,
    },
  },
  {
    ward_accepted: {
      sms: (v: Accepted) =>
        `VssID, free (mien phi). Form ${v.code} for your child is accepted. Sign in to your own account and choose Family. No other password is needed.`,
      subject: (v: Accepted) => `Form ${v.code} is accepted`,
      body: (v: Accepted) =>
        `Form ${v.code} for your child or ward is accepted.

Sign in to your own account. Choose More, then Family, to open the child's record. It has no password of its own.

Each time you look is on record. Other guardians see it too.`,
    },
    guardian_link: {
      sms: (v: Changed) =>
        `VssID, free (mien phi). Acting for your child or ward ${v.change} at ${v.at}. Questions? Call 1900 9068.`,
      subject: (_: Changed) => "A change in acting for somebody",
      body: (v: Changed) =>
        `Acting for your child or ward ${v.change} at ${v.at}.

“Family” in your account shows for whom you can act. If anything is not clear, call 1900 9068.`,
    },
    guardian_ends: {
      sms: (v: Ends) =>
        `VssID, free (mien phi). From ${v.day} you no longer act for your child. With an ID card, the child gets an own account at a BHXH office.`,
      subject: (v: Ends) => `Acting for your child ends ${v.day}`,
      body: (v: Ends) =>
        `From ${v.day} you can no longer act for your child or ward.

To see the record, they go to a BHXH office with their ID card and their own phone. An officer issues an activation code. Nothing of the record is lost.`,
    },
    ward_of_age: {
      sms: (v: Ends) =>
        `VssID, free (mien phi). From ${v.day} guardians no longer see your record. To see it, take your ID card to a BHXH office.`,
      subject: (v: Ends) => `From ${v.day} the record is yours`,
      body: (v: Ends) =>
        `From ${v.day} your guardians no longer see your social insurance record.

To see it yourself, go to a BHXH office with your ID card and your own phone. An officer issues an activation code.`,
    },
  },
);
