import { catalogue } from "../kernel/words.ts";

/** What a code is for, as messages say it, and what can be wrong with one. */
export const words = catalogue(
  {
    what: {
      confirm_phone: "xác nhận số điện thoại",
      confirm_email: "xác nhận thư điện tử",
      confirm_declaration: "đồng ý tờ khai",
      recover: "đặt lại mật khẩu",
      change_phone: "đổi số điện thoại",
      change_email: "đổi thư điện tử",
      prove_self: "xác nhận chính chủ",
      sign_letter: "ký nhận công văn",
      prove_caller: "cho tổng đài",
    },
    faults: {
      code_shape: (digits: number) => `Nhập đủ ${digits} chữ số của mã`,
      code_wrong: (left: number) => `Mã chưa đúng. Còn ${left} lần thử`,
      code_ended: "Mã đã hết hạn hoặc đã nhập sai 3 lần. Hãy yêu cầu mã mới",
    },
  },
  {
    what: {
      confirm_phone: "confirm your phone",
      confirm_email: "confirm your e-mail",
      confirm_declaration: "agree to the form",
      recover: "reset your password",
      change_phone: "change your phone",
      change_email: "change your e-mail",
      prove_self: "confirm it is you",
      sign_letter: "sign for a letter",
      prove_caller: "tell the hotline",
    },
    faults: {
      code_shape: (digits: number) => `Enter all ${digits} digits of the code`,
      code_wrong: (left: number) => `The code is not right. ${left} ${left === 1 ? "try" : "tries"} left`,
      code_ended: "The code has expired or was wrong three times. Ask for a new one",
    },
  },
);
