import { read, utils } from "@e965/xlsx";
import { type SheetCell, workbook } from "../samples/workbook.ts";
import { type DrivePerson, people } from "./people.ts";

/**
 * A unit's list as units write them: titles over merged cells, groups between the lines, dates in five ways, numbers that
 * Excel took for figures, somebody twice, and a place for a signature.
 */
const HEADINGS = [
  "STT",
  "Họ và tên",
  "Ngày tháng năm sinh",
  "Mã số BHXH",
  "Số CCCD",
  "Số điện thoại",
  "Đối tượng",
  "Ghi chú",
];
const LAST_COLUMN = "H";
const GROUP_OF = 200;

/** By the place on the list; the others are written as they should be. */
const flaws: Record<number, "zeros" | "paper" | "birth" | "phone" | "twice" | "other_day" | "no_number"> = {
  41: "zeros",
  42: "paper",
  43: "birth",
  44: "phone",
  45: "twice",
  46: "other_day",
  47: "no_number",
};
const flawAt = (place: number) => flaws[place % 100];
const REFUSED: readonly (string | undefined)[] = ["zeros", "birth", "phone"];

/** Whose line cannot be taken before it is mended. */
export const refusedOf = (members: readonly number[]) => members.filter((_, place) => REFUSED.includes(flawAt(place)));
export const twiceOn = (members: readonly number[]) => members.filter((_, place) => flawAt(place) === "twice").length;

const serialOf = ({ birth: [day, month, year] }: DrivePerson) =>
  Math.round(Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000) + 25_569;

function birthCell(person: DrivePerson, place: number): SheetCell {
  const [day, month, year] = person.birth;
  const serial = serialOf(person);
  if (flawAt(place) === "birth") return `31/02/${year}`;
  if (flawAt(place) === "other_day") return { v: serial + 1, z: "dd/mm/yyyy" };
  const ways: SheetCell[] = [
    `${day.padStart(2, "0")}/${month.padStart(2, "0")}/${year}`,
    { v: serial, z: "dd/mm/yyyy" },
    serial,
    `${day}-${month}-${year}`,
    { v: serial, z: 'd"/"m"/"yyyy' },
  ];
  return ways[place % ways.length] ?? null;
}

function lineOf(at: number, place: number): SheetCell[] {
  const person = people[at];
  if (!person) throw new Error(`nobody has the place ${at}`);
  const flaw = flawAt(place);
  const { insuranceNumber, idNumber, phone } = person;
  const bare = flaw === "no_number" || flaw === "paper";
  return [
    place + 1,
    place % 7 === 0 ? `  ${person.name.toLocaleUpperCase("vi")} ` : person.name,
    birthCell(person, place),
    bare
      ? null
      : flaw === "zeros"
        ? Number(insuranceNumber)
        : place % 3 === 0
          ? `'${insuranceNumber}`
          : insuranceNumber,
    flaw === "paper" ? Number(idNumber) : flaw === "no_number" || flaw === "zeros" ? null : idNumber,
    flaw === "phone" ? "12345" : phone === "" ? null : place % 2 === 0 ? phone : Number(phone),
    place % 4 === 0 ? "Hưu trí" : "NLĐ",
    place % 50 === 0 ? "Đi làm xa, cuối tuần mới về" : null,
  ];
}

export function listOf(unitName: string, members: readonly number[]): Buffer {
  const rows: SheetCell[][] = [[unitName.toLocaleUpperCase("vi")], ["DANH SÁCH CÀI ĐẶT VssID NĂM 2026"], [], HEADINGS];
  const merges = [`A1:${LAST_COLUMN}1`, `A2:${LAST_COLUMN}2`];
  members.forEach((at, place) => {
    if (place % GROUP_OF === 0) {
      rows.push([`Tổ ${place / GROUP_OF + 1}`]);
      merges.push(`A${rows.length}:${LAST_COLUMN}${rows.length}`);
    }
    rows.push(lineOf(at, place));
  });
  members.forEach((at, place) => {
    if (flawAt(place) === "twice") rows.push(lineOf(at, place));
  });
  rows.push([], ["Người lập danh sách (ký, ghi rõ họ tên)"]);
  return workbook({
    "Hướng dẫn": { rows: [["Nộp trước ngày 30"]] },
    "Danh sách": { rows, merges, hiddenColumns: [7] },
  });
}

/** The lines that came back, as their clerk mends them; who stands twice is left out. */
export function mended(handedBack: Buffer): { bytes: Buffer; lines: number } {
  const book = read(handedBack);
  const [headings = [], ...lines] = utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0] ?? ""] ?? {}, {
    header: 1,
    raw: false,
  });
  const reason = headings.findIndex((heading) => heading.startsWith("Lý do"));
  const name = headings.indexOf("Họ và tên");
  if (reason < 0 || name < 0) throw new Error(`the lines came back under ${headings.join(", ")}`);
  const byName = new Map(people.map((one) => [one.name.toLocaleLowerCase("vi"), one]));
  const kept = lines.filter((line) => !/Trùng/.test(line[reason] ?? ""));
  const rows = kept.map((line) => {
    const found = byName.get((line[name] ?? "").trim().toLocaleLowerCase("vi"));
    if (!found) throw new Error(`nobody is called ${line[name]}`);
    const [day, month, year] = found.birth;
    return headings.map((heading, at): SheetCell => {
      if (heading === "Mã số BHXH") return found.insuranceNumber;
      if (heading === "Số điện thoại") return found.phone;
      if (/sinh/.test(heading)) return `${day}/${month}/${year}`;
      return line[at] ?? null;
    });
  });
  return { bytes: workbook({ "Danh sách": { rows: [headings, ...rows] } }), lines: rows.length };
}
