import { catalogue } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type NewDevice = ValuesOf<"new_device">;
type FactorChanged = ValuesOf<"factor_changed">;
type ContactChanging = ValuesOf<"contact_changing">;
type ContactChanged = ValuesOf<"contact_changed">;
type AccountEnded = ValuesOf<"account_state">;

/** Messages about ways to sign in, changes of contact, and the account's own life. */
export const factorMessages = catalogue(
  {
    new_device: {
      sms: (v: NewDevice) =>
        `VssID miễn phí. Tài khoản vừa đăng nhập trên máy mới (${v.device}) lúc ${v.at}. Nếu không phải Ông/Bà, gọi ngay 1900 9068.`,
      subject: (_: NewDevice) => "Đăng nhập trên thiết bị mới",
      body: (v: NewDevice) =>
        `Tài khoản của Ông/Bà vừa được đăng nhập trên một thiết bị mới: ${v.device}, lúc ${v.at}.

Nếu đúng là Ông/Bà, không cần làm gì. Nếu không phải, xin gọi ngay 1900 9068 và đổi mật khẩu.`,
    },
    factor_changed: {
      sms: (v: FactorChanged) =>
        `VssID miễn phí. Tài khoản ${v.event} lúc ${v.at}. Nếu không phải Ông/Bà, gọi ngay 1900 9068.`,
      subject: (_: FactorChanged) => "Cách đăng nhập của tài khoản vừa thay đổi",
      body: (v: FactorChanged) =>
        `Tài khoản của Ông/Bà ${v.event} lúc ${v.at}.

Nếu không phải Ông/Bà làm việc này, xin gọi ngay 1900 9068.`,
    },
    contact_changing: {
      sms: (v: ContactChanging) =>
        `VssID miễn phí. ${v.contact} của tài khoản sẽ đổi lúc ${v.at}. Nếu không phải Ông/Bà, gọi 1900 9068 hoặc dừng bằng mã ${v.code}`,
      subject: (v: ContactChanging) => `${v.contact} của tài khoản sắp thay đổi`,
      body: (v: ContactChanging) =>
        `${v.contact} của tài khoản sẽ được đổi lúc ${v.at}.

Nếu đúng là Ông/Bà yêu cầu, không cần làm gì.

Nếu không phải, hãy dừng việc này trước giờ trên. Trên trang đăng nhập, chọn Dừng đổi số điện thoại, thư điện tử và nhập mã dừng: ${v.code}. Hoặc gọi 1900 9068.`,
    },
    contact_changed: {
      sms: (v: ContactChanged) =>
        `VssID miễn phí. ${v.contact} của tài khoản đã đổi lúc ${v.at}. Nếu không phải Ông/Bà, gọi ngay 1900 9068.`,
      subject: (v: ContactChanged) => `${v.contact} của tài khoản đã thay đổi`,
      body: (v: ContactChanged) =>
        `${v.contact} của tài khoản đã được đổi lúc ${v.at}.

Nếu không phải Ông/Bà yêu cầu, xin gọi ngay 1900 9068.`,
    },
    account_state: {
      sms: (v: AccountEnded) =>
        `VssID miễn phí. Tài khoản ${v.state} lúc ${v.at}. Số xác nhận ${v.code}. Nếu không phải Ông/Bà, gọi ngay 1900 9068.`,
      subject: (v: AccountEnded) => `Tài khoản giao dịch điện tử ${v.state}`,
      body: (v: AccountEnded) =>
        `Tài khoản giao dịch điện tử của Ông/Bà ${v.state} lúc ${v.at}.

Số xác nhận: ${v.code}. Xin giữ số này.

Nếu không phải Ông/Bà yêu cầu, xin gọi ngay 1900 9068 hoặc mang giấy tờ tùy thân đến cơ quan BHXH.`,
    },
  },
  {
    new_device: {
      sms: (v: NewDevice) =>
        `VssID, free (mien phi). Your account was opened on a new device (${v.device}) at ${v.at}. Not you? Call 1900 9068.`,
      subject: (_: NewDevice) => "Sign-in on a new device",
      body: (v: NewDevice) =>
        `Your account was opened on a new device: ${v.device}, at ${v.at}.

If it was you, there is nothing to do. If not, call 1900 9068 at once and change your password.`,
    },
    factor_changed: {
      sms: (v: FactorChanged) => `VssID, free (mien phi). Your account: ${v.event}, ${v.at}. Not you? Call 1900 9068.`,
      subject: (_: FactorChanged) => "A way to sign in has changed",
      body: (v: FactorChanged) =>
        `On your account ${v.event} at ${v.at}.

If this was not you, call 1900 9068 at once.`,
    },
    contact_changing: {
      sms: (v: ContactChanging) =>
        `VssID, free (mien phi). ${v.contact} will change at ${v.at}. Not you? Call 1900 9068 or stop it with code ${v.code}`,
      subject: (v: ContactChanging) => `${v.contact} is about to change`,
      body: (v: ContactChanging) =>
        `${v.contact} will change at ${v.at}.

If you asked for this, there is nothing to do.

If not, stop it before then. On the sign-in page choose Stop a change of telephone or e-mail and enter the stop code: ${v.code}. Or call 1900 9068.`,
    },
    contact_changed: {
      sms: (v: ContactChanged) =>
        `VssID, free (mien phi). ${v.contact} was changed at ${v.at}. Not you? Call 1900 9068.`,
      subject: (v: ContactChanged) => `${v.contact} has changed`,
      body: (v: ContactChanged) =>
        `${v.contact} was changed at ${v.at}.

If you did not ask for this, call 1900 9068 at once.`,
    },
    account_state: {
      sms: (v: AccountEnded) =>
        `VssID, free (mien phi). Your account ${v.state} at ${v.at}. Number ${v.code}. Not you? Call 1900 9068.`,
      subject: (v: AccountEnded) => `Your electronic account ${v.state}`,
      body: (v: AccountEnded) =>
        `Your electronic transaction account ${v.state} at ${v.at}.

Number of this confirmation: ${v.code}. Please keep it.

If this was not you, call 1900 9068 at once or take your ID paper to a social insurance office.`,
    },
  },
);
