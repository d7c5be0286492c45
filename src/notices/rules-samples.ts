/** Made-up values of every field of a message: a usual one, and the longest that is ever written into an SMS. */
import type { Lang } from "../kernel/words.ts";
import { needs, type TemplateName } from "./rules-templates.ts";

export const sizes = ["usual", "longest"] as const;
export type Size = (typeof sizes)[number];

interface Sample {
  usual: string;
  longest: string;
}
const same = (text: string): Sample => ({ usual: text, longest: text });

const fileCode: Sample = { usual: "BD-4F7K-92QX", longest: "BD-ZZZZ-ZZZZ" };
const oneTimeCode: Sample = { usual: "481593", longest: "48159263" };
const login = same("•••••••678");
/** Always 19 signs (account/rules-one-time.ts). */
const password = same("bake-metu-haga-4729");
const number = same("7912345678");
/** 22 signs (kernel/check-code.ts); a letter's number has 24 at most (letters/rules.ts). */
const key = same("CV-4F7K-92QX-7H3M-PW5R");
const letter: Sample = { usual: "330/UBND-VX", longest: "1234/UBND-VHXH-KTTH-TCCB" };
/** Always twelve signs in three groups (drive/rules-invitation.ts). */
const invite = same("4F7K-92QX-7H3M");
/** Eight digits at most (mailing/rules-policies.ts). */
const reply: Sample = { usual: "8079", longest: "19009068" };

const vi: Record<string, Sample> = {
  deadline: { usual: "03/12/2026", longest: "Chủ nhật, 23/12/2026" },
  office: {
    usual: "BHXH cơ sở Tuy Phước",
    longest: "Bảo hiểm xã hội cơ sở Phan Rang – Tháp Chàm (Bộ phận một cửa phường Đông Hải)",
  },
  reason: {
    usual: "Chữ ký trên tờ khai chưa có. Xin ký tên rồi nộp lại.",
    longest: `${"Số định danh cá nhân đã khai khác với số trên giấy tờ tùy thân. ".repeat(7)}Xin khai lại.`,
  },
  answer: {
    usual: "Xin mở mục Quên mật khẩu, chọn nhận mã qua tin nhắn.",
    longest: `${"Xin mang giấy tờ tùy thân bản gốc đến cơ quan BHXH gần nhất để được giúp. ".repeat(7)}Miễn phí.`,
  },
  at: same("10:42 23/11/2026"),
  until: { usual: "10:42 24/11/2026", longest: "23:59 23/12/2026" },
  minutes: { usual: "5", longest: "15" },
  device: { usual: "Chrome, Android", longest: "Samsung Internet, Android" },
  contact: same("Số điện thoại"),
  state: { usual: "đã mở lại", longest: "đã ngừng sử dụng" },
  event: { usual: "đã thêm khóa vân tay", longest: "đã khóa một khóa vân tay vì nghi bị sao chép" },
  day: same("23/12/2026"),
  unpaid: {
    usual: "BHXH – Công ty Mẫu: 07/2026 – 09/2026 (số tháng: 3)",
    longest: "BHXH – Công ty trách nhiệm hữu hạn Mẫu Bình An: 07/2026 – 09/2026 (số tháng: 3)\n".repeat(8),
  },
  change: { usual: "đã tạm ngừng", longest: "đã được mở lại" },
  what: { usual: "đặt lại mật khẩu", longest: "xác nhận số điện thoại" },
  tell: { usual: "Không đưa cho ai", longest: "Chỉ đọc cho người đang giúp" },
  subject: {
    usual: "V/v cài đặt ứng dụng VssID",
    longest: `${"V/v cài đặt ứng dụng trên thiết bị di động, ".repeat(5)}đợt hai`,
  },
  place: {
    usual: "Nhà văn hóa xã Mẫu Bình",
    longest: `Nhà văn hóa ${"thôn Mẫu Bình An ".repeat(11)}`,
  },
  unit: { usual: "UBND xã Mẫu Bình", longest: `Công ty trách nhiệm hữu hạn ${"Mẫu Bình An ".repeat(10)}` },
};

const en: Record<string, Sample> = {
  deadline: { usual: "3 December 2026", longest: "Wednesday, 23 September 2026" },
  office: vi.office ?? same(""),
  unit: vi.unit ?? same(""),
  place: vi.place ?? same(""),
  reason: vi.reason ?? same(""),
  answer: vi.answer ?? same(""),
  at: { usual: "10:42 3 May 2026", longest: "23:59 23 September 2026" },
  until: { usual: "10:42 4 May 2026", longest: "23:59 23 September 2026" },
  minutes: vi.minutes ?? same(""),
  device: vi.device ?? same(""),
  contact: same("Your telephone number"),
  state: { usual: "was stopped", longest: "was opened again" },
  event: {
    usual: "a fingerprint key was added",
    longest: "fingerprint and authenticator were removed at a counter",
  },
  day: { usual: "3 May 2026", longest: "23 September 2026" },
  unpaid: vi.unpaid ?? same(""),
  change: { usual: "was suspended", longest: "was opened again" },
  what: { usual: "reset your password", longest: "reset your password" },
  tell: { usual: "Tell nobody", longest: "Read it only to your helper" },
  subject: vi.subject ?? same(""),
};

/** Field or secret → made-up value; `code` is the file's code, or the one-time code where the template sends one. */
export function samplesOf(template: TemplateName, lang: Lang, size: Size): Record<string, string> {
  const { fields, secrets } = needs[template];
  const byLang = lang === "en" ? en : vi;
  const isSecret = (name: string) => (secrets as readonly string[]).includes(name);
  const sampleOf = (name: string) => (name === "code" ? (isSecret(name) ? oneTimeCode : fileCode) : byLang[name]);
  const fixed: Record<string, Sample> = { login, password, number, key, letter, invite, reply };
  return Object.fromEntries(
    [...fields, ...secrets].map((name) => [name, (fixed[name] ?? sampleOf(name) ?? same(""))[size]]),
  );
}
