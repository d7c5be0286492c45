/** Results (XML4) and notes (XML5) as positional rows, in the layout of visits/items.ts. */
import { Fields, minuteOf, Unfit } from "./claim-fields.ts";
import type { Row } from "./scan.ts";

const resultFields = new Fields("XML4", [
  ...["MA_LK", "MA_DICH_VU", "MA_CHI_SO", "TEN_CHI_SO", "GIA_TRI", "DON_VI_DO", "MO_TA", "KET_LUAN", "NGAY_KQ"],
]);
const noteFields = new Fields("XML5", [
  "MA_LK",
  ["DIEN_BIEN_LS", "DIEN_BIEN"],
  "GIAI_DOAN_BENH",
  ["THOI_DIEM_DBLS", "NGAY_YL"],
]);

/** [service, code, name, value, unit, description, conclusion, at] */
export function resultRow(row: Row, episodeKey: string): string[] {
  own(row, resultFields, episodeKey);
  const text = (field: string) => resultFields.text(row, field);
  return [
    text("MA_DICH_VU"),
    text("MA_CHI_SO"),
    text("TEN_CHI_SO"),
    text("GIA_TRI"),
    text("DON_VI_DO"),
    text("MO_TA"),
    text("KET_LUAN"),
    minuteOf(text("NGAY_KQ")) ?? "",
  ];
}

/** [at, text, stage] */
export function noteRow(row: Row, episodeKey: string): string[] {
  own(row, noteFields, episodeKey);
  return [
    minuteOf(noteFields.text(row, "THOI_DIEM_DBLS")) ?? "",
    noteFields.text(row, "DIEN_BIEN_LS"),
    noteFields.text(row, "GIAI_DOAN_BENH"),
  ];
}

function own(row: Row, fields: Fields, episodeKey: string): void {
  if (fields.required(row, "MA_LK") !== episodeKey) throw new Unfit("line_of_other_visit", fields.label("MA_LK"));
}
