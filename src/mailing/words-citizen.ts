import { catalogue } from "../kernel/words.ts";

/** Refusing campaigns: in the account, and from an e-mail. */
export const refusalWords = catalogue(
  {
    title: "Tin vận động",
    gets: "Ông/Bà đang nhận tin vận động: mời hoàn tất đăng ký, báo ngày hỗ trợ, cảnh báo lừa đảo.",
    refuses: "Ông/Bà không nhận tin vận động.",
    places: "Ông/Bà đã từ chối tin vận động ở một số điện thoại hoặc địa chỉ thư.",
    still: "Kết quả hồ sơ, nhắc hạn và mã xác nhận luôn được gửi.",
    refuse: "Không nhận tin vận động",
    allow: "Nhận lại tin vận động",
    refusedFlash: "Ông/Bà không nhận tin vận động nữa.",
    allowedFlash: "Ông/Bà nhận lại tin vận động.",
    link: {
      title: "Không nhận tin vận động",
      lead: "Bấm nút dưới đây thì hộp thư đã nhận thư ấy không nhận tin vận động nữa.",
      submit: "Không nhận nữa",
      done: "Đã ghi. Hộp thư ấy không nhận tin vận động nữa.",
      back: "Muốn nhận lại: đăng nhập, mở mục Tin đã gửi cho tôi.",
    },
  },
  {
    title: "Campaigns",
    gets: "You get campaigns: to finish registering, desk days, warnings of scams.",
    refuses: "You get no campaigns.",
    places: "You refused campaigns at a telephone number or an e-mail address.",
    still: "Results, reminders and codes are always sent.",
    refuse: "Get no campaigns",
    allow: "Get campaigns again",
    refusedFlash: "You get no more campaigns.",
    allowedFlash: "You get campaigns again.",
    link: {
      title: "Get no campaigns",
      lead: "Press the button, and the mailbox that got that e-mail gets no more campaigns.",
      submit: "No more",
      done: "Noted. That mailbox gets no more campaigns.",
      back: "To get them again: sign in and open Messages sent to me.",
    },
  },
);
