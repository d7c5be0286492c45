/** Results (XML4) and notes (XML5) as positional rows, in the layout of visits/items.ts. */
import { type Field, fieldsOf, minuteOf, Unfit } from "./claim-fields.ts";
import type { Row } from "./scan.ts";

const ofResult = fieldsOf("XML4", [
  ...([
    "MA_LK",
    "MA_DICH_VU",
    "MA_CHI_SO",
    "TEN_CHI_SO",
    "GIA_TRI",
    "DON_VI_DO",
    "MO_TA",
    "KET_LUAN",
    "NGAY_KQ",
  ] as const),
]);
const ofNote = fieldsOf("XML5", [
  "MA_LK",
  ["DIEN_BIEN_LS", "DIEN_BIEN"],
  "GIAI_DOAN_BENH",
  ["THOI_DIEM_DBLS", "NGAY_YL"],
]);

/** [service, code, name, value, unit, description, conclusion, at] */
export function resultRow(row: Row, episodeKey: string): string[] {
  own(row, ofResult.MA_LK, episodeKey);
  return [
    ofResult.MA_DICH_VU.text(row),
    ofResult.MA_CHI_SO.text(row),
    ofResult.TEN_CHI_SO.text(row),
    ofResult.GIA_TRI.text(row),
    ofResult.DON_VI_DO.text(row),
    ofResult.MO_TA.text(row),
    ofResult.KET_LUAN.text(row),
    minuteOf(ofResult.NGAY_KQ.text(row)) ?? "",
  ];
}

/** [at, text, stage] */
export function noteRow(row: Row, episodeKey: string): string[] {
  own(row, ofNote.MA_LK, episodeKey);
  return [
    minuteOf(ofNote.THOI_DIEM_DBLS.text(row)) ?? "",
    ofNote.DIEN_BIEN_LS.text(row),
    ofNote.GIAI_DOAN_BENH.text(row),
  ];
}

function own(row: Row, key: Field, episodeKey: string): void {
  if (key.required(row) !== episodeKey) throw new Unfit("line_of_other_visit", key.label);
}
