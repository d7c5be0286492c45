import { catalogue } from "../kernel/words.ts";

/** Pictures that people send: why one is not taken, and how a better one is made. */
export const pictureWords = catalogue(
  {
    faults: {
      image_missing: "Chọn ảnh trước khi gửi.",
      image_too_large: "Ảnh quá 5 MB. Chụp lại ở cỡ nhỏ hơn.",
      image_kind: "Tệp này không phải ảnh JPEG hay PNG.",
      image_heic: "Ảnh HEIC của iPhone chưa đọc được. Chụp màn hình ảnh đó rồi gửi.",
      image_pdf: "Đây là tệp PDF. Chụp ảnh màn hình trang đó rồi gửi.",
      image_broken: "Ảnh bị hỏng, không mở được. Chụp ảnh khác.",
      image_pixels: "Ảnh quá lớn: tối đa 40 triệu điểm ảnh. Chụp lại ở cỡ nhỏ hơn.",
      image_small: "Ảnh quá nhỏ, không đọc được chữ. Chụp lại gần hơn.",
      image_busy: "Đang có nhiều ảnh được gửi cùng lúc. Tờ khai vẫn còn nguyên: đợi vài giây, chọn lại ảnh rồi gửi.",
      image_spent:
        "Hôm nay tờ khai này đã gửi đủ số ảnh. Ảnh gửi trước vẫn còn. Mai gửi tiếp, hoặc mang giấy tờ đến nơi nộp.",
    },
    doubts: {
      picture_small: "Ảnh hơi nhỏ: đưa máy lại gần hơn.",
      picture_blurred: "Ảnh bị mờ: giữ yên máy, chạm vào thẻ để lấy nét.",
      picture_glare: "Ảnh bị lóa: nghiêng thẻ, tránh đèn.",
      picture_dark: "Ảnh bị tối: ra chỗ sáng hơn rồi chụp lại.",
    },
    good: "Ảnh rõ.",
  },
  {
    faults: {
      image_missing: "Choose a picture first.",
      image_too_large: "The picture is over 5 MB. Take a smaller one.",
      image_kind: "This file is not a JPEG or PNG picture.",
      image_heic: "An iPhone's HEIC picture cannot be read. Take a screenshot of it and send that.",
      image_pdf: "This is a PDF. Take a screenshot of the page and send that.",
      image_broken: "The picture is broken and cannot be opened. Take another one.",
      image_pixels: "The picture is too large: 40 million points at most. Take a smaller one.",
      image_small: "The picture is too small to read. Go closer.",
      image_busy: "Many pictures are being sent. Your declaration is safe: wait a few seconds, choose again and send.",
      image_spent:
        "This declaration has sent all its pictures for today. Those sent before are kept. Go on tomorrow, or bring the paper.",
    },
    doubts: {
      picture_small: "The picture is rather small: bring the phone closer.",
      picture_blurred: "The picture is blurred: hold still and tap the card to focus.",
      picture_glare: "There is glare: tilt the card and avoid the lamp.",
      picture_dark: "The picture is dark: go where there is more light.",
    },
    good: "The picture is clear.",
  },
);
