import { catalogue } from "../kernel/words.ts";

/** A forgotten mã số BHXH. The answer is one and the same for everybody. */
export const findNumberWords = catalogue(
  {
    title: "Tìm mã số BHXH của tôi",
    lead: "Chúng tôi nhắn mã số tới số điện thoại có trong dữ liệu của cơ quan BHXH.",
    act: "Nhắn mã số cho tôi",
    counter: "Không có điện thoại trong dữ liệu? Mang giấy tờ tùy thân ra quầy, cán bộ tra cứu giúp.",
    sentTitle: "Yêu cầu đã được ghi nhận",
    sent: "Nếu các mục trên khớp với dữ liệu và có số điện thoại, mã số sẽ tới trong vài phút.",
    sentWhy: "Trang này nói giống nhau với mọi người, để không ai dò được thông tin của người khác.",
    notComeTitle: "Chưa thấy tin nhắn?",
    notCome: "Xem lại họ tên, ngày sinh và số giấy tờ. Mỗi ngày chỉ nhắn được vài lần.",
    goOnHint: "Không cần chờ: chọn “Tôi không biết mã số” để khai tiếp, cán bộ sẽ tra cứu giúp.",
    goOn: "Quay lại tờ khai",
    home: "Về trang chủ",
    call: "Cần người giúp, xin gọi",
  },
  {
    title: "Find my insurance number",
    lead: "We send the number to the phone that the insurer has on file.",
    act: "Send me the number",
    counter: "No phone on file? Bring your ID paper to the counter: the officer looks it up.",
    sentTitle: "Your request is recorded",
    sent: "If the details match our records and there is a phone, the number arrives within minutes.",
    sentWhy: "This page says the same to everybody, so that nobody can find out about others.",
    notComeTitle: "No message?",
    notCome: "Check name, birth date and paper number. It is sent a few times a day at most.",
    goOnHint: "No need to wait: choose “I do not know it” and go on; the officer looks it up.",
    goOn: "Back to the declaration",
    home: "To the start page",
    call: "For help from a person, call",
  },
);
