/** Made-up names in the manner of several of the 54 ethnic groups, with their marks. */
import type { Random } from "./random.ts";

export interface EthnicGroup {
  code: string;
  /** People in a thousand, roughly as in the country. */
  weight: number;
  family: readonly string[];
  /** Own given names; without them the common ones. */
  given?: { male: readonly string[]; female: readonly string[] };
  /** What stands before the name instead of a middle name. */
  prefix?: { male: string; female: string };
}

const split = (text: string) => text.split(" ");

const commonFamily = [
  ...split("Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý"),
  ...split("Đào Đoàn Vương Trịnh Trương Lâm Đinh Mai Tô Cao Tạ Thái Chu Lương Hà Tăng Quách Kiều Nghiêm Khuất"),
];
const middle = {
  male: split("Văn Văn Văn Hữu Đức Minh Quốc Công Xuân Thanh Ngọc Gia Bảo Trọng Tuấn Quang Đình Duy Anh Hoàng"),
  female: split("Thị Thị Thị Thị Ngọc Thanh Thu Kim Mỹ Minh Phương Bích Hồng Diệu Khánh Bảo Quỳnh Tuyết Như Cẩm"),
};
const given = {
  male: [
    ...split("An Anh Bình Cường Dũng Đạt Đông Hải Hiếu Hoà Hùng Huy Khang Khoa Kiên Lâm Long Mạnh Minh Nam Nghĩa"),
    ...split("Nhân Phong Phúc Quân Quyết Sơn Tài Tâm Thắng Thành Thịnh Tiến Toàn Trí Trung Tú Tùng Việt Vinh Vượng"),
  ],
  female: [
    ...split("An Ánh Châu Chi Dung Duyên Giang Hà Hạnh Hằng Hiền Hoa Hoà Hồng Huệ Hương Hường Khuê Lan Liên Linh Loan"),
    ...split("Mai My Nga Ngân Nhàn Nhung Oanh Phượng Quyên Quỳnh Sen Tâm Thảo Thoa Thúy Thuỷ Trang Trâm Uyên Vân Yến"),
  ],
};

export const groups: readonly EthnicGroup[] = [
  { code: "01", weight: 853, family: commonFamily },
  { code: "02", weight: 19, family: split("Nông Hoàng Lương Bế Ma Triệu Đàm Hứa Lục Chu") },
  { code: "03", weight: 19, family: split("Lò Cầm Quàng Tòng Lường Hà Vi Cà Lộc Bạc") },
  { code: "04", weight: 9, family: split("Lý Trần Lâm Quách Mã Vương Trương Huỳnh Ngũ La") },
  { code: "05", weight: 14, family: split("Thạch Sơn Kim Danh Lâm Châu Kiên Tăng Liêu Trà") },
  { code: "06", weight: 15, family: split("Bùi Quách Đinh Hà Bạch Phạm Trương Cao") },
  { code: "07", weight: 11, family: split("Nông Hoàng Vi Lý Lương Chu Mông Triệu Lê Hứa") },
  {
    code: "08",
    weight: 14,
    family: split("Giàng Vàng Sùng Thào Lầu Mùa Hạng Cứ Ly Vừ"),
    given: {
      male: split("Páo Chứ Dơ Lử Súa Tủa Sính Vảng Pó Chìa"),
      female: split("Mỷ Chú Dua Say Mai Sua Pà Ghênh Dí Chư"),
    },
    prefix: { male: "A", female: "Thị" },
  },
  {
    code: "09",
    weight: 9,
    family: split("Triệu Bàn Đặng Phùng Lý Chảo Tẩn Phàn"),
  },
  {
    code: "10",
    weight: 5,
    family: ["Rơ Châm", "Siu", "Ksor", "Rơ Mah", "Kpă", "Nay", "Rah Lan"],
    given: {
      male: split("Thuận Hiền Bưm Blơn Phăm Lưu Nhơn"),
      female: split("H'Bia H'Lan H'Yon H'Chi H'Phương H'Duyên"),
    },
  },
  {
    code: "12",
    weight: 4,
    family: ["Niê", "Mlô", "Ayun", "Byă", "Kbuôr", "Hwing", "Êban"],
    given: { male: split("Hoàng Thiên Bhiăo Khoa Đrim Nguin"), female: split("Hương Nhung Mai Linh Bích Hồng") },
  },
  { code: "17", weight: 2, family: split("Đàng Quảng Châu Bá Trượng Thành Lưu Não") },
];

export function pickGroup(random: Random): EthnicGroup {
  return random.weighted(groups.map((group) => [group.weight, group] as const));
}

export function makeName(random: Random, group: EthnicGroup, isMale: boolean): string {
  const sex = isMale ? "male" : "female";
  const family = random.pick(group.family);
  const own = random.pick((group.given ?? given)[sex]);
  const between = group.prefix?.[sex] ?? (group.given ? "" : random.pick(middle[sex]));
  return [family, between, own].filter((part) => part !== "").join(" ");
}
