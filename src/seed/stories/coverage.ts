import { rollUp } from "../../coverage/roll-up.ts";
import { fillRosters, insertTargets, insertUnits } from "../store-coverage.ts";
import type { Story } from "../story.ts";

/**
 * Eight weeks of a drive around BHXH cơ sở Tuy Phước: made-up communes, enterprises and schools with made-up people on
 * their rosters, so that the plots of coverage have something to show. [code, kind, name, people, percent who declare]
 */
const units = [
  ["MAU-X01", "commune", "Xã An Mẫu", 303, 78],
  ["MAU-X02", "commune", "Xã Bình Mẫu", 213, 71],
  ["MAU-X03", "commune", "Xã Cát Mẫu", 393, 66],
  ["MAU-X04", "commune", "Xã Đông Mẫu", 140, 69],
  ["MAU-X05", "commune", "Xã Hòa Mẫu", 126, 52],
  ["MAU-X06", "commune", "Xã Lộc Mẫu", 240, 63],
  ["MAU-X07", "commune", "Xã Mỹ Mẫu", 86, 74],
  ["MAU-X08", "commune", "Xã Nghĩa Mẫu", 180, 68],
  ["MAU-X09", "commune", "Xã Phước Mẫu", 276, 38],
  ["MAU-X10", "commune", "Xã Quang Mẫu", 50, 58],
  ["MAU-X11", "commune", "Xã Sơn Mẫu", 95, 49],
  ["MAU-X12", "commune", "Xã Thuận Mẫu", 203, 65],
  ["MAU-D01", "enterprise", "Công ty TNHH May Mẫu Hưng Thịnh", 153, 92],
  ["MAU-D02", "enterprise", "Công ty cổ phần Gỗ Mẫu Tân Phú", 70, 74],
  ["MAU-D03", "enterprise", "Công ty TNHH Thủy sản Mẫu Đầm Thị", 43, 61],
  ["MAU-D04", "enterprise", "Hợp tác xã Mẫu Nông nghiệp Xanh", 24, 55],
  ["MAU-D05", "enterprise", "Quán cà phê Mẫu Bờ Sông", 3, 70],
  ["MAU-T01", "school", "Trường THPT Mẫu số 1", 103, 83],
  ["MAU-T02", "school", "Trường THCS Mẫu Hoa Sen", 60, 64],
] as const;

export const coverage: Story = {
  async live({ house, now }) {
    await insertUnits(
      house.db,
      units.map(([code, kind, name, people]) => ({ code, kind, name, headcount: Math.round(people * 1.04) })),
      now,
    );
    await fillRosters(
      house.db,
      units.map(([code, , , people, declares]) => ({ code, people, declares })),
      now,
    );
    await insertTargets(house.db, now);
    await rollUp(house);
    return undefined;
  },
};
