/** Which heading of a unit's list means what. Pure; headings come folded: "Họ và tên" → "ho_va_ten". */
export const COLUMNS = ["name", "given", "birth", "bhxh", "paper", "phone", "group", "smartphone", "note"] as const;
export type RosterColumn = (typeof COLUMNS)[number];

const exact: Record<RosterColumn, readonly string[]> = {
  name: [
    ...["ho_ten", "ho_va_ten", "ho_va_ten_day_du", "hoten", "ho_ten_khai_sinh", "ten_nguoi_lao_dong", "full_name"],
    ...["ho_va_ten_hoc_sinh", "ho_ten_hoc_sinh", "ho_va_ten_nguoi_lao_dong", "ho_ten_nguoi_lao_dong", "name"],
    ...["ho_ten_can_bo", "ho_va_ten_can_bo", "ho_ten_nld", "ho_va_ten_nld", "ho_ten_nguoi_tham_gia"],
    ...[
      "ho_dem",
      "ho_va_dem",
      "ho_va_ten_dem",
      "ho_ten_dem",
      "ho_lot",
      "ho_va_chu_dem",
      "ho_va_chu_lot",
      "ho_va_ten_lot",
    ],
  ],
  given: ["ten"],
  birth: [
    ...["ngay_sinh", "ngay_thang_nam_sinh", "ngay_thang_sinh", "nam_sinh", "ngaysinh", "sinh_ngay", "ns", "birth_date"],
    ...["ngay_thang_nam_sinh_nam", "ngay_sinh_nam_sinh", "birth", "ngay_nam_sinh"],
  ],
  bhxh: [
    ...["ma_so_bhxh", "ma_bhxh", "so_bhxh", "so_so_bhxh", "mabhxh", "ma_so_bao_hiem_xa_hoi", "ma_so", "ma_the_bhyt"],
    ...["ma_so_bhxh_ddcn_cccd", "ma_so_bhxh_ddcn", "ma_so_bhxh_cccd", "so_the_bhyt", "bhxh", "insurance_number"],
    ...["ma_so_bhxh_so_ddcn", "so_so_bhxh_ma_so_bhxh", "ma_so_bhxh_so_cccd"],
  ],
  paper: [
    ...["cccd", "so_cccd", "cmnd", "so_cmnd", "cmnd_cccd", "cccd_cmnd", "so_cmnd_cccd", "so_cccd_cmnd", "ddcn"],
    ...["so_ddcn", "ma_so_ddcn", "ddcn_cccd", "so_ddcn_cccd", "so_dinh_danh", "so_dinh_danh_ca_nhan", "can_cuoc"],
    ...["so_can_cuoc", "so_can_cuoc_cong_dan", "can_cuoc_cong_dan", "ma_dinh_danh", "ma_dinh_danh_ca_nhan"],
    ...["personal_id", "so_the_can_cuoc", "so_giay_to", "so_cccd_ddcn"],
  ],
  phone: [
    ...["so_dien_thoai", "dien_thoai", "sdt", "so_dt", "dt", "dien_thoai_di_dong", "so_dien_thoai_di_dong", "phone"],
    ...["so_dien_thoai_lien_he", "di_dong", "dtdd", "so_dtdd", "dien_thoai_lien_he"],
  ],
  group: [...["doi_tuong", "nhom", "nhom_doi_tuong", "loai_doi_tuong", "doi_tuong_tham_gia", "group", "nhom_nguoi"]],
  smartphone: [
    ...["co_dien_thoai_thong_minh", "dien_thoai_thong_minh", "co_smartphone", "smartphone", "dtdd_thong_minh"],
    ...["co_dtdd_thong_minh", "co_dien_thoai_thong_minh_khong", "dt_thong_minh", "co_dt_thong_minh"],
  ],
  note: ["ghi_chu", "note", "ghichu", "ghi_chu_khac"],
};

const called = new Map<string, RosterColumn>(
  COLUMNS.flatMap((column) => exact[column].map((heading): [string, RosterColumn] => [heading, column])),
);

/** Day and place of issue, numbers of a parent or head of household: not the person's own. */
const NOT_ITS_OWN = /(^|_)(cap|cha|me|bo|chu_ho|don_vi|phu_huynh)(_|$)/;

/** Two rows of headings are read as one: a group above ("Giấy tờ") does not hide what stands below it ("Số CCCD"). */
export function columnCalled(heading: string): RosterColumn | undefined {
  const whole = called.get(heading);
  if (whole || heading === "" || NOT_ITS_OWN.test(heading)) return whole;
  const words = heading.split("_");
  for (let from = 1; from < words.length; from += 1) {
    const tail = words.slice(from).join("_");
    if (tail.length >= 4 && called.has(tail)) return called.get(tail);
  }
  return undefined;
}

export type Places = Partial<Record<RosterColumn, number>>;

/** The heading by which a column is known again in the file that is handed back. */
export const OWN_HEADINGS: Record<RosterColumn, string> = {
  name: "Họ và tên",
  given: "Tên",
  birth: "Ngày sinh",
  bhxh: "Mã số BHXH",
  paper: "Số CCCD",
  phone: "Số điện thoại",
  group: "Đối tượng",
  smartphone: "Có điện thoại thông minh",
  note: "Ghi chú",
};

/** The first column of each meaning. Without a name, and a birth date or number, it is no list of people. */
export function placesOf(headings: readonly string[]): Places | undefined {
  const places: Places = {};
  headings.forEach((heading, at) => {
    const column = columnCalled(heading);
    if (column !== undefined) places[column] ??= at;
  });
  // A heading over two columns: family and middle names, then the name.
  const next = places.name === undefined ? -1 : places.name + 1;
  if (next < 0 || next >= headings.length || !["", "ten"].includes(headings[next] ?? "x")) delete places.given;
  else places.given = next;
  const isList = places.name !== undefined && [places.birth, places.bhxh, places.paper].some((at) => at !== undefined);
  return isList ? places : undefined;
}
