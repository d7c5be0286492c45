import { becomesUser, type Fields } from "../acts.ts";
import { visitsOf } from "../claims.ts";
import type { Story } from "../story.ts";

/** Bà Mận, 71, knows the year of her birth only, has no e-mail, a pension and many visits. */
const number = "9800000001";
const id = "099155900001";

const form: Fields = {
  paper_number: id,
  full_name: "Lê Thị Mận",
  sex: "2",
  birth_day: "",
  birth_month: "",
  birth_year: "1955",
  insurance_number: number,
  phone: "0999900001",
  email: "",
};

export const grandmother: Story = {
  persons: [
    `Lê Thị Mận,1955,2,${number},${id},15/08/2022,980000001,15/08/2022,01,0999900001,"Thôn Mẫu 3, Xã Tuy Phước, Tỉnh Gia Lai"`,
  ],
  cards: [
    `${number},HT399${number},01/01/2018,31/03/2021,HT,3,52999,01/01/2015,replaced`,
    `${number},${number},01/04/2021,14/08/2025,HT,3,52999,01/01/2015,replaced`,
    `${number},${id},15/08/2025,31/12/{year},HT,3,52999,01/01/2015,valid`,
  ],
  participation: [
    `${number},bhxh,09/1978,12/1992,TP0100S,Trường Trung học cơ sở Mẫu Phước Thuận,Giáo viên,"Tuy Phước, Bình Định",coefficient,2.34,,,Bắt buộc,paid`,
    `${number},bhxh,01/1993,12/2003,TP0100S,Trường Trung học cơ sở Mẫu Phước Thuận,Giáo viên,"Tuy Phước, Bình Định",coefficient,3.66,,,Bắt buộc,paid`,
    `${number},bhxh,01/2004,05/2010,TP0100S,Trường Trung học cơ sở Mẫu Phước Thuận,Phó hiệu trưởng,"Tuy Phước, Bình Định",vnd,3250000,3250000,20,Bắt buộc,paid`,
    `${number},bhyt,06/2010,{last-month},52T01,Bảo hiểm xã hội cơ sở Tuy Phước,,,vnd,,,4.5,Hưu trí,paid`,
  ],
  benefits: [
    `${number},monthly,Lương hưu,0112/QĐ-MAU,20/05/2010,01/06/2010,,5870000,BHXH cơ sở Tuy Phước,,Chuyển khoản,Ngân hàng Mẫu,0000000011223,paid`,
    `${number},one_off,Trợ cấp một lần khi nghỉ hưu,0113/QĐ-MAU,20/05/2010,01/06/2010,,14625000,BHXH cơ sở Tuy Phước,,Tiền mặt,,,paid`,
  ],
  claims: async () =>
    visitsOf({
      seed: 1955,
      until: "2026-11-20",
      person: { name: "Lê Thị Mận", birthOn: "1955-01-01", birthPrecision: "year", isMale: false, station: "retired" },
      insuranceNumber: number,
      personalId: id,
      card: { number: id, from: "2023-01-01", to: "2026-12-31", group: "HT", level: 3 },
    }),
  async live(stage) {
    const account = await becomesUser(stage, form);
    return {
      name: "Lê Thị Mận",
      part: "71 tuổi, hưu trí, nhiều lần khám",
      signIn: account.login,
      password: account.password,
    };
  },
};
