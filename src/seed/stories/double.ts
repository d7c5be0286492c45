import { proposeMerge } from "../../register/propose-merge.ts";
import { findPersonByKey } from "../../register/store.ts";
import type { Story } from "../story.ts";

/** Chị Thắm has two numbers: one of 2008 with her old CMND, one of 2021 with her CCCD. An officer proposes a merge. */
const older = "9800000031";
const newer = "9800000032";
const home = '"Thôn Mẫu 7, Xã Tuy Phước, Tỉnh Gia Lai"';

export const double: Story = {
  persons: [
    `Nguyễn Thị Thắm,14/02/1986,2,${older},,,980000031,,01,,${home}`,
    `Nguyễn Thị Thắm,14/02/1986,2,${newer},099186900032,15/08/2022,,,01,0999900032,${home}`,
  ],
  cards: [
    `${older},DN452${older},01/01/2019,31/12/2020,DN,4,52999,,replaced`,
    `${newer},${newer},01/04/2021,31/12/{year},DN,4,52999,01/01/2026,valid`,
  ],
  participation: [
    `${older},bhxh,03/2008,06/2015,TP0001Z,Công ty TNHH May Mẫu Bình An,Công nhân may,Xã Tuy Phước,vnd,2900000,2900000,24,Bắt buộc,paid`,
    `${newer},bhxh,04/2021,{last-month},TP0002Z,Công ty Cổ phần Gỗ Mẫu Phước Lộc,Kế toán,Xã Tuy Phước Tây,vnd,7800000,7800000,25.5,Bắt buộc,paid`,
  ],
  async live({ house, officer }) {
    const [merged, survivor] = await Promise.all([older, newer].map((key) => findPersonByKey(house.db, "bhxh", key)));
    if (!merged || !survivor) throw new Error("both numbers are in the register");
    const reason = "Đã xem hai sổ BHXH và giấy xác nhận số CMND cũ";
    await proposeMerge(house, officer, { survivor: survivor.publicId, merged: merged.publicId, reason });
    return undefined;
  },
};
