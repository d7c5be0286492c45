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
] as const;
    office: OFFICE,
  });
  const second = await addStaff(house, {
    username: "canbo2.tuyphuoc",
    name: "Ngô Quốc Bảo",
    role: "officer",
    office: OFFICE,
  });
  const third = await addStaff(house, {
    username: "kiemsoat.tuyphuoc",
    name: "Đinh Thị Thu Kiểm",
    role: "supervisor",
    office: OFFICE,
  });
  const agent = await addStaff(house, { username: "duong.day", name: "Dương Thị Dây", role: "hotline" });
  await changeRight(house, { username: first.username, right: "claims", by: "QĐ mẫu 01", isEnding: false });
  return {
    officer: await atTheDesk(house, first),
    cast: [
      {
        name: "Cao Thị Cẩm Bình",
        part: "cán bộ tiếp nhận (/console)",
        signIn: first.username,
        password: first.password,
      },
      { name: "Ngô Quốc Bảo", part: "cán bộ tiếp nhận thứ hai", signIn: second.username, password: second.password },
      { name: "Đinh Thị Thu Kiểm", part: "cán bộ kiểm soát", signIn: third.username, password: third.password },
      {
        name: "Dương Thị Dây",
        part: "tổng đài viên (/console/hotline)",
        signIn: agent.username,
        password: agent.password,
      },
    ],
  };
}

/** The people behind the counter of BHXH cơ sở Tuy Phước. */
export async function hireStaff(house: House): Promise<{ officer: Staff; cast: CastMember[] }> {
  const cast: CastMember[] = [];
  for (const { username, name, role, part } of people) {
    const { password } = await hireMadeUp(house, { username, name, role, office: OFFICE });
    cast.push({ name, part, signIn: username, password, isStaff: true });
  }
  await changeRight(house, { username: people[0].username, right: "claims", by: "QĐ mẫu 01", isEnding: false });
  return { officer: await atTheDesk(house, people[0].username), cast };
}
