import { catalogue } from "../kernel/words.ts";

export const words = catalogue(
  {
    title: "Trợ giúp",
    lead: "Năm câu được hỏi nhiều nhất. Chưa rõ? Hãy gọi, có người trả lời.",
    questions: [
      [
        "Tôi không có máy in thì nộp tờ khai thế nào?",
        "Cứ đến cơ quan bảo hiểm xã hội (BHXH). Đọc mã tờ khai, cán bộ in giúp. Ông/Bà ký tại quầy.",
      ],
      [
        "Quá 10 ngày mà chưa nộp thì sao?",
        "Tờ khai tự động hủy để bảo vệ dữ liệu của Ông/Bà. Ông/Bà khai lại tờ mới được ngay.",
      ],
      [
        "Tôi nộp rồi mà chưa nhận được tin nhắn?",
        "Kết quả được gửi chậm nhất 15 phút sau khi nhận đủ hồ sơ. Hãy mở mục xem tờ khai đã nộp. Nếu số điện thoại khai sai, hãy gọi tổng đài.",
      ],
      [
        "Tôi quên mật khẩu, không có thư điện tử?",
        "Lấy lại qua tin nhắn tới số điện thoại đã đăng ký. Đổi số rồi thì mang giấy tờ tùy thân đến quầy, cán bộ cấp lại.",
      ],
      [
        "Thông tin về tôi hiển thị sai?",
        "Mỗi thông tin có ghi nguồn và ngày cập nhật. Hãy gọi tổng đài hoặc đến cơ quan BHXH để báo sai.",
      ],
    ],
    track: "Xem tờ khai đã nộp",
    recover: "Lấy lại mật khẩu",
    callTitle: "Gọi tổng đài",
    callBody: "Chuẩn bị sẵn mã tờ khai. Không đọc mật khẩu hay mã xác nhận cho bất kỳ ai, kể cả cán bộ.",
    visitTitle: "Đến gặp cán bộ",
    visitBody: "Mang theo giấy tờ tùy thân bản gốc. Cán bộ khai giúp, in giúp và giải thích tại quầy.",
    find: "Tìm cơ quan BHXH, nơi khám gần nhà",
    checkPaper: "Nhận được bản kê của người khác? Kiểm tra thật giả",
    letters: "Nhận công văn: đọc và ký nhận bằng mã",
  },
  {
    title: "Help",
    lead: "The five questions asked most. Still unsure? Call, a person will answer.",
    questions: [
      [
        "I have no printer. How do I hand in the declaration?",
        "Just go to the Social Insurance office. Give the file code and the officer prints the form. You sign at the counter.",
      ],
      [
        "What if I do not hand it in within 10 days?",
        "The declaration lapses by itself to protect your data. You can declare again at once.",
      ],
      [
        "I handed it in but got no message?",
        "The outcome is sent at most 15 minutes after your complete file is received. Look at your declaration here. If the phone number was wrong, call the hotline.",
      ],
      [
        "I forgot my password and have no e-mail?",
        "Recover it by text message to your registered phone. If your number has changed, bring your identity paper to the counter.",
      ],
      [
        "Something shown about me is wrong?",
        "Every fact shows its source and date. Call the hotline or visit the office to report it.",
      ],
    ],
    track: "See your declaration",
    recover: "Recover your password",
    callTitle: "Call the hotline",
    callBody: "Have your file code ready. Never tell anybody your password or a code, not even an officer.",
    visitTitle: "See an officer",
    visitBody: "Bring the original of your identity paper. An officer fills in, prints and explains at the counter.",
    find: "Find an office or a place for care near home",
    checkPaper: "Were you given a paper by somebody? Check it",
    letters: "Letters received: read and sign with a code",
  },
);
