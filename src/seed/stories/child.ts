import { nameGuardian } from "../../guardian/name-guardian.ts";
import { accept } from "../../review/accept.ts";
import { declare, type Fields, handIn } from "../acts.ts";
import { visitsOf } from "../claims.ts";
import type { Story } from "../story.ts";

/** Bé Na, four years old: a card and visits of her own, no password; her father, the worker, opens her record. */
const number = "9800000003";
const id = "099322900003";

const form: Fields = {
  for_whom: "child",
  declarer: "Nguyễn Văn Mẫu",
  paper_number: id,
  full_name: "Nguyễn Ngọc Bảo Na",
  sex: "2",
  birth_day: "2",
  birth_month: "5",
  birth_year: "2022",
  insurance_number: number,
  phone: "0999900002",
  email: "",
};

const birthCertificate = {
  number: "0000000012",
  relation: "father",
  paper_kind: "birth_certificate",
  paper_number: "88/2022",
  paper_day: "12",
  paper_month: "5",
  paper_year: "2022",
  paper_issuer: "Ủy ban nhân dân xã Mẫu",
  paper_seen: "yes",
};

export const child: Story = {
  persons: [`Nguyễn Ngọc Bảo Na,02/05/2022,2,${number},${id},,,,01,,"Thôn Mẫu 3, Xã Tuy Phước, Tỉnh Gia Lai"`],
  cards: [`${number},TE152${number},02/05/2022,30/09/2028,TE,1,52999,01/06/2027,valid`],
  participation: [
    `${number},bhyt,05/2022,{last-month},52T01,Bảo hiểm xã hội cơ sở Tuy Phước,,,vnd,,,4.5,Trẻ em dưới 6 tuổi,paid`,
  ],
  claims: async () =>
    visitsOf({
      seed: 2044,
      until: "2026-11-20",
      person: {
        name: "Nguyễn Ngọc Bảo Na",
        birthOn: "2022-05-02",
        birthPrecision: "day",
        isMale: false,
        station: "child",
      },
      insuranceNumber: number,
      personalId: id,
      card: { number: `TE152${number}`, from: "2022-05-02", to: "2028-09-30", group: "TE", level: 1 },
    }),
  async live(stage) {
    const file = await declare(stage, form);
    await handIn(stage, file, form);
    await nameGuardian(stage.house, stage.officer, file.code, { form: birthCertificate });
    await accept(stage.house, stage.officer, { code: file.code, note: "" });
    return undefined;
  },
};
