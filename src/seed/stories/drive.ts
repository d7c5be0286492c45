import { inTransaction } from "../../db/transaction.ts";
import { importDriveUnits } from "../../drive/import-units.ts";
import { invite } from "../../drive/invite.ts";
import { dayOf, formatDay } from "../../kernel/calendar.ts";
import { replyNumber } from "../../mailing/rules-policies.ts";
import { writeMailing } from "../../mailing/write-mailing.ts";
import { savePolicy } from "../../policy/store.ts";
import { hireMadeUp } from "../made-up-staff.ts";
import type { Story } from "../story.ts";

/**
 * The units of the roll-out around Tuy Phước, of 2021 and of today, with a coordinator of a commune, a leader of the
 * province, an invitation that waits for its answer, and a message campaign that waits for a second person.
 */
const heads =
  "unit_code,kind,name,parent_code,office_code,province_code,commune_code,employer_code,headcount,headcount_source,valid_from,valid_to,successors,past_parents";
const counted = "số liệu mẫu ngày 02/11/2026";

const units = [
  `GL,province,Tỉnh Gia Lai (mẫu),,52000,52,,,,,2025-07-01,,,`,
  `TP-HUYEN,district,Huyện Tuy Phước (mẫu),,52T01,52,,,180000,số liệu mẫu năm 2021,2008-08-01,2025-06-30,TP-XA TP-XA-BAC TP-XA-DONG TP-XA-TAY,`,
  `TP-TT-CU,commune,Thị trấn Tuy Phước (mẫu),TP-HUYEN,52T01,52,21952,,12000,số liệu mẫu năm 2021,2008-08-01,2025-06-30,TP-XA,`,
  `TP-DT-CU,commune,Thị trấn Diêu Trì (mẫu),TP-HUYEN,52T01,52,21955,,11500,số liệu mẫu năm 2021,2008-08-01,2025-06-30,TP-XA,`,
  `TP-XA,commune,Xã Tuy Phước (mẫu),GL,52T01,52,21952,TP0200C,1980,${counted},2025-07-01,,,`,
  `TP-XA-BAC,commune,Xã Tuy Phước Bắc (mẫu),GL,52T01,52,21964,,1560,${counted},2025-07-01,,,`,
  `TP-XA-DONG,commune,Xã Tuy Phước Đông (mẫu),GL,52T01,52,21970,,2210,${counted},2025-07-01,,,`,
  `TP-XA-TAY,commune,Xã Tuy Phước Tây (mẫu),GL,52T01,52,21985,,1320,${counted},2025-07-01,,,`,
  `TP-THON-1,hamlet,Thôn Mẫu Một,TP-XA,52T01,52,21952,,410,${counted},2025-07-01,,,`,
  `TP-THON-2,hamlet,Thôn Mẫu Hai,TP-XA,52T01,52,21952,,365,${counted},2025-07-01,,,`,
  `TP-UBND,agency,Ủy ban nhân dân xã Tuy Phước (mẫu),TP-XA,52T01,52,21952,,64,danh sách mẫu,2025-07-01,,,`,
  `TP-VHXH,agency,Trung tâm Phục vụ hành chính công xã Tuy Phước Đông (mẫu),TP-XA-DONG,52T01,52,21970,,18,danh sách mẫu,2025-07-01,,,`,
  `TP-MAY,enterprise,Công ty TNHH May Mẫu Bình An,TP-XA,52T01,52,21952,TP0001Z,340,danh sách lao động mẫu,2025-07-01,,,`,
  `TP-GO,enterprise,Công ty Cổ phần Gỗ Mẫu Phước Lộc,TP-XA-TAY,52T01,52,21985,TP0002Z,125,danh sách lao động mẫu,2025-07-01,,,`,
  `HN-SH,enterprise,Công ty Cổ phần Phần mềm Mẫu Sông Hồng,,01D05,01,,HN0001Z,82,danh sách lao động mẫu,2025-07-01,,,`,
  `TP-THCS,school,Trường Trung học cơ sở Mẫu Phước Thuận,TP-XA-DONG,52T01,52,21970,TP0100S,46,danh sách mẫu,2025-07-01,,,`,
  `TP-TH,school,Trường Tiểu học Mẫu Tuy Phước,TP-XA,52T01,52,21952,,38,danh sách mẫu,2008-08-01,,,TP-HUYEN:30/06/2025`,
];

export const drive: Story = {
  async live({ house, officer }) {
    const bytes = Buffer.from(`${[heads, ...units].join("\n")}\n`);
    const { rejects } = await importDriveUnits(house, { name: "stories-units.csv", bytes });
    const [first] = rejects;
    if (first) throw new Error(`units of the roll-out: line ${first.line}, ${first.field}, ${first.key}`);
    const coordinator = { username: "dau.moi", name: "Võ Thị Mẫu Đầu Mối", role: "coordinator", unit: "TP-XA" };
    const leader = { username: "lanh.dao", name: "Nguyễn Mẫu Lãnh Đạo", role: "leader", unit: "GL" };
    const made = [await hireMadeUp(house, coordinator), await hireMadeUp(house, leader)];
    await invite(house, officer, "TP-XA-BAC", { name: "Phan Thị Mẫu Hai", phone: "0999900703" });
    await inTransaction(house.db, (tx) =>
      savePolicy(tx, replyNumber, { from: "2021-01-01", value: "8079", by: "seed" }),
    );
    const on = formatDay(dayOf(house.clock.now()).add({ days: 1 }));
    const said = { unit: "TP-XA", purpose: "finish", on, time: "9:00" };
    await writeMailing(house, officer, said, ["to_declare", "to_hand_in"]);
    const parts = ["đầu mối xã Tuy Phước (/console/units)", "lãnh đạo tỉnh (/console/units)"];
    return [coordinator, leader].map(({ name, username }, at) => ({
      name,
      part: parts[at] ?? "",
      signIn: username,
      password: made[at]?.password ?? "",
      isStaff: true,
    }));
  },
};
