import { catalogue } from "../kernel/words.ts";

/** Version 1 of the privacy notice, as it was shown. Never edited: people were told this. */
export const notice1 = catalogue(
  {
    title: "Bảo vệ dữ liệu cá nhân",
    lead: "Trang này nói chúng tôi giữ gì, để làm gì, và Ông/Bà có quyền gì.",
    parts: [
      [
        "Chúng tôi giữ những gì",
        [
          "Thông tin Ông/Bà khai trong tờ khai mẫu 01: giấy tờ tùy thân, họ tên, ngày sinh, số điện thoại, địa chỉ.",
          "Bản chụp giấy tờ tùy thân mà cán bộ lưu cùng tờ khai. Bản chụp được mã hóa.",
          "Ảnh Ông/Bà tự gửi kèm tờ khai, nếu có. Ảnh được mã hóa, xóa cùng các câu trả lời.",
          "Dữ liệu bảo hiểm xã hội (BHXH) về thẻ, quá trình đóng, quyền lợi, khám bệnh.",
        ],
      ],
      [
        "Dùng để làm gì",
        [
          "Đối chiếu tờ khai, cấp tài khoản và gửi kết quả cho Ông/Bà.",
          "Cho Ông/Bà xem thông tin của chính mình hoặc của người Ông/Bà giám hộ.",
          "Không dùng để quảng cáo. Không bán cho bất kỳ ai.",
        ],
      ],
      [
        "Ai được xem",
        [
          "Ông/Bà, sau khi đăng nhập.",
          "Cán bộ xử lý hồ sơ của Ông/Bà, đúng việc được giao.",
          "Mỗi lần xem đều được ghi lại: ai, lúc nào, để làm gì. Sổ ghi này không sửa được.",
        ],
      ],
      [
        "Quyền của Ông/Bà",
        [
          "Được biết, được xem và yêu cầu sửa thông tin sai về mình.",
          "Được rút tờ khai trước khi nộp.",
          "Được khiếu nại khi cho rằng dữ liệu bị dùng sai.",
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
    law: "Căn cứ: Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.",
    ask: "Muốn thực hiện các quyền trên? Gọi tổng đài 1900 9068 hoặc đến cơ quan BHXH.",
  },
  {
    title: "Personal data protection",
    lead: "This page says what we keep, what for, and what your rights are.",
    parts: [
      [
        "What we keep",
        [
          "What you declare in form 01: identity paper, name, birth date, phone number, address.",
          "The copy of your identity paper that the officer files with the declaration. The copy is encrypted.",
          "Pictures that you chose to send with it, if any. They are encrypted and deleted with your answers.",
          "What Social Insurance records about your card, contributions, benefits and visits.",
        ],
      ],
      [
        "What it is used for",
        [
          "To check your declaration, issue your account and send you the outcome.",
          "To show you your own record, or that of a person in your care.",
          "It is not used for advertising and not sold to anyone.",
        ],
      ],
      [
        "Who can see it",
        [
          "You, after signing in.",
          "The officers who handle your file, for that task only.",
          "Every look is recorded: who, when and why. That record cannot be altered.",
        ],
      ],
      [
        "Your rights",
        [
          "To know, to see and to have wrong facts about you corrected.",
          "To withdraw a declaration before handing it in.",
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
    law: "Legal basis: Law on Personal Data Protection No. 91/2025/QH15.",
    ask: "To use these rights, call 1900 9068 or visit a Social Insurance office.",
  },
);
