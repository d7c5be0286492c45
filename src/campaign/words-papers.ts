import { catalogue } from "../kernel/words.ts";

/** What hangs on the wall of a commune is in Vietnamese only. */
export const sheetWords = {
  title: "Mở tài khoản VssID",
  lead: "Thẻ BHYT, quá trình đóng BHXH, chi phí khám chữa bệnh: xem trên điện thoại. Miễn phí.",
  whyTitle: "Mở tài khoản để làm gì?",
  why: [
    "Tự xem mình đã đóng BHXH bao lâu, ở đâu, tháng nào còn thiếu.",
    "Đi khám bằng hình ảnh thẻ BHYT, không lo quên hay mất thẻ giấy.",
    "Biết mỗi lần khám hết bao nhiêu, quỹ trả bao nhiêu, mình trả bao nhiêu.",
  ],
  stepsTitle: "Bốn bước",
  steps: [
    "Quét mã, khai tờ khai mẫu số 01, rồi xác nhận. Không có điện thoại thì nhờ đầu mối khai giúp.",
    "In tờ khai, ký và ghi rõ họ tên. Không có máy in thì cán bộ in giúp.",
    "Nộp tại cơ quan BHXH trong 10\u00a0ngày.",
    "Nhận mã kích hoạt qua tin nhắn, đăng nhập, đặt mật\u00a0khẩu riêng.",
  ],
  scan: "Quét để khai",
  qrAlt: "Mã QR dẫn tới cổng VssID",
  daysTitle: "Nhớ hạn 10 ngày",
  days: "Tính từ lúc xác nhận. Quá hạn chưa nộp, tờ khai tự hủy và phải khai lại.",
  bringTitle: "Mang theo",
  bring: "Tờ khai đã ký, và bản gốc căn cước, chứng minh nhân dân hoặc hộ chiếu.",
  phoneLabel: "Điện thoại:",
  hotlineLabel: "Tổng đài:",
  scam: "BHXH không gọi điện, không nhắn Zalo xin mã, mật khẩu hay tiền. Ai xin là lừa\u00a0đảo.",
  madeUp: "BẢN TRÌNH DIỄN: đơn vị và cơ quan đều là mẫu",
  noSeal: "Tờ này do hệ thống trình diễn làm ra. Không có dấu và không phải văn bản của cơ quan nào.",
} as const;

/** The list of a desk day. */
export const deskWords = catalogue(
  {
    title: "Số thứ tự ngày hỗ trợ",
    madeUp: "BẢN TRÌNH DIỄN: đơn vị là mẫu",
    unit: "Đơn vị",
    place: "Nơi hỗ trợ",
    when: "Thời gian",
    given: "Đã phát",
    no: "Số",
    at: "Phát lúc",
    remark: "Ghi chú",
    note: "Không ghi số giấy tờ của người dân vào tờ này.",
  },
  {
    title: "Queue numbers of the desk day",
    madeUp: "DEMO: the unit is made up",
    unit: "Unit",
    place: "Place",
    when: "Time",
    given: "Given",
    no: "No.",
    at: "Given at",
    remark: "Remark",
    note: "Do not write numbers of people's papers on this sheet.",
  },
);
