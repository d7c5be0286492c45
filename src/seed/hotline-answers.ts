import type { AnswerWords } from "../hotline/rules-answers.ts";

const answer = (category: string, vi: readonly [string, string], en: readonly [string, string]): AnswerWords => ({
  category,
  questionVi: vi[0],
  bodyVi: vi[1],
  questionEn: en[0],
  bodyEn: en[1],
});

/** What people really ask, in our own words. */
export const answers: readonly AnswerWords[] = [
  answer(
    "password",
    [
      "Tôi quên mật khẩu thì làm thế nào?",
      "Mở mục Lấy lại mật khẩu, nhập mã số BHXH. Mã được nhắn đến số điện thoại đã đăng ký. Không mất tiền.",
    ],
    [
      "I forgot my password. What now?",
      "Open Recover your password and enter your insurance number. A code goes to your registered telephone. It is free.",
    ],
  ),
  answer(
    "password",
    [
      "Sim cũ không dùng nữa, lấy lại mật khẩu bằng cách nào?",
      "Xin mang giấy tờ tùy thân bản gốc đến cơ quan BHXH gần nhất. Cán bộ đổi số điện thoại rồi cấp mã mới tại quầy.",
    ],
    [
      "My old SIM is gone. How do I get back in?",
      "Bring your original ID paper to the nearest BHXH office. An officer changes the telephone and gives you a new code.",
    ],
  ),
  answer(
    "password",
    [
      "Mật khẩu được cấp không dùng được?",
      "Mã kích hoạt chỉ dùng một lần và có hạn giờ. Hết hạn thì bấm gửi lại mã ở trang đăng nhập, rồi tự đặt mật khẩu mới.",
    ],
    [
      "The password I was given does not work?",
      "The activation code works once and for some hours. When it has ended, ask for another on the sign-in page.",
    ],
  ),
  answer(
    "not_arrived",
    [
      "Nộp tờ khai rồi mà chưa có tin nhắn?",
      "Kết quả được gửi chậm nhất 15 phút sau khi nhận đủ hồ sơ. Xem tờ khai bằng mã và ngày sinh. Sai số điện thoại thì báo tại quầy.",
    ],
    [
      "I handed in my form. Why is there no message?",
      "The result is sent within 15 minutes of the complete file. Look at your form by its code and your birth date.",
    ],
  ),
  answer(
    "registration",
    [
      "Tôi không có máy in, nộp tờ khai thế nào?",
      "Cứ đến cơ quan BHXH và đọc mã tờ khai. Cán bộ in giúp, Ông/Bà ký tại quầy. Nhớ mang giấy tờ tùy thân đã khai.",
    ],
    [
      "I have no printer. How do I hand in the form?",
      "Go to a BHXH office and read out the code. An officer prints it and you sign there. Bring the ID paper you declared.",
    ],
  ),
  answer(
    "registration",
    [
      "Quá 10 ngày chưa nộp tờ khai thì sao?",
      "Tờ khai tự động hủy để giữ an toàn dữ liệu. Trong 30 ngày sau đó, Ông/Bà khai lại được với câu trả lời cũ.",
    ],
    [
      "What if I do not hand it in within 10 days?",
      "The form lapses, to protect your data. For 30 days you can declare again with your old answers.",
    ],
  ),
  answer(
    "differs",
    [
      "Dữ liệu còn số CMND cũ hoặc sai ngày sinh?",
      "Mang căn cước bản gốc, giấy khai sinh hoặc giấy xác nhận số CMND đến cơ quan BHXH. Sửa xong thì khai lại tờ khai.",
    ],
    [
      "The record has my old ID number or a wrong birth date?",
      "Bring your ID card and your birth certificate to a BHXH office. Once it is put right, declare again.",
    ],
  ),
  answer(
    "years",
    [
      "Công ty trừ lương nhưng không thấy tháng đóng?",
      "Tháng chưa đóng hiện rõ trong mục Quá trình. Bấm báo sai tại tháng đó. Cơ quan BHXH hỏi đơn vị rồi trả lời Ông/Bà.",
    ],
    [
      "My pay was cut but a month is missing?",
      "Unpaid months are shown under Participation. Report the month there. The office asks the employer and answers you.",
    ],
  ),
  answer(
    "visits",
    [
      "Có lượt khám không phải của tôi?",
      "Mở lượt khám đó và bấm Không đi khám lần này. Vụ việc được chuyển đến cơ quan BHXH và có ngày trả lời.",
    ],
    [
      "There is a visit that was not mine?",
      "Open the visit and press There was no such visit. The case goes to the office, with a day for the answer.",
    ],
  ),
  answer(
    "card",
    [
      "Thẻ của người hưu trí ghi đến 31/12, có phải đóng tiền để gia hạn?",
      "Không. Quỹ đóng cho người hưởng lương hưu, thẻ được gia hạn tự động. Đừng chuyển tiền cho người tự nhận gia hạn giúp.",
    ],
    [
      "A pensioner's card ends on 31 December. Must I pay to renew it?",
      "No. The fund pays for pensioners and the card is renewed by itself. Send no money to anybody who offers to renew it.",
    ],
  ),
  answer(
    "children",
    [
      "Con tôi chưa có số điện thoại thì đăng ký thế nào?",
      "Chọn khai cho con. Tài khoản của con mở từ tài khoản của cha, mẹ, không cần số riêng. Mang giấy khai sinh khi nộp.",
    ],
    [
      "My child has no telephone. How do I register them?",
      "Choose to declare for a child. The record opens from a parent's account. Bring the birth certificate when handing in.",
    ],
  ),
  answer(
    "fraud",
    [
      "Có người gọi, tự xưng cán bộ, bảo cài bản VssID mới?",
      "Đó là lừa đảo. BHXH không gọi để hỏi mật khẩu, mã hay bảo cài ứng dụng. Xin ngắt máy, gọi 1900 9068 và báo công an.",
    ],
    [
      "Somebody calls as an officer and wants me to install a new VssID?",
      "It is a fraud. BHXH never calls to ask for a password or code. Hang up, call 1900 9068 and tell the police.",
    ],
  ),
];
