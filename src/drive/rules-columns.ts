import { foldName } from "../kernel/names.ts";
import { UNIT_COLUMNS } from "./rules.ts";

/** Headings of a table of units, in English or Vietnamese. Pure. */
export type UnitColumn = (typeof UNIT_COLUMNS)[number];

const OTHER_HEADINGS: Record<string, UnitColumn> = {
  ma_don_vi: "unit_code",
  loai: "kind",
  ten: "name",
  ten_don_vi: "name",
  ma_cap_tren: "parent_code",
  ma_co_quan_bhxh: "office_code",
  ma_tinh: "province_code",
  ma_xa: "commune_code",
  ma_don_vi_tham_gia: "employer_code",
  so_nguoi: "headcount",
  nguon_so_nguoi: "headcount_source",
  tu_ngay: "valid_from",
  den_ngay: "valid_to",
  noi_tiep_nhan: "successors",
  cap_tren_truoc_day: "past_parents",
};

export const REQUIRED_COLUMNS: readonly UnitColumn[] = [
  "unit_code",
  "kind",
  "name",
  "office_code",
  "province_code",
  "valid_from",
];

/** `heading`: small letters without marks, words joined by "_". */
export function columnOf(heading: string): UnitColumn | undefined {
  return UNIT_COLUMNS.find((column) => column === heading) ?? OTHER_HEADINGS[heading];
}

const KINDS_IN_WORDS: Record<string, string> = {
  tinh: "province",
  "thanh pho": "province",
  huyen: "district",
  quan: "district",
  "thi xa": "district",
  xa: "commune",
  phuong: "commune",
  "thi tran": "commune",
  thon: "hamlet",
  "to dan pho": "hamlet",
  "co quan": "agency",
  "doanh nghiep": "enterprise",
  "truong hoc": "school",
};

export function kindOf(text: string): string {
  return KINDS_IN_WORDS[foldName(text)] ?? text.trim().toLowerCase();
}
