import { propose } from "../../review/propose.ts";
import { refuse } from "../../review/refuse.ts";
import { declare, type Fields, handIn } from "../acts.ts";
import type { Story } from "../story.ts";

/** Six people on the way: about to lapse, helped and waiting, not matching, waiting twice, refused, just confirmed. */
const person = (at: number, name: string, day: string, month: string, year: string, sex: "1" | "2") => {
  const tail = String(at).padStart(2, "0");
  const id = `099${sex === "1" ? 0 : 1}${year.slice(2)}9000${tail}`;
  const fields: Fields = {
    paper_number: id,
    full_name: name,
    sex,
    birth_day: day,
    birth_month: month,
    birth_year: year,
    insurance_number: `98000000${tail}`,
    phone: `09999000${tail}`,
    email: "",
  };
  const two = (text: string) => text.padStart(2, "0");
  const row = (registerName = name) =>
    `${registerName},${two(day)}/${two(month)}/${year},${sex},98000000${tail},${id},15/08/2022,,,01,,"Thôn Mẫu ${at}, Xã Tuy Phước, Tỉnh Gia Lai"`;
  return { fields, row };
};

const luc = person(11, "Phạm Văn Lực", "20", "7", "1979", "1");
const huong = person(12, "Võ Thị Hương", "3", "12", "1993", "2");
const broi = person(13, "Đinh Văn K'Brôi", "11", "4", "1985", "1");
const nga = person(14, "Huỳnh Thị Nga", "28", "2", "1968", "2");
const thuong = person(16, "Nguyễn Thị Thương", "8", "10", "1984", "2");
const duc = person(15, "Đặng Minh Đức", "30", "6", "2001", "1");

export const queue: Story = {
  persons: [luc.row(), huong.row("Võ Thị Hường"), broi.row(), nga.row(), duc.row(), thuong.row("Nguyễn Thị Thường")],
  cards: [
    "9800000011,9800000011,01/01/{year},31/12/{year},GD,4,52999,01/01/2022,valid",
    "9800000013,9800000013,01/01/{year},31/12/{year},DT,2,52999,01/01/2018,valid",
  ],
  async live(stage) {
    await declare(stage, luc.fields, 9);
    const helped = { for_whom: "helped", declarer: "Hồ Văn Giúp", declarer_as: "Đoàn thanh niên xã Tuy Phước" };
    // He knew the old name of his commune only.
    await declare(stage, { ...broi.fields, ...helped, old_commune: "21979" }, 4);
    await declare(stage, duc.fields);
    const unlike = await declare(stage, huong.fields, 2);
    await handIn(stage, unlike, huong.fields);
    const doubted = await declare(stage, thuong.fields, 1);
    await handIn(stage, doubted, thuong.fields);
    const reason = "Giấy khai sinh bản gốc ghi Thương, sổ BHXH cũng ghi Thương.";
    await propose(stage.house, stage.officer, {
      code: doubted.code,
      note: "",
      ticks: { name: { trusted: "paper", reason } },
    });
    const refused = await declare(stage, nga.fields, 3);
    await handIn(stage, refused, nga.fields);
    const grounds = ["form_not_signed"];
    await refuse(stage.house, stage.officer, {
      code: refused.code,
      grounds,
      sentence: "Mời Ông/Bà ký, ghi rõ họ tên vào tờ khai rồi nộp lại.",
    });
    return undefined;
  },
};
