import type { Lang } from "../kernel/words.ts";

/** Names of the fields of the copy. In English the keys themselves read as English. */
const labels: Record<string, string> = {
  fullName: "Họ và tên",
  birthOn: "Ngày sinh",
  birthPrecision: "Biết ngày sinh đến",
  sex: "Giới tính (1 nam, 2 nữ)",
  nationality: "Quốc tịch",
  managedBy: "Nơi quản lý",
  kind: "Loại",
  number: "Số",
  validFrom: "Từ ngày",
  validTo: "Đến ngày",
  issuedOn: "Ngày cấp",
  issuedBy: "Nơi cấp",
  status: "Tình trạng",
  activatedAt: "Cấp lúc",
  firstSignInAt: "Đăng nhập lần đầu",
  lastSignInAt: "Đăng nhập lần cuối",
  passwordSetOn: "Đặt mật khẩu ngày",
  lang: "Ngôn ngữ",
  at: "Lúc",
  reference: "Số xác nhận",
  source: "Ở đâu",
  grounds: "Căn cứ",
  value: "Giá trị",
  from: "Từ",
  to: "Đến",
  verifiedAt: "Xác nhận lúc",
  device: "Thiết bị",
  since: "Từ lúc",
  lastSeen: "Dùng lần cuối",
  endsAt: "Hết hạn",
  version: "Bản số",
  isGiven: "Đồng ý",
  code: "Mã tờ khai",
  begunAt: "Bắt đầu",
  confirmedAt: "Xác nhận",
  receivedAt: "Tiếp nhận",
  decidedAt: "Quyết định",
  office: "Cơ quan",
  answers: "Nội dung khai",
  title: "Tiêu đề",
  text: "Nội dung",
  sentTo: "Gửi tới",
  about: "Về",
  says: "Đã viết",
  answer: "Trả lời",
  outcome: "Kết quả",
  year: "Năm",
  expiresOn: "Hết hạn kiểm tra",
  withdrawnAt: "Rút lúc",
  checks: "Số lần kiểm tra",
  answerBy: "Trả lời chậm nhất",
  dueOn: "Xong chậm nhất",
  who: "Ai",
  action: "Việc",
  purpose: "Mục đích",
};

/** "lastSignInAt" → "Đăng nhập lần cuối", "Last sign in at". */
export function fieldName(key: string, lang: Lang): string {
  const known = lang === "vi" ? labels[key] : undefined;
  if (known) return known;
  const text = key.replace(/([A-Z])/g, " $1").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
