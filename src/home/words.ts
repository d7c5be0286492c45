import { catalogue } from "../kernel/words.ts";

export const words = catalogue(
  {
    title: "Tài khoản số bảo hiểm xã hội",
    heading: "Sổ bảo hiểm của Ông/Bà, trong tầm tay",
    lead: "Một nơi để xem thẻ bảo hiểm y tế, quá trình đóng, quyền lợi và các lần khám bệnh.",
    register: "Đăng ký tài khoản",
    signIn: "Đăng nhập",
    openAccount: "Mở tài khoản của tôi",
    effort: "Khai khoảng 6 phút. Miễn phí.",
    how: {
      title: "Bốn bước để có tài khoản",
      items: [
        ["Khai trên mạng", "Mỗi trang hỏi một việc. Có thể dừng và làm tiếp sau."],
        ["In và ký tờ khai (mẫu 01)", "Không có máy in? Cán bộ bảo hiểm xã hội in giúp tại quầy."],
        [
          "Nộp tại cơ quan bảo hiểm xã hội",
          "Nộp trong 10 ngày kể từ ngày xác nhận. Mang theo giấy tờ tùy thân bản gốc.",
        ],
        ["Nhận kết quả qua tin nhắn", "Chậm nhất 15 phút sau khi cán bộ nhận đủ hồ sơ."],
      ],
    },
    athand: {
      title: "Chuẩn bị sẵn",
      items: [
        "Căn cước, chứng minh nhân dân hoặc hộ chiếu",
        "Số điện thoại đang dùng",
        "Mã số BHXH, nếu nhớ (10 chữ số)",
        "Địa chỉ nơi đang ở",
      ],
    },
    who: {
      title: "Ai đăng ký được?",
      items: [
        "Người có giấy tờ tùy thân và tham gia BHXH, BHYT hoặc BHTN.",
        "Cha, mẹ hoặc người giám hộ, đăng ký cho con hay người được giám hộ.",
        "Người khai giúp người thân; chính người thân ký tờ khai.",
      ],
    },
    resume: {
      title: "Đã khai rồi?",
      act: "Xem lại tờ khai",
    },
    scam: {
      title: "Cẩn thận kẻ mạo danh",
      body: "Cơ quan BHXH không gọi điện hay nhắn Zalo xin mã xác nhận, mật khẩu hoặc tiền. Đừng cài ứng dụng từ đường dẫn lạ.",
    },
    help: {
      title: "Cần người giúp?",
      call: "Gọi tổng đài",
      visit: "Hoặc đến cơ quan bảo hiểm xã hội gần nhất. Cán bộ khai giúp tại quầy.",
      more: "Câu hỏi thường gặp",
    },
  },
  {
    title: "Digital social insurance account",
    heading: "Your insurance record, close at hand",
    lead: "See your health insurance card, contributions, benefits and visits in one place.",
    register: "Register an account",
    signIn: "Sign in",
    openAccount: "Open my account",
    effort: "Takes about 6 minutes. Free of charge.",
    how: {
      title: "Four steps to your account",
      items: [
        ["Declare online", "One question a page. You can stop and come back later."],
        ["Print and sign the declaration (form 01)", "No printer? The officer prints it for you at the counter."],
        [
          "Hand it in at a Social Insurance office",
          "Within 10 days of confirming. Bring the original of your identity paper.",
        ],
        ["Get the outcome by text message", "At most 15 minutes after the officer has your complete file."],
      ],
    },
    athand: {
      title: "Have at hand",
      items: [
        "Your identity card or passport",
        "The phone number you use",
        "Your social insurance number, if you know it (10 digits)",
        "Your present address",
      ],
    },
    who: {
      title: "Who can register?",
      items: [
        "People with an identity paper who have social, health or unemployment insurance.",
        "A parent or guardian, for a child or ward.",
        "Someone helping a relative; the relative signs the form.",
      ],
    },
    resume: {
      title: "Already declared?",
      act: "See your declaration",
    },
    scam: {
      title: "Beware of impostors",
      body: "Social Insurance never calls or messages to ask for codes, passwords or money. Do not install apps from unknown links.",
    },
    help: {
      title: "Need a person to help?",
      call: "Call the hotline",
      visit: "Or visit the nearest Social Insurance office. An officer fills in the form with you.",
      more: "Common questions",
    },
  },
);
