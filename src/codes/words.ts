import { catalogue } from "../kernel/words.ts";
import type { CodeBudget, Hearer } from "./rules.ts";

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
    /** Who may hear it, in the message itself. */
    tell: {
      nobody: "Không đưa cho ai",
      counter: "Chỉ đọc cho cán bộ ở quầy",
      helper: "Chỉ đọc cho người đang giúp",
    } satisfies Record<Hearer, string>,
    most: ({ recipientAnHour, subjectADay }: CodeBudget) =>
      `Mỗi giờ gửi nhiều nhất ${recipientAnHour} mã, mỗi ngày ${subjectADay} mã.`,
    faults: {
      code_shape: (digits: number) => `Nhập đủ ${digits} chữ số của mã`,
      code_wrong: (left: number) => `Mã chưa đúng. Còn ${left} lần thử`,
      code_ended: "Mã đã hết hạn hoặc đã nhập sai hết số lần thử. Hãy yêu cầu mã mới",
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
    tell: {
      nobody: "Tell nobody",
      counter: "Read it only to the officer",
      helper: "Read it only to your helper",
    },
    most: ({ recipientAnHour, subjectADay }) =>
      `At most ${recipientAnHour} ${recipientAnHour === 1 ? "code" : "codes"} an hour and ${subjectADay} a day are sent.`,
    faults: {
      code_shape: (digits: number) => `Enter all ${digits} digits of the code`,
      code_wrong: (left: number) => `The code is not right. ${left} ${left === 1 ? "try" : "tries"} left`,
      code_ended: "The code has expired or its tries are spent. Ask for a new one",
    },
  },
);
