import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../db/root.ts";
import { answerCase, askSource } from "../../dispute/desk.ts";
import { openDispute } from "../../dispute/open.ts";
import { readerOf } from "../../me/reader.ts";
import { becomesUser, type Fields, type User } from "../acts.ts";
import type { Stage, Story } from "../story.ts";

/** Anh Mẫu works for two employers, one of which owes his contributions; his claim file is a real envelope. */
const number = "0000000012";
const id = "099199000001";

const form: Fields = {
  paper_number: id,
  full_name: "Nguyễn Văn Mẫu",
  sex: "1",
  birth_day: "15",
  birth_month: "1",
  birth_year: "1990",
  insurance_number: number,
  phone: "0999900002",
  email: "mau@example.vn",
};

const sewing = "TP0001Z,Công ty TNHH May Mẫu Bình An,Công nhân may,Xã Tuy Phước";
const timber = "TP0002Z,Công ty Cổ phần Gỗ Mẫu Phước Lộc,Thủ kho,Xã Tuy Phước Tây";
/** The funds and their rates in percent, as they stand in the law since 2017. */
const funds = { bhxh: "25.5", bhyt: "4.5", bhtn: "2", tnld: "0.5" } as const;

const months = (fund: keyof typeof funds, from: string, to: string, unit: string, wage: string, status = "paid") =>
  `${number},${fund},${from},${to},${unit},vnd,${wage},${wage},${funds[fund]},Bắt buộc,${status}`;

export const worker: Story = {
  persons: [
    `Nguyễn Văn Mẫu,15/01/1990,1,${number},${id},15/08/2022,980000002,15/08/2022,01,0999900002,"Thôn Mẫu 3, Xã Tuy Phước, Tỉnh Gia Lai"`,
  ],
  households: [
    ["Nguyễn Văn Mẫu", number, "Chủ hộ"],
    ["Trần Thị Mẫu Hoa", "", "Vợ"],
    ["Nguyễn Ngọc Bảo Na", "9800000003", "Con"],
  ].map(([name, of, relation]) => `Nguyễn Văn Mẫu,${number},TM,15/01/1990,1,HGD-52T01-0003,${name},${of},${relation}`),
  cards: [
    `${number},DN479${number},01/01/2026,31/12/{year},DN,4,79999,01/01/2024,valid`,
    `${number},${number},01/04/2021,31/12/2025,DN,4,52999,01/01/2024,replaced`,
  ],
  participation: (Object.keys(funds) as (keyof typeof funds)[]).flatMap((fund) => [
    months(fund, "03/2014", "12/2017", sewing, "4200000"),
    months(fund, "01/2018", "06/2020", sewing, "5100000"),
    months(fund, "10/2020", "12/2022", timber, "6300000"),
    months(fund, "01/2023", "05/2026", timber, "7450000"),
    ...(fund === "bhyt"
      ? [months(fund, "06/2026", "{last-month}", timber, "7450000")]
      : [
          months(fund, "06/2026", "08/2026", timber, "7450000", "unpaid"),
          months(fund, "09/2026", "{last-month}", timber, "7450000"),
        ]),
  ]),
  benefits: [
    `${number},short_term,Ốm đau,2231/QĐ-MAU,20/03/2024,04/03/2024,08/03/2024,1078000,BHXH cơ sở Tuy Phước,Công ty Cổ phần Gỗ Mẫu Phước Lộc,Chuyển khoản,Ngân hàng Mẫu,0000000044556,paid`,
    `${number},unemployment,Trợ cấp thất nghiệp,0457/QĐ-MAU,25/07/2020,01/07/2020,30/09/2020,3060000,Trung tâm Dịch vụ việc làm Mẫu,,Chuyển khoản,Ngân hàng Mẫu,0000000044556,paid`,
  ],
  claims: async () => [
    { name: "worker-claim.xml", bytes: await readFile(join(projectRoot, "db/seed/worker-claim.xml")) },
  ],
  documents: async () => [
    { name: "worker-documents.xml", bytes: await readFile(join(projectRoot, "db/seed/worker-documents.xml")) },
  ],
  async live(stage) {
    const account = await becomesUser(stage, form);
    await reportsAndIsAnswered(stage, account);
    return {
      name: "Nguyễn Văn Mẫu",
      part: "công nhân, có tháng chưa đóng; xem thay cho con (Gia đình)",
      signIn: account.login,
      password: account.password,
    };
  },
};

/** One month of wrong pay, answered; another still open. */
async function reportsAndIsAnswered({ house, officer }: Stage, { citizen }: User): Promise<void> {
  const report = (id: string, says: string) =>
    openDispute(house, {
      actor: readerOf(citizen),
      answers: { kind: "wrong", fact: { kind: "participation", id }, says },
      now: house.clock.now(),
    });
  const { disputeId: id } = await report("bhxh.2023-01", "Lương tháng này là 7.900.000 đ, không phải 7.450.000 đ.");
  await askSource(house, officer, { id, says: "Đã hỏi Công ty Cổ phần Gỗ Mẫu Phước Lộc về hợp đồng tháng 01/2023." });
  await answerCase(house, officer, {
    id,
    outcome: "stands",
    says: "Công ty gửi bản sao hợp đồng: mức 7.900.000 đ bắt đầu từ tháng 02/2023. Tháng 01/2023 ghi đúng.",
  });
  await report("bhxh.2026-05", "Tháng này tôi nghỉ không lương từ ngày 10.");
}
