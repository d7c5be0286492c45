/** The import tables: their columns, what must be there, and the headings that are understood (docs/formats). */
import {
  amount, birth, type Columns, cardNumber, cmnd, code, day, email, facilityCode, insuranceNumber, insuredNumber, month,
  numberText, oneOf, optional, paperNumber, passport, percent, personalId, personName, phone, type RowOf, required, salary, sex, text,
} from "./columns.ts"; // biome-ignore format: a list
import type { HouseholdMember } from "./rules-household.ts";

const insuranceNumberAliases = ["ma_so_bhxh", "ma_bhxh", "so_bhxh", "bhxh"];
const personalIdAliases = ["so_dinh_danh", "ddcn", "so_cccd", "cccd", "can_cuoc"];
/** One of the two tells whose row it is; a number of before tells it too. */
const whose = {
  insurance_number: optional(insuredNumber, ...insuranceNumberAliases),
  personal_id: optional(paperNumber, ...personalIdAliases, "so_cmnd"),
};

export const personColumns = {
  full_name: required(personName, "ho_ten", "ho_va_ten", "ho_va_ten_dem_va_ten"),
  birth: required(birth, "ngay_sinh", "birth_date", "date_of_birth", "nam_sinh"),
  sex: required(sex, "gioi_tinh"),
  insurance_number: optional(insuranceNumber, ...insuranceNumberAliases),
  personal_id: optional(personalId, ...personalIdAliases),
  personal_id_from: optional(day, "ngay_cap_cccd"),
  cmnd: optional(cmnd, "so_cmnd"),
  cmnd_to: optional(day, "cmnd_den_ngay"),
  passport: optional(passport, "ho_chieu", "so_ho_chieu"),
  nationality: optional(code(/^\d{3}$/), "quoc_tich"),
  ethnic_code: optional(code(/^\d{2}$/), "dan_toc", "ma_dan_toc"),
  managed_by: optional(
    oneOf({ bhxh: "bhxh", defence: "defence", "quốc phòng": "defence", police: "police", "công an": "police" }),
    "quan_ly",
  ),
  died_on: optional(day, "ngay_mat"),
  phone: optional(phone, "dien_thoai", "so_dien_thoai"),
  email: optional(email, "thu_dien_tu"),
  address: optional(text(1024), "dia_chi"),
} satisfies Columns;

export const cardColumns = {
  ...whose,
  card_number: required(cardNumber, "ma_the", "so_the", "ma_the_bhyt"),
  valid_from: required(day, "gia_tri_tu", "tu_ngay"),
  valid_to: optional(day, "gia_tri_den", "den_ngay"),
  object_group: optional(code(/^[A-Z]{2}$/), "ma_doi_tuong", "doi_tuong"),
  benefit_level: optional(code(/^[1-5]$/), "ma_quyen_loi", "muc_huong"),
  living_area: optional(code(/^K[123]$/), "khu_vuc", "ma_khu_vuc"),
  facility_code: optional(facilityCode, "noi_dkkcb", "ma_dkbd"),
  five_year_on: optional(day, "du_5_nam", "nam_nam_lien_tuc"),
  status: optional(
    oneOf({
      ...{ valid: "valid", "còn giá trị": "valid", replaced: "replaced", "đã đổi": "replaced" },
      ...{ revoked: "revoked", "thu hồi": "revoked", reported_down: "reported_down", "báo giảm": "reported_down" },
    }),
    "tinh_trang",
  ),
  issued_by: optional(text(255), "noi_cap"),
} satisfies Columns;

export const participationColumns = {
  ...whose,
  fund: required(
    oneOf({ bhxh: "bhxh", bhyt: "bhyt", bhtn: "bhtn", tnld: "tnld", tnlđ: "tnld", "tnlđ-bnn": "tnld" }),
    "quy",
    "loai_hinh",
  ),
  from_month: required(month, "tu_thang"),
  to_month: required(month, "den_thang"),
  unit_code: optional(numberText(20), "ma_don_vi"),
  unit_name: required(text(500), "ten_don_vi", "don_vi"),
  title: optional(text(255), "chuc_danh", "chuc_vu"),
  workplace: optional(text(500), "noi_lam_viec"),
  salary_kind: optional(
    oneOf<"vnd" | "coefficient">({ vnd: "vnd", đồng: "vnd", coefficient: "coefficient", "hệ số": "coefficient" }),
    "loai_luong",
  ),
  salary: optional(salary, "muc_luong"),
  contribution_base: optional(amount, "tien_luong_dong", "muc_dong"),
  rate: optional(percent, "ty_le", "ty_le_dong"),
  object_type: optional(text(100), "loai_doi_tuong"),
  status: optional(
    oneOf({
      ...{ paid: "paid", "đã đóng": "paid", unpaid: "unpaid", "chưa đóng": "unpaid", "chậm đóng": "unpaid" },
      ...{ refunded: "refunded", "hoàn trả": "refunded" },
    }),
    "tinh_trang",
  ),
} satisfies Columns;

export const benefitColumns = {
  ...whose,
  kind: required(
    oneOf({
      ...{
        one_off: "one_off",
        "một lần": "one_off",
        short_term: "short_term",
        odts: "short_term",
        "ngắn hạn": "short_term",
      },
      ...{ monthly: "monthly", "hàng tháng": "monthly", unemployment: "unemployment", "thất nghiệp": "unemployment" },
    }),
    "loai_huong",
  ),
  regime: required(text(255), "che_do"),
  decision_no: required(numberText(100), "so_quyet_dinh"),
  decided_on: optional(day, "ngay_quyet_dinh"),
  from_on: required(day, "huong_tu", "tu_ngay"),
  to_on: optional(day, "huong_den", "den_ngay"),
  amount: required(amount, "so_tien"),
  agency: optional(text(255), "co_quan_giai_quyet", "co_quan"),
  unit_name: optional(text(500), "ten_don_vi", "don_vi"),
  paid_by: optional(text(100), "hinh_thuc_chi_tra"),
  bank_name: optional(text(255), "ngan_hang"),
  bank_account: optional(numberText(50), "so_tai_khoan"),
  status: optional(
    oneOf({
      ...{ decided: "decided", "đã quyết định": "decided", paid: "paid", "đã chi trả": "paid" },
      ...{ stopped: "stopped", "đã dừng": "stopped" },
    }),
    "tinh_trang",
  ),
} satisfies Columns;

export const facilityColumns = {
  facility_code: required(facilityCode, "ma_cskcb", "ma_co_so"),
  name: required(text(500), "ten", "ten_cskcb", "ten_co_so"),
  level: optional(text(50), "hang", "cap", "tuyen"),
  province_code: optional(code(/^\d{2}$/), "ma_tinh"),
  address: optional(text(1024), "dia_chi"),
  phone: optional(text(50), "dien_thoai"),
  valid_from: required(day, "tu_ngay", "hieu_luc_tu"),
  valid_to: optional(day, "den_ngay", "hieu_luc_den"),
} satisfies Columns;

export const unitColumns = {
  unit_code: required(numberText(20), "ma_don_vi"),
  name: required(text(500), "ten", "ten_don_vi"),
  kind: required(
    oneOf({
      ...{ agency: "agency", "cơ quan": "agency", enterprise: "enterprise", "doanh nghiệp": "enterprise" },
      ...{ school: "school", "trường học": "school", commune: "commune", xã: "commune", phường: "commune" },
      ...{ collector: "collector", "tổ chức thu": "collector", other: "other", khác: "other" },
    }),
    "loai",
  ),
  office_code: optional(text(20), "ma_co_quan_bhxh"),
  address: optional(text(1024), "dia_chi"),
  valid_from: required(day, "tu_ngay"),
  valid_to: optional(day, "den_ngay"),
} satisfies Columns;

const yes = { "1": "true", có: "true", yes: "true" };
const no = { "0": "false", không: "false", no: "false" };

export const officeColumns = {
  office_code: required(code(/^[0-9A-Z]{3,20}$/), "ma_co_quan_bhxh", "ma_co_quan"),
  name: required(text(500), "ten", "ten_co_quan"),
  kind: required(
    oneOf({
      ...{ province: "province", tỉnh: "province", "thành phố": "province", "bhxh tỉnh": "province" },
      ...{ base: "base", "cơ sở": "base", "bhxh cơ sở": "base" },
      ...{ district: "district", huyện: "district", "bhxh huyện": "district" },
    }),
    "loai",
    "cap",
  ),
  parent_code: optional(code(/^[0-9A-Z]{3,20}$/), "ma_cap_tren", "ma_co_quan_cap_tren"),
  province_code: required(code(/^\d{2}$/), "ma_tinh"),
  commune_code: optional(code(/^\d{5}$/), "ma_xa"),
  address: required(text(1024), "dia_chi"),
  phone: required(text(50), "dien_thoai"),
  opening_hours: required(text(255), "gio_lam_viec", "gio_mo_cua"),
  takes_files: optional(oneOf({ ...yes, ...no }), "nhan_ho_so"),
  communes: optional(code(/^\d{5}(?:[ ,;]+\d{5}){0,999}$/), "ma_xa_phu_trach", "cac_xa"),
  valid_from: required(day, "tu_ngay", "hieu_luc_tu"),
  valid_to: optional(day, "den_ngay", "hieu_luc_den"),
  replaced_by: optional(code(/^[0-9A-Z]{3,20}$/), "ma_co_quan_thay_the", "thay_bang"),
} satisfies Columns;

export type PersonRow = RowOf<typeof personColumns> & { household?: HouseholdMember[] };

export type CardRow = RowOf<typeof cardColumns>;
export type ParticipationRow = RowOf<typeof participationColumns>;
export type BenefitRow = RowOf<typeof benefitColumns>;
export type FacilityRow = RowOf<typeof facilityColumns>;
export type UnitRow = RowOf<typeof unitColumns>;
