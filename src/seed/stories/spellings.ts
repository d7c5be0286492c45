import { declare, type Fields, handIn } from "../acts.ts";
import type { Story } from "../story.ts";

/** Chị Thúy Hòa: one name written three ways, on the form, on the paper and in the register. */
const number = "9800000004";
const id = "099187900004";

const form: Fields = {
  paper_number: id,
  full_name: "Trần Thị Thuý Hoà",
  sex: "2",
  birth_day: "9",
  birth_month: "9",
  birth_year: "1987",
  insurance_number: number,
  phone: "0999900004",
  email: "hoa@example.vn",
};

export const spellings: Story = {
  persons: [
    `Trần Thị Thúy Hòa,09/09/1987,2,${number},${id},15/08/2022,980000004,15/08/2022,01,0999900004,"Thôn Mẫu 5, Xã Tuy Phước, Tỉnh Gia Lai"`,
  ],
  cards: [`${number},${number},01/01/{year},31/12/{year},HC,4,52999,01/01/2020,valid`],
  participation: [
    `${number},bhxh,08/2010,{last-month},TP0100S,Trường Trung học cơ sở Mẫu Phước Thuận,Giáo viên,Xã Tuy Phước Đông,vnd,9800000,9800000,25.5,Bắt buộc,paid`,
  ],
  async live(stage) {
    const file = await declare(stage, form, 1);
    await handIn(stage, file, form, { name: "TRẦN THỊ THUÝ HOÀ" });
    return undefined;
  },
};
