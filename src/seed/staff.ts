import { identify } from "../account/identify.ts";
import { changeRight } from "../account/rights.ts";
import { addStaff } from "../account/staff.ts";
import { staffSignIn } from "../account/staff-sign-in.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import type { CastMember } from "./rules-cast.ts";

const OFFICE = "52T01";

/** The people behind the counter of BHXH cơ sở Tuy Phước. */
export async function hireStaff(house: House): Promise<{ officer: Staff; cast: CastMember[] }> {
  const first = await addStaff(house, {
    username: "canbo.tuyphuoc",
    name: "Cao Thị Cẩm Bình",
    role: "officer",
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
    ],
  };
}

async function atTheDesk(house: House, account: { username: string; password: string }): Promise<Staff> {
  const { username, password } = account;
  const session = await staffSignIn(house, { username, password, device: "Trình duyệt mẫu", now: house.clock.now() });
  const staff = await identify(house, { bearer: session.token });
  if (staff.kind !== "staff") throw new Error("a signed-in officer is staff");
  return staff;
}
