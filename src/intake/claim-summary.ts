/** The fields of XML1 that are read: its one row says whose visit it was, when, for what and for how much. */
import { fieldsOf } from "./claim-fields.ts";

export const summary = fieldsOf("XML1", [
  "MA_LK", "HO_TEN", "SO_CCCD", "NGAY_SINH", "GIOI_TINH", "MA_CSKCB", "NGAY_VAO", "NGAY_RA", "NGAY_VAO_NOI_TRU",
  "NGAY_TAI_KHAM", "SO_NGAY_DTRI", "MA_LOAI_KCB", "KET_QUA_DTRI", "MA_TAI_NAN", "MA_KHUVUC", "T_THUOC", "T_VTYT",
  "T_TONGCHI_BV", "T_BHTT", "T_BNCCT", "T_BNTT", "T_NGUONKHAC", "T_BHTT_GDV",
  ["T_TONGCHI_BH", "T_TONGCHI"], ["MA_THE_BHYT", "MA_THE"], ["CHAN_DOAN_RV", "TEN_BENH"],
  ["MA_BENH_CHINH", "MA_BENH"], ["MA_BENH_KT", "MA_BENHKHAC"], ["MA_DOITUONG_KCB", "MA_LYDO_VVIEN"],
  ["MA_LOAI_RV", "TINH_TRANG_RV"],
]); // biome-ignore format: a table
