import { catalogue } from "../kernel/words.ts";

/** Version 2 of the privacy notice: what is done by law and what by consent are told apart, with the terms of each right. */
export const notice2 = catalogue(
  {
    title: "Bảo vệ dữ liệu cá nhân",
    lead: "Trang này nói chúng tôi giữ gì, để làm gì, và Ông/Bà có quyền gì.",
    parts: [
      [
        "Việc làm theo luật, không hỏi đồng ý",
        [
          "Nhận tờ khai mẫu 01, đối chiếu với giấy tờ tùy thân, cấp tài khoản.",
          "Lưu bản chụp giấy tờ tùy thân cùng tờ khai. Bản chụp được mã hóa.",
          "Gửi kết quả bằng tin nhắn tới số điện thoại đã đăng ký.",
          "Cho Ông/Bà xem dữ liệu bảo hiểm xã hội (BHXH) về thẻ, quá trình đóng, quyền lợi, khám bệnh.",
          "Ghi lại mỗi lần xem hồ sơ: ai, lúc nào, để làm gì. Sổ ghi này không sửa được.",
        ],
      ],
      [
        "Việc chỉ làm khi Ông/Bà đồng ý",
        [
          "Thông báo trên máy.",
          "Gửi thêm qua thư điện tử.",
          "Ảnh tự gửi kèm tờ khai. Ảnh được mã hóa, xóa cùng các câu trả lời.",
          "Đồng ý hay rút lại đều ở mục “Sự đồng ý của tôi” trong tài khoản. Không ô nào được chọn sẵn.",
        ],
      ],
      [
        "Ai được xem",
        [
          "Ông/Bà, sau khi đăng nhập; người giám hộ đã được cơ quan BHXH xác nhận.",
          "Cán bộ xử lý hồ sơ của Ông/Bà, đúng việc được giao.",
          "Người cầm bản kê Ông/Bà đưa: chỉ thấy chữ đầu họ tên và các số tổng, nhờ mã in trên giấy.",
          "Không dùng để quảng cáo. Không bán cho bất kỳ ai.",
        ],
      ],
      [
        "Quyền của Ông/Bà",
        [
          "Xem và lấy bản sao dữ liệu: tải ngay trong tài khoản.",
          "Xem ai đã xem hồ sơ: trong tài khoản.",
          "Yêu cầu sửa thông tin sai: bấm “báo sai” bên cạnh thông tin đó.",
          "Rút lại sự đồng ý: có hiệu lực ngay.",
          "Yêu cầu xóa: được trả lời trong 2 ngày làm việc, xong trong 20 ngày. Phần luật buộc giữ thì nói rõ.",
          "Khiếu nại khi cho rằng dữ liệu bị dùng sai.",
        ],
      ],
      [
        "Trên thiết bị này",
        [
          "Chúng tôi chỉ dùng cookie cần để trang hoạt động: đăng nhập, tờ khai đang làm, ngôn ngữ, cỡ chữ.",
          "Ảnh để quét thẻ được đọc ngay trên thiết bị, không gửi đi đâu.",
          "Không có công cụ theo dõi của bên thứ ba.",
          "Nếu Ông/Bà bật thông báo: dịch vụ của hãng trình duyệt (có thể ở nước ngoài) chuyển câu đã mã hóa, không đọc được.",
          "Tắt thông báo hoặc đăng xuất thì địa chỉ của máy bị xóa.",
        ],
      ],
    ],
    law: "Căn cứ: Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, điều 4 và điều 19; Nghị định 356/2025/NĐ-CP, điều 5.",
    ask: "Muốn thực hiện các quyền trên mà chưa có tài khoản? Gọi tổng đài 1900 9068 hoặc đến cơ quan BHXH.",
  },
  {
    title: "Personal data protection",
    lead: "This page says what we keep, what for, and what your rights are.",
    parts: [
      [
        "Done by law, without asking",
        [
          "Taking form 01, comparing it with your identity paper, issuing the account.",
          "Filing a copy of the identity paper with the declaration. The copy is encrypted.",
          "Sending the outcome by text message to your registered phone.",
          "Showing you what Social Insurance records about your card, contributions, benefits and visits.",
          "Recording every look at your record: who, when and why. That record cannot be altered.",
        ],
      ],
      [
        "Done only with your consent",
        [
          "Notices on your device.",
          "E-mail beside text messages.",
          "Pictures that you choose to send with form 01. They are encrypted and deleted with your answers.",
          "Give or take back consent under “My consents” in the account. Nothing is ticked beforehand.",
        ],
      ],
      [
        "Who can see it",
        [
          "You, after signing in; a guardian whom Social Insurance has confirmed.",
          "The officers who handle your file, for that task only.",
          "Whoever holds a paper that you gave them: initials and totals only, by the code on the paper.",
          "It is not used for advertising and not sold to anyone.",
        ],
      ],
      [
        "Your rights",
        [
          "To see your data and take a copy: at once, in the account.",
          "To see who looked at your record: in the account.",
          "To have wrong facts corrected: press “report” beside the fact.",
          "To take consent back: it takes effect at once.",
          "To ask for deletion: answered in 2 working days, done in 20 days. What the law keeps is said plainly.",
          "To complain when you think your data were misused.",
        ],
      ],
      [
        "On this device",
        [
          "We use only the cookies the pages need: sign-in, your open declaration, language, text size.",
          "A picture for scanning a card is read on the device itself and sent nowhere.",
          "There are no third-party trackers.",
          "Notices, if you switch them on, travel sealed through the browser maker's service, possibly abroad.",
          "When you switch them off or sign out, the address of the device is deleted.",
        ],
      ],
    ],
    law: "Legal basis: Law on Personal Data Protection No. 91/2025/QH15, arts. 4 and 19; Decree 356/2025/NĐ-CP, art. 5.",
    ask: "No account yet? To use these rights, call 1900 9068 or visit a Social Insurance office.",
  },
);
