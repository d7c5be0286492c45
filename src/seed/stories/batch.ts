import { addCodes } from "../../batch/add.ts";
import { openBatch } from "../../batch/open.ts";
import { accept } from "../../review/accept.ts";
import { declare, type Fields, handIn } from "../acts.ts";
import type { Story } from "../story.ts";

/** A sewing company hands in four signed forms at once: one is decided, three wait in an open batch. */
const workers = [
  ["Bùi Thị Kim Chi", "21", "8", "3", "1990", "2"],
  ["Đoàn Văn Tư", "22", "19", "10", "1984", "1"],
  ["Y Moan Niê", "23", "1", "1", "1996", "1"],
  ["Lý Thị Sáu", "24", "30", "6", "1978", "2"],
] as const;

const idOf = (tail: string, year: string, sex: string) => `099${sex === "1" ? 0 : 1}${year.slice(2)}9000${tail}`;

const forms = workers.map(
  ([full_name, tail, birth_day, birth_month, birth_year, sex]): Fields => ({
    ...{ full_name, sex, birth_day, birth_month, birth_year, email: "" },
    paper_number: idOf(tail, birth_year, sex),
    insurance_number: `98000000${tail}`,
    phone: `09999000${tail}`,
  }),
);

const two = (text: string) => text.padStart(2, "0");

export const batch: Story = {
  persons: workers.map(
    ([name, tail, day, month, year, sex]) =>
      `${name},${two(day)}/${two(month)}/${year},${sex},98000000${tail},${idOf(tail, year, sex)},15/08/2022,,,01,,"Thôn Mẫu ${tail}, Xã Tuy Phước, Tỉnh Gia Lai"`,
  ),
  async live(stage) {
    const { house, officer } = stage;
    const files = [];
    for (const fields of forms) files.push(await declare(stage, fields, 1));
    const { id } = await openBatch(house, officer, { unit_code: "TP0001Z" });
    await addCodes(house, officer, id, files.map(({ code }) => code).join(" "));
    const [first] = files;
    const [fields] = forms;
    if (!first || !fields) throw new Error("the batch has forms");
    await handIn(stage, first, fields);
    await accept(house, officer, { code: first.code, note: "" });
    return undefined;
  },
};
