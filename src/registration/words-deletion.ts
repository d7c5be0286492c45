import { catalogue } from "../kernel/words.ts";

/** Deleting a draft: the question before it, and the page after it. */
export const deletionWords = catalogue(
  {
    act: "Xóa tờ khai này",
    elsewhere: "Muốn xóa tờ khai đang làm dở? Mở tờ khai rồi chọn “Xóa tờ khai này”.",
    title: "Xóa tờ khai này?",
    body: (code: string) => `Xóa tờ khai ${code} cùng mọi câu trả lời và ảnh đã gửi. Việc này không hoàn lại được.`,
    keep: "Chưa muốn xóa? Tờ khai được giữ 30 ngày kể từ câu trả lời gần nhất.",
    yes: "Xóa tờ khai",
    no: "Không, giữ lại",
    done: {
      title: "Đã xóa tờ khai",
      what: "Mọi câu trả lời và ảnh đã gửi không còn trên hệ thống.",
      left: "Chỉ còn mã tờ khai, thời điểm khai và xóa, và các tin nhắn đã gửi nếu có.",
      anew: "Khai tờ khai mới",
      home: "Về trang đầu",
    },
    elsewhereDone: { title: "Tờ khai này đã xóa", what: "Câu trả lời không còn. Ông/Bà có thể khai tờ khai mới." },
  },
  {
    act: "Delete this declaration",
    elsewhere: "To delete one that is not finished, open it and choose “Delete this declaration”.",
    title: "Delete this declaration?",
    body: (code: string) => `Declaration ${code} goes with every answer and picture. This cannot be undone.`,
    keep: "Not yet? It is kept for 30 days after the latest answer.",
    yes: "Delete it",
    no: "No, keep it",
    done: {
      title: "The declaration is deleted",
      what: "Every answer and picture that was sent is gone from the system.",
      left: "Only its code, the times of writing and deleting, and messages sent, if any, are left.",
      anew: "Start a new declaration",
      home: "To the first page",
    },
    elsewhereDone: {
      title: "This declaration is deleted",
      what: "The answers are gone. You may start a new declaration.",
    },
  },
);
