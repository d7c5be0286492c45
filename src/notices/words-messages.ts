import { catalogue } from "../kernel/words.ts";
import type { TemplateName, ValuesOf } from "./rules-templates.ts";
import { clockMessages } from "./words-messages-clocks.ts";
import { codeMessages } from "./words-messages-codes.ts";
import { deskMessages } from "./words-messages-desk.ts";
import { driveMessages } from "./words-messages-drive.ts";
import { factorMessages } from "./words-messages-factors.ts";
import { guardianMessages } from "./words-messages-guardian.ts";
import { hotlineMessages } from "./words-messages-hotline.ts";
import { invitationMessages } from "./words-messages-invitation.ts";
import { letterMessages } from "./words-messages-letters.ts";
import { lookMessages } from "./words-messages-looks.ts";
import { mailingMessages } from "./words-messages-mailing.ts";
import { peopleMessages } from "./words-messages-people.ts";
import { secretMessages } from "./words-messages-secrets.ts";

type Confirmed = ValuesOf<"declaration_confirmed">;
type Accepted = ValuesOf<"declaration_accepted">;
type Refused = ValuesOf<"declaration_refused">;
type OfFile = ValuesOf<"declaration_withdrawn">;
type PasswordChanged = ValuesOf<"password_changed">;

/**
 * The messages themselves. SMS are written with marks and sent without; none holds a link, a health
 * word or a whole number of a person. Paragraphs of an e-mail stand apart by an empty line.
 */
const registrationAndAccount = catalogue(
  {
    greeting: "Kính gửi Ông/Bà,",
    footer:
      "Dịch vụ này miễn phí. Cơ quan bảo hiểm xã hội (BHXH) không gọi điện, không nhắn Zalo để xin mã hay mật khẩu. Thư này không có đường dẫn nào để bấm vào. Cần giúp, xin gọi tổng đài 1900 9068.",
    sender: "Hệ thống VssID",
    declaration_confirmed: {
      sms: (v: Confirmed) =>
        `VssID miễn phí. Đã xác nhận tờ khai ${v.code}. Nộp bản ký, kèm giấy tờ tùy thân, chậm nhất ${v.deadline} tại ${v.office}`,
      subject: (v: Confirmed) => `Đã xác nhận tờ khai ${v.code}`,
      body: (v: Confirmed) =>
        `Tờ khai ${v.code} (mẫu số 01) đã được xác nhận.

Xin in tờ khai, ký và ghi rõ họ tên. Nộp tại ${v.office}, chậm nhất ${v.deadline}. Khi đi, mang theo bản gốc giấy tờ tùy thân đã khai.

Không có máy in thì cán bộ tiếp nhận in giúp. Quá hạn trên, tờ khai sẽ tự động hủy và Ông/Bà có thể khai lại.`,
    },
    declaration_accepted: {
      sms: (v: Accepted) =>
        `VssID miễn phí. Tờ khai ${v.code} được chấp nhận. Tài khoản ${v.login}, mã kích hoạt: ${v.password}, đến ${v.until}. Đăng nhập ngay, không đưa ai.`,
      subject: (v: Accepted) => `Tờ khai ${v.code} được chấp nhận`,
      body: (v: Accepted) =>
        `Tờ khai ${v.code} đã được chấp nhận. Tài khoản giao dịch điện tử của Ông/Bà đã mở.

Tài khoản: ${v.login} (mã số BHXH hoặc số định danh cá nhân của Ông/Bà, chỉ hiện các số cuối).

Mã kích hoạt: ${v.password}

Mã dùng được đến ${v.until}. Ông/Bà nhập mã vào ô mật khẩu khi đăng nhập, rồi đặt mật khẩu của riêng mình. Nếu mã hết hạn, trang đăng nhập và trang theo dõi hồ sơ gửi được mã mới.

Sau đó, xin đổi mật khẩu ít nhất 6 tháng một lần. Không đưa mã hay mật khẩu cho bất kỳ ai, kể cả người tự xưng là cán bộ.`,
    },
    declaration_refused: {
      sms: (v: Refused) => `VssID miễn phí. Tờ khai ${v.code} không được chấp nhận. Căn cứ: ${v.reason}`,
      subject: (v: Refused) => `Tờ khai ${v.code} không được chấp nhận`,
      body: (v: Refused) =>
        `Tờ khai ${v.code} không được chấp nhận.

Căn cứ: ${v.reason}

Ông/Bà có thể khai lại bất cứ lúc nào sau khi đã xử lý nội dung trên.`,
    },
    declaration_withdrawn: {
      sms: (v: OfFile) =>
        `VssID miễn phí. Tờ khai ${v.code} đã được rút theo yêu cầu. Nếu Ông/Bà không yêu cầu, xin gọi 1900 9068.`,
      subject: (v: OfFile) => `Tờ khai ${v.code} đã được rút`,
      body: (v: OfFile) =>
        `Tờ khai ${v.code} đã được rút theo yêu cầu của người khai.

Nếu Ông/Bà không yêu cầu việc này, xin gọi tổng đài 1900 9068.`,
    },
    password_changed: {
      sms: (v: PasswordChanged) =>
        `VssID miễn phí. Mật khẩu tài khoản vừa được đổi lúc ${v.at}. Nếu không phải Ông/Bà đổi, xin gọi ngay 1900 9068.`,
      subject: (_: PasswordChanged) => "Mật khẩu vừa được đổi",
      body: (v: PasswordChanged) =>
        `Mật khẩu tài khoản giao dịch điện tử của Ông/Bà vừa được đổi lúc ${v.at}. Các thiết bị khác đã được đăng xuất.

Nếu không phải Ông/Bà đổi, xin gọi ngay tổng đài 1900 9068.`,
    },
  },
  {
    greeting: "Dear Sir or Madam,",
    footer:
      "This service is free of charge. The social insurance office (BHXH) never calls or writes on Zalo to ask for a code or password. This letter holds no link to press. For help, call 1900 9068.",
    sender: "VssID system",
    declaration_confirmed: {
      sms: (v: Confirmed) =>
        `VssID, free (mien phi). Form ${v.code} is confirmed. Hand it in signed, with your ID, by ${v.deadline} at ${v.office}`,
      subject: (v: Confirmed) => `Form ${v.code} is confirmed`,
      body: (v: Confirmed) =>
        `Your form ${v.code} (form 01) is confirmed.

Please print it, sign it and write your full name. Hand it in at ${v.office} by ${v.deadline}. Bring the original of the ID paper that you declared.

If you have no printer, the officer prints it for you. After that day the form lapses and you can declare again.`,
    },
    declaration_accepted: {
      sms: (v: Accepted) =>
        `VssID, free (mien phi). Form ${v.code} is accepted. Account ${v.login}, activation code: ${v.password}, until ${v.until}. Tell nobody.`,
      subject: (v: Accepted) => `Form ${v.code} is accepted`,
      body: (v: Accepted) =>
        `Your form ${v.code} is accepted. Your account for electronic transactions is open.

Account: ${v.login} (your social insurance number or personal ID number; only the last digits are shown).

Activation code: ${v.password}

It is good until ${v.until}. Type it where the sign-in asks for the password, then set a password of your own. If it has ended, the sign-in page and the page of your file send a new one.

After that, change the password at least every 6 months. Tell code and password to nobody, not even to someone who says they are an officer.`,
    },
    declaration_refused: {
      sms: (v: Refused) => `VssID, free (mien phi). Form ${v.code} is not accepted. Grounds: ${v.reason}`,
      subject: (v: Refused) => `Form ${v.code} is not accepted`,
      body: (v: Refused) =>
        `Your form ${v.code} is not accepted.

Grounds: ${v.reason}

You can declare again at any time once this is settled.`,
    },
    declaration_withdrawn: {
      sms: (v: OfFile) =>
        `VssID, free (mien phi). Form ${v.code} was withdrawn on request. If you did not ask for this, call 1900 9068.`,
      subject: (v: OfFile) => `Form ${v.code} was withdrawn`,
      body: (v: OfFile) =>
        `Your form ${v.code} was withdrawn at the request of the person who declared.

If you did not ask for this, call 1900 9068.`,
    },
    password_changed: {
      sms: (v: PasswordChanged) =>
        `VssID, free (mien phi). Your password was changed at ${v.at}. If this was not you, call 1900 9068 at once.`,
      subject: (_: PasswordChanged) => "Your password was changed",
      body: (v: PasswordChanged) =>
        `The password of your account was changed at ${v.at}. You were signed out everywhere else.

If this was not you, call 1900 9068 at once.`,
    },
  },
);

/** All messages: each area keeps its own in a file beside this one. */
export const messages = catalogue(
  {
    ...registrationAndAccount.vi,
    ...codeMessages.vi,
    ...deskMessages.vi,
    ...driveMessages.vi,
    ...guardianMessages.vi,
    ...hotlineMessages.vi,
    ...lookMessages.vi,
    ...mailingMessages.vi,
    ...peopleMessages.vi,
    ...secretMessages.vi,
    ...clockMessages.vi,
    ...factorMessages.vi,
    ...letterMessages.vi,
    ...invitationMessages.vi,
  } satisfies Record<TemplateName, object>,
  {
    ...registrationAndAccount.en,
    ...codeMessages.en,
    ...deskMessages.en,
    ...driveMessages.en,
    ...guardianMessages.en,
    ...hotlineMessages.en,
    ...lookMessages.en,
    ...mailingMessages.en,
    ...peopleMessages.en,
    ...secretMessages.en,
    ...clockMessages.en,
    ...factorMessages.en,
    ...letterMessages.en,
    ...invitationMessages.en,
  },
);
