import { catalogue } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type Activation = ValuesOf<"activation_code">;
type Warning = ValuesOf<"password_warning">;

/** Messages of activation and of the life of a password. */
export const secretMessages = catalogue(
  {
    activation_code: {
      sms: (v: Activation) =>
        `VssID miễn phí. Tài khoản ${v.login}, mã kích hoạt: ${v.password}, đến ${v.until}. Chỉ mã mới nhất dùng được. Đăng nhập ngay, không đưa ai.`,
      subject: (_: Activation) => "Mã kích hoạt tài khoản",
      body: (v: Activation) =>
        `Tài khoản: ${v.login} (mã số BHXH hoặc số định danh cá nhân của Ông/Bà, chỉ hiện các số cuối).

Mã kích hoạt: ${v.password}

Mã dùng được đến ${v.until}. Chỉ mã mới nhất dùng được.

Ông/Bà nhập mã vào ô mật khẩu khi đăng nhập, rồi đặt mật khẩu của riêng mình. Không đưa mã cho bất kỳ ai, kể cả người tự xưng là cán bộ.`,
    },
    password_warning: {
      sms: (v: Warning) =>
        `VssID miễn phí. Mật khẩu dùng được đến hết ngày ${v.until}. Xin đăng nhập và đổi trước ngày đó. Không đưa mật khẩu cho ai. Cần giúp: 1900 9068`,
      subject: (v: Warning) => `Mật khẩu dùng được đến hết ngày ${v.until}`,
      body: (v: Warning) =>
        `Mật khẩu tài khoản giao dịch điện tử của Ông/Bà dùng được đến hết ngày ${v.until}. Theo quy định, mật khẩu được đổi ít nhất 6 tháng một lần.

Xin đăng nhập, vào mục Thêm, rồi chọn Đổi mật khẩu. Nếu quá ngày, Ông/Bà vẫn đăng nhập được và hệ thống sẽ yêu cầu đổi ngay.`,
    },
  },
  {
    activation_code: {
      sms: (v: Activation) =>
        `VssID, free (mien phi). Account ${v.login}, activation code: ${v.password}, until ${v.until}. Only the newest works. Tell nobody.`,
      subject: (_: Activation) => "Activation code of your account",
      body: (v: Activation) =>
        `Account: ${v.login} (your social insurance number or personal ID number; only the last digits are shown).

Activation code: ${v.password}

It is good until ${v.until}. Only the newest code works.

Type it where the sign-in asks for the password, then set a password of your own. Tell it to nobody, not even to someone who says they are an officer.`,
    },
    password_warning: {
      sms: (v: Warning) =>
        `VssID, free (mien phi). Your password is valid to the end of ${v.until}. Sign in and change it before. Tell it to nobody. Help: 1900 9068`,
      subject: (v: Warning) => `Your password is valid to the end of ${v.until}`,
      body: (v: Warning) =>
        `The password of your account is valid to the end of ${v.until}. By rule it is changed at least every six months.

Sign in, open More and choose Change password. After that day you can still sign in, and will be asked to change it first.`,
    },
  },
);
