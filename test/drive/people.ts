import type { Declarant } from "../journeys/pages/people.ts";
import { listed, ON_TWO_LISTS, sizes } from "./units.ts";

/** Five thousand made-up people, no two of one name; their numbers and telephones begin with 0000 74 and 0999 74. */
const families = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Mai Trịnh Đoàn".split(
  " ",
);
const middles =
  "Thanh Minh Ngọc Quốc Hữu Thùy Kim Gia Bảo Anh Xuân Thu Hồng Mỹ Tuấn Hoài Khánh Diễm Phương Đức Hải Nhật Tường Cẩm Duy".split(
    " ",
  );
const givens = "An Bình Châu Dung Giang Hạnh Khoa Lan Nga Phúc".split(" ");

export const PEOPLE = 5000;
/** Of the health station's list: no telephone at all, a mailbox alone. */
export const byMail: readonly number[] = [4507, 4518];

export interface DrivePerson extends Declarant {
  at: number;
  /** The register has no such person. */
  isUnknown: boolean;
}

const two = (value: number) => String(value).padStart(2, "0");

export function person(at: number): DrivePerson {
  const family = families[at % 20] ?? "";
  const middle = middles[Math.floor(at / 20) % 25] ?? "";
  const given = givens[Math.floor(at / 500) % 10] ?? "";
  const isMale = at % 2 === 0;
  const year = 1958 + (at % 45);
  return {
    at,
    name: `${family} ${middle} ${given}`,
    sex: isMale ? "Nam" : "Nữ",
    birth: [String(1 + (at % 28)), String(1 + (at % 12)), String(year)],
    idNumber: `052${year < 2000 ? (isMale ? 0 : 1) : isMale ? 2 : 3}${String(year).slice(2)}${74_0000 + at}`,
    insuranceNumber: `000074${String(at).padStart(4, "0")}`,
    phone: byMail.includes(at) ? "" : `099974${String(at).padStart(4, "0")}`,
    ...(byMail.includes(at) ? { email: `nguoi-${at}@chien-dich.example.vn` } : {}),
    isUnknown: at % 25 === 24 && at >= 2 * ON_TWO_LISTS,
  };
}

export const people: readonly DrivePerson[] = Array.from({ length: PEOPLE }, (_, at) => person(at));

export const personsCsv = () =>
  [
    "full_name,birth,sex,insurance_number,personal_id,phone,email,address",
    ...people
      .filter(({ isUnknown }) => !isUnknown)
      .map(({ name, birth: [day, month, year], sex, insuranceNumber, idNumber, phone, email = "" }) =>
        [name, `${two(Number(day))}/${two(Number(month))}/${year}`, sex === "Nam" ? 1 : 2]
          .concat([insuranceNumber, idNumber, phone, email, '"Thôn Mẫu, Xã Tuy Phước, Tỉnh Gia Lai"'])
          .join(","),
      ),
    "",
  ].join("\n");

/** Who stands on which list: the first company's first people live in the first commune as well. */
export function membersOf(): Map<string, number[]> {
  const members = new Map<string, number[]>();
  const companyFirst = listed.toSorted(
    (one, other) => Number(other.code === "CD-DN-01") - Number(one.code === "CD-DN-01"),
  );
  let next = 0;
  for (const { code } of companyFirst) {
    const size = sizes[code] ?? 0;
    members.set(
      code,
      Array.from({ length: size }, (_, at) => next + at),
    );
    next += size;
  }
  const both = Array.from({ length: ON_TWO_LISTS }, (_, at) => at);
  members.set("CD-XA-01", [...(members.get("CD-XA-01") ?? []), ...both]);
  return members;
}
