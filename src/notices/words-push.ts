import { catalogue } from "../kernel/words.ts";

/**
 * What a device shows, also while it is locked: that something happened and where to read it. No name, no number, no
 * grounds, no day. `code`: the last signs of the file's code; `whose`: `ofWard` where a guardian reads it, else nothing.
 */
type Of = { code: string; whose: string };

export const pushWords = catalogue(
  {
    title: "VssID",
    ofWard: "của người Ông/Bà xem thay",
    declaration_confirmed: (v: Of) => `Đã xác nhận tờ khai ${v.code}. Mở ứng dụng để xem.`,
    declaration_accepted: (v: Of) => `Hồ sơ ${v.code} đã được chấp nhận. Mở ứng dụng để xem.`,
    declaration_refused: (v: Of) => `Hồ sơ ${v.code} đã có kết quả. Mở ứng dụng để xem.`,
    declaration_reminder: (v: Of) => `Tờ khai ${v.code} sắp hết hạn nộp. Mở ứng dụng để xem.`,
    declaration_moved: (v: Of) => `Hạn nộp tờ khai ${v.code} thay đổi. Mở ứng dụng để xem.`,
    declaration_lapsed: (v: Of) => `Tờ khai ${v.code} đã tự động hủy. Mở ứng dụng để xem.`,
    declaration_withdrawn: (v: Of) => `Tờ khai ${v.code} đã được rút. Mở ứng dụng để xem.`,
    declaration_handed_over: (v: Of) => `Nơi nộp tờ khai ${v.code} đã đổi. Mở ứng dụng để xem.`,
    records_merged: (v: Of) => `Hai mã số ${v.whose} đã được gộp. Mở ứng dụng để xem.`,
    records_parted: (v: Of) => `Hai mã số ${v.whose} đã được tách lại. Mở ứng dụng để xem.`,
    account_state: (v: Of) => `Tài khoản ${v.whose} vừa thay đổi. Mở ứng dụng để xem.`,
    dispute_answered: (_: Of) => "Thông tin đã báo sai nay có trả lời. Mở ứng dụng để xem.",
    ticket_answered: (_: Of) => "Yêu cầu hỗ trợ nay có trả lời. Mở ứng dụng để xem.",
    ward_accepted: (v: Of) => `Hồ sơ ${v.code} đã được chấp nhận. Mở ứng dụng để xem.`,
    guardian_link: (_: Of) => "Việc xem thay vừa thay đổi. Mở ứng dụng để xem.",
    guardian_ends: (_: Of) => "Việc xem thay sắp kết thúc. Mở ứng dụng để xem.",
    ward_of_age: (_: Of) => "Sắp đến ngày Ông/Bà tự xem hồ sơ của mình. Mở ứng dụng để xem.",
    password_changed: (_: Of) => "Mật khẩu vừa được đổi. Nếu không phải Ông/Bà, gọi ngay 1900 9068.",
    password_warning: (_: Of) => "Mật khẩu sắp đến hạn đổi. Mở ứng dụng để đổi.",
    new_device: (_: Of) => "Tài khoản vừa mở trên một máy mới. Nếu không phải Ông/Bà, mở ứng dụng để đăng xuất máy đó.",
    factor_changed: (_: Of) => "Cách đăng nhập vừa thay đổi. Nếu không phải Ông/Bà, gọi ngay 1900 9068.",
    contact_changing: (_: Of) => "Có yêu cầu đổi liên hệ. Nếu không phải Ông/Bà, mở ứng dụng hoặc gọi 1900 9068.",
    contact_changed: (_: Of) => "Liên hệ của tài khoản vừa đổi. Nếu không phải Ông/Bà, gọi ngay 1900 9068.",
  },
  {
    title: "VssID",
    ofWard: "of the person in your care",
    declaration_confirmed: (v: Of) => `Form ${v.code} is confirmed. Open the app to read it.`,
    declaration_accepted: (v: Of) => `File ${v.code} is accepted. Open the app to read it.`,
    declaration_refused: (v: Of) => `File ${v.code} has been decided. Open the app to read it.`,
    declaration_reminder: (v: Of) => `The last day for form ${v.code} is near. Open the app to read it.`,
    declaration_moved: (v: Of) => `The last day for form ${v.code} has moved. Open the app to read it.`,
    declaration_lapsed: (v: Of) => `Form ${v.code} has lapsed. Open the app to read it.`,
    declaration_withdrawn: (v: Of) => `Form ${v.code} was withdrawn. Open the app to read it.`,
    declaration_handed_over: (v: Of) => `Form ${v.code} is handed in elsewhere now. Open the app to read it.`,
    records_merged: (v: Of) => `Two numbers ${v.whose} are one now. Open the app to read it.`,
    records_parted: (v: Of) => `Two numbers ${v.whose} are two again. Open the app to read it.`,
    account_state: (v: Of) => `The account ${v.whose} has changed. Open the app to read it.`,
    dispute_answered: (_: Of) => "What was reported as wrong has an answer. Open the app to read it.",
    ticket_answered: (_: Of) => "Your request for help has an answer. Open the app to read it.",
    ward_accepted: (v: Of) => `File ${v.code} is accepted. Open the app to read it.`,
    guardian_link: (_: Of) => "Acting for somebody has changed. Open the app to read it.",
    guardian_ends: (_: Of) => "Acting for somebody ends soon. Open the app to read it.",
    ward_of_age: (_: Of) => "Your record will soon be in your own hands. Open the app to read it.",
    password_changed: (_: Of) => "The password was changed. If this was not you, call 1900 9068 at once.",
    password_warning: (_: Of) => "The password is soon due for a change. Open the app to change it.",
    new_device: (_: Of) => "The account was opened on a new device. If this was not you, open the app to sign it out.",
    factor_changed: (_: Of) => "A way to sign in has changed. If this was not you, call 1900 9068 at once.",
    contact_changing: (_: Of) =>
      "A change of contact was asked for. If this was not you, open the app or call 1900 9068.",
    contact_changed: (_: Of) => "The contact of the account has changed. If this was not you, call 1900 9068 at once.",
  },
);
