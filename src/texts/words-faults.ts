import { catalogue } from "../kernel/words.ts";

/** What is wrong with new words, and what to do. `what`: the very words, names or numbers that are meant. */
export const faultWords = catalogue(
  {
    empty: (_: string) => "Chưa có nội dung. Hãy viết phần này.",
    too_long: (what: string) => `Dài quá ${what} ký tự. Hãy viết ngắn lại.`,
    brace_open: (what: string) =>
      `Dấu ngoặc nhọn chưa khép ở “${what}”. Giá trị viết liền trong ngoặc, ví dụ {code}, không có khoảng trắng.`,
    name_unknown: (what: string) => `Mẫu này không có ${what}. Hãy dùng tên trong bảng giá trị.`,
    name_missing: (what: string) => `Thiếu ${what}. Người nhận cần giá trị này.`,
    secret_in_subject: (what: string) => `Không ghi ${what} ở tiêu đề: ai nhìn màn hình khóa cũng đọc được.`,
    sign_unsendable: (what: string) => `Tin nhắn không gửi được ký tự: ${what}. Hãy bỏ hoặc thay bằng chữ.`,
    link: (what: string) =>
      `“${what}” bị điện thoại hiểu là đường dẫn. Hãy bỏ đường dẫn, hoặc thêm khoảng trắng sau dấu chấm.`,
    health: (what: string) => `Không nói về sức khỏe trong tin: “${what}”. Người đứng cạnh cũng đọc được.`,
    not_free: (_: string) => "Tin nhắn phải nói rõ là “miễn phí”.",
    sms_too_long: (what: string) => `Với giá trị dài nhất, tin dài quá một tin ${what} ký tự. Hãy viết ngắn lại.`,
    sms_no_room: (what: string) =>
      `Chỗ cho tên cơ quan hoặc căn cứ còn quá ít. Hãy bớt ít nhất ${what} ký tự ở lời khác.`,
    subject_too_long: (what: string) => `Với giá trị dài nhất, tiêu đề dài quá ${what} ký tự. Hãy viết ngắn lại.`,
    push_too_long: (what: string) => `Màn hình khóa không đủ chỗ: dài quá ${what} ký tự. Hãy viết ngắn lại.`,
    unchanged: (_: string) => "Chưa có gì khác với bản đang xem. Hãy sửa rồi lưu.",
    note_long: (_: string) => "Ghi chú dài quá 300 ký tự.",
    reason_missing: (_: string) => "Chưa có lý do. Hãy viết một câu.",
    reason_long: (_: string) => "Lý do dài quá 300 ký tự.",
    day_unknown: (_: string) => "Không có ngày này. Hãy nhập ngày, tháng, năm, hoặc để trống cả ba ô.",
    day_past: (_: string) => "Ngày bắt đầu đã qua. Hãy chọn từ hôm nay trở đi.",
    own_words: (_: string) => "Bản này do chính Ông/Bà soạn. Người khác phải duyệt hoặc từ chối.",
    not_allowed: (_: string) => "Bản này vừa sang trạng thái khác. Trang dưới đây là trạng thái mới nhất.",
  },
  {
    empty: (_: string) => "There are no words. Write this part.",
    too_long: (what: string) => `Longer than ${what} characters. Make it shorter.`,
    brace_open: (what: string) =>
      `A brace is not closed at “${what}”. A value is one word in braces, such as {code}, without spaces.`,
    name_unknown: (what: string) => `This text has no ${what}. Use the names in the table of values.`,
    name_missing: (what: string) => `${what} is missing. The recipient needs it.`,
    secret_in_subject: (what: string) => `No ${what} in the subject: a locked screen shows it to everybody.`,
    sign_unsendable: (what: string) => `A text message cannot carry: ${what}. Leave it out or use words.`,
    link: (what: string) =>
      `Telephones take “${what}” for a link. Leave links out, or put a space after the full stop.`,
    health: (what: string) => `Nothing about health in a message: “${what}”. Whoever stands near reads it too.`,
    not_free: (_: string) => "The text message must say that it is free: “mien phi”.",
    sms_too_long: (what: string) => `With the longest values it is ${what} characters too long for one message.`,
    sms_no_room: (what: string) => `Too little room for office or grounds. Cut at least ${what} characters elsewhere.`,
    subject_too_long: (what: string) => `With the longest values the subject is ${what} characters too long.`,
    push_too_long: (what: string) =>
      `A locked screen has no room for it: ${what} characters too long. Make it shorter.`,
    unchanged: (_: string) => "Nothing differs from the version shown. Change it, then save.",
    note_long: (_: string) => "The note is longer than 300 characters.",
    reason_missing: (_: string) => "There is no reason. Write one sentence.",
    reason_long: (_: string) => "The reason is longer than 300 characters.",
    day_unknown: (_: string) => "There is no such day. Give day, month and year, or leave all three empty.",
    day_past: (_: string) => "That day has passed. Choose today or later.",
    own_words: (_: string) => "You wrote this version. Somebody else must approve it or turn it down.",
    not_allowed: (_: string) => "This version has just changed its state. The page below shows the newest.",
  },
);
