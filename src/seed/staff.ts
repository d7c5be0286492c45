import { changeRight } from "../account/rights.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { atTheDesk, hireMadeUp } from "./made-up-staff.ts";
import type { CastMember } from "./rules-cast.ts";

const OFFICE = "52T01";

const people = [
  {
    username: "canbo.tuyphuoc",
    name: "Cao Thị Cẩm Bình",
    role: "officer",
    part: "cán bộ tiếp nhận (/console)",
  },
  { username: "canbo2.tuyphuoc", name: "Ngô Quốc Bảo", role: "officer", part: "cán bộ tiếp nhận thứ hai" },
  { username: "kiemsoat.tuyphuoc", name: "Đinh Thị Thu Kiểm", role: "supervisor", part: "cán bộ kiểm soát" },
  { username: "duong.day", name: "Dương Thị Dây", role: "hotline", part: "tổng đài viên (/console/hotline)" },
] as const;

/** The people behind the counter of BHXH cơ sở Tuy Phước. */
export async function hireStaff(house: House): Promise<{ officer: Staff; cast: CastMember[] }> {
  const cast: CastMember[] = [];
  for (const { username, name, role, part } of people) {
    const { password } = await hireMadeUp(house, {
      ...{ username, name, role },
      ...(role === "hotline" ? {} : { office: OFFICE }),
    });
    cast.push({ name, part, signIn: username, password, isStaff: true });
  }
  for (const right of ["claims", "rows"]) {
    await changeRight(house, { username: people[0].username, right, by: "QĐ mẫu 01", isEnding: false });
  }
  return { officer: await atTheDesk(house, people[0].username), cast };
}
