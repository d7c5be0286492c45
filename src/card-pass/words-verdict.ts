import { catalogue } from "../kernel/words.ts";

/** What a verifying page says of a code; the same on the server and on a phone without a network. */
export const verdictWords = catalogue(
  {
    verdicts: {
      valid: { title: "Mã thật, còn hạn", help: "So họ tên với giấy tờ tùy thân của người bệnh." },
      expired: {
        title: "Mã đã hết hạn",
        help: "Mã thật nhưng đã quá giờ, có thể là ảnh chụp lại. Đề nghị người bệnh bấm “Lấy mã mới”.",
      },
      early: {
        title: "Đồng hồ không khớp",
        help: "Mã được cấp sau giờ đang dùng để kiểm tra. Xin chỉnh ngày giờ của máy này rồi kiểm tra lại.",
      },
      unknown_key: {
        title: "Chưa kiểm tra được chữ ký",
        help: "Máy này chưa có khóa để kiểm tra mã này. Nối mạng, mở lại trang rồi kiểm tra. Nếu vẫn vậy, đây không phải mã của hệ thống.",
      },
      not_ours: {
        title: "Không phải mã của hệ thống",
        help: "Chữ ký không đúng, hoặc đây là mã khác. Đọc số thẻ để tra cứu theo cách thường làm.",
      },
    },
    number: "Số thẻ",
    name: "Họ tên",
    validity: "Giá trị sử dụng",
    from: (day: string) => `từ ${day}`,
    until: "Mã dùng được đến",
    byPhone: (at: string) => `Tính theo giờ của máy này: ${at}. Nếu giờ này sai, kết quả cũng sai.`,
    byServer: (at: string) => `Tính theo giờ của máy chủ: ${at}.`,
    clockOff: (span: string, at: string) => `Đồng hồ của máy này lệch ${span}. Đã dùng giờ của máy chủ: ${at}.`,
    hours: (count: number) => `khoảng ${count} giờ`,
    minutes: (count: number) => `khoảng ${count} phút`,
    noCamera: "Không mở được máy ảnh. Hãy chọn ảnh hoặc dán nội dung của mã.",
    noCode: "Chưa thấy mã QR. Đưa mã vào giữa khung hình, đủ sáng.",
    hold: "Đưa mã vào giữa khung hình.",
    noKeys: "Trang này cần mở một lần khi có mạng để lấy khóa kiểm tra.",
  },
  {
    verdicts: {
      valid: { title: "Genuine, and still holds", help: "Compare the name with the patient's identity paper." },
      expired: {
        title: "The code has ended",
        help: "It is genuine but too old, perhaps a copied picture. Ask the patient to press “Get a new code”.",
      },
      early: {
        title: "The clocks do not agree",
        help: "The code was made after the time used here. Please set the clock of this phone and verify again.",
      },
      unknown_key: {
        title: "The signature could not be verified",
        help: "This phone does not have the key. Connect to a network, open the page again and verify. If that does not help, the code is not ours.",
      },
      not_ours: {
        title: "Not a code of this system",
        help: "The signature is wrong, or it is another kind of code. Look the card number up in the usual way.",
      },
    },
    number: "Card number",
    name: "Name",
    validity: "Valid",
    from: (day) => `from ${day}`,
    until: "The code holds until",
    byPhone: (at) => `By the clock of this phone: ${at}. If that is wrong, so is the result.`,
    byServer: (at) => `By the clock of the server: ${at}.`,
    clockOff: (span, at) => `The clock of this phone is ${span} off. The server's was used: ${at}.`,
    hours: (count) => `about ${count} hours`,
    minutes: (count) => `about ${count} minutes`,
    noCamera: "The camera did not open. Choose a picture or paste what the code says.",
    noCode: "No QR code seen. Hold the code in the middle, in good light.",
    hold: "Hold the code in the middle of the picture.",
    noKeys: "This page must be opened once with a network, to fetch the keys.",
  },
);
