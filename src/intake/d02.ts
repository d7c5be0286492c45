/**
 * The sheet that employers file with D02-LT and TK1-TS (117 columns): where a person stands in it. Pure. Templates
 * differ in order and in headings, so columns are found by name, and what holds no fact of a person is passed over.
 */
import { foldName } from "../kernel/names.ts";
import { parsePersonalId } from "../kernel/numbers.ts";
import type { Birth, Columns, Kind, RowOf } from "./columns.ts";
import { birth, cmnd, code, day, email, insuredNumber, optional, passport, personName, phone, required, text } from "./columns.ts"; // biome-ignore format: a list
import type { PersonRow } from "./formats.ts";
import { type Fault, type Layout, layoutOf } from "./read-table.ts";
import { FileRefused } from "./refusal.ts";
import type { HouseholdMember } from "./rules-household.ts";

type Paper = Pick<PersonRow, "personal_id" | "cmnd" | "passport">;
const NO_PAPER: Paper = { personal_id: null, cmnd: null, passport: null };

/** What kind of paper it is, its number tells. */
const paper: Kind<Paper> = {
  parse(typed) {
    const personal = parsePersonalId(typed);
    if (personal) return { ...NO_PAPER, personal_id: personal };
    const old = cmnd.parse(typed);
    if (old) return { ...NO_PAPER, cmnd: old };
    const travel = /[A-Za-z]/.test(typed) ? passport.parse(typed) : undefined;
    return travel ? { ...NO_PAPER, passport: travel } : undefined;
  },
  fault: "bad_number",
};

interface SexCode {
  sex: 1 | 2 | 3;
  /** As written: 0 is used by one set of codes, 2 and 3 by the other. */
  code: string | undefined;
}

const SEX_OF_CODE: Readonly<Record<string, SexCode["sex"]>> = { "0": 2, "1": 1, "2": 2, "3": 3 };
const SEX_OF_WORD: Readonly<Record<string, SexCode["sex"]>> = { nam: 1, nu: 2, khac: 3 };

/** Longer is no such code, and looked at by no expression. */
const SEX_MOST = 100;

/** "1", "Nam", "1-Nam", "0 - Nữ". */
const sexCode: Kind<SexCode> = {
  parse(typed) {
    const [, digit, word] = /^(\d)?\s*[-–.:]?\s*(nam|nu|khac)?$/.exec(foldName(typed.slice(0, SEX_MOST))) ?? [];
    const [byCode, byWord] = [SEX_OF_CODE[digit ?? ""], SEX_OF_WORD[word ?? ""]];
    const sex = byWord ?? byCode;
    if (sex === undefined || (digit !== undefined && byCode !== sex)) return undefined;
    return { sex, code: digit };
  },
  fault: "bad_code",
};

/** "Chỉ có năm", "Tháng, năm": how much of the day of birth is known. Codes of vendors say nothing sure. */
const birthKind: Kind<Birth["precision"]> = {
  parse(typed) {
    const words = foldName(typed);
    if (!/nam/.test(words) || /ngay/.test(words)) return "day";
    return /thang/.test(words) ? "month" : "year";
  },
  fault: "bad_code",
};

/** Three digits, or the letters that these forms use for Viet Nam. Other letters have no public table. */
const VIETNAM = "000";
const nationality: Kind<string> = {
  parse: (typed) => (/^vn$/i.test(typed) ? VIETNAM : code(/^\d{3}$/).parse(typed.padStart(3, "0"))),
  fault: "bad_code",
};
/** The word beside the code: is it Viet Nam? Of other countries the words have no public table. */
const isVietnam: Kind<boolean> = { parse: (typed) => /^(viet ?nam|vn)$/.test(foldName(typed)), fault: "bad_code" };
const ethnicCode: Kind<string> = { parse: (typed) => code(/^\d{2}$/).parse(typed.padStart(2, "0")), fault: "bad_code" };

export const d02Columns = {
  full_name: required(personName, "ho_va_ten", "ho_ten"),
  birth_kind: optional(birthKind, "loai_ngay_sinh"),
  birth: required(birth, "ngay_sinh", "ngay_thang_nam_sinh"),
  sex: required(sexCode, "gioi_tinh"),
  insurance_number: optional(insuredNumber, "ma_so_bhxh"),
  paper: optional(paper, "so_cmnd_cccd_ho_chieu", "so_cccd_cmnd_ho_chieu", "so_dinh_danh_cccd_ho_chieu", "so_cccd"),
  nationality: optional(nationality, "ma_quoc_tich"),
  nationality_name: optional(isVietnam, "quoc_tich"),
  ethnic_code: optional(ethnicCode, "ma_dan_toc"),
  died_on: optional(day, "ngay_chet"),
  phone: optional(phone, "dien_thoai", "so_dien_thoai"),
  email: optional(email),
  province: optional(text(255), "nhan_ho_so_tinh"),
  commune: optional(text(255), "nhan_ho_so_xa"),
  address: optional(text(1024), "nhan_ho_so_dia_chi"),
  household_code: optional(text(30), "ma_so_ho_gia_dinh", "ma_ho_gia_dinh"),
  ...memberColumns(inAnnex),
} satisfies Columns;

/** In the sheet of the employed: with the annex's name before them, in one cell or in the row above. */
function inAnnex(...names: string[]): string[] {
  const before = ["pl", "phu_luc", "phu_luc_thanh_vien_ho_gia_dinh", "pl_tv_hgd", "thanh_vien_ho_gia_dinh"];
  return before.flatMap((prefix) => names.map((name) => `${prefix}_${name}`));
}

/** Columns of the annex of members, by whatever stands before their names. */
export function memberColumns(named: (...names: string[]) => string[]) {
  return {
    member_household: optional(text(30), ...named("ma_ho", "ma_so_ho_gia_dinh")),
    member_name: optional(personName, ...named("ho_ten", "ho_va_ten")),
    member_number: optional(insuredNumber, ...named("ma_so_bhxh")),
    member_birth_kind: optional(birthKind, ...named("loai_ngay_sinh")),
    member_birth: optional(birth, ...named("ngay_sinh")),
    member_sex: optional(sexCode, ...named("gioi_tinh")),
    member_nationality: optional(nationality, ...named("ma_quoc_tich")),
    member_nationality_name: optional(isVietnam, ...named("quoc_tich")),
    member_ethnic_code: optional(ethnicCode, ...named("ma_dan_toc")),
    member_paper: optional(paper, ...named("so_cmnd", "so_cmnd_cccd_ho_chieu", "so_cccd")),
    member_relation: optional(text(100), ...named("quan_he_voi_chu_ho", "moi_quan_he_voi_chu_ho")),
    member_relation_code: optional(text(10), ...named("ma_quan_he", "ma_moi_quan_he")),
    member_province: optional(text(255), ...named("tinh")),
    member_commune: optional(text(255), ...named("xa")),
    member_address: optional(text(1024), ...named("dia_chi_khai_sinh", "dia_chi")),
    member_takes_part: optional(text(100), ...named("nguoi_tham_gia")),
    member_note: optional(text(500), ...named("ghi_chu")),
  } satisfies Columns;
}

type D02Row = RowOf<typeof d02Columns>;
type MemberCells = RowOf<ReturnType<typeof memberColumns>>;

/** Which set of codes a whole sheet uses: 0 is a woman in one and nobody in the other; whoever mixes them must say which. */
export class SexCodes {
  #hasZero = false;
  #hasOthers = false;

  add(read: SexCode | null): void {
    this.#hasZero ||= read?.code === "0";
    this.#hasOthers ||= read?.code === "2" || read?.code === "3";
    if (this.#hasZero && this.#hasOthers) throw new FileRefused("mixed_sex_codes");
  }
}

/** The movement of a person stands in no other table. */
const MARKS = ["loai_phuong_an", "ma_loai_pa", "phuong_an_dieu_chinh", "ma_pa", "phuong_an"];

/** One for each file: the set of codes of sex is told by the whole column. */
export function d02Layout(): Layout<PersonRow> {
  const codes = new SexCodes();
  return layoutOf<typeof d02Columns, PersonRow>({
    name: "d02",
    columns: d02Columns,
    fits: (header) => header.some((heading) => MARKS.includes(heading)),
    passesOver: () => true,
    rowOf(row): PersonRow | Fault {
      codes.add(row.sex);
      codes.add(row.member_sex);
      const fault = faultOf(row);
      if (fault) return fault;
      const { insurance_number: number } = row;
      const papers = row.paper ?? NO_PAPER;
      const isPersonal = number?.length === 12;
      return {
        full_name: row.full_name,
        birth: narrowed(row.birth, row.birth_kind),
        sex: row.sex.sex,
        insurance_number: isPersonal ? null : number,
        ...papers,
        personal_id: isPersonal ? number : papers.personal_id,
        ...{ personal_id_from: null, cmnd_to: null, managed_by: null },
        nationality: row.nationality ?? (row.nationality_name ? VIETNAM : null),
        ...{ ethnic_code: row.ethnic_code, died_on: row.died_on, phone: row.phone, email: row.email },
        address: row.address && [row.address, row.commune, row.province].filter(Boolean).join(", "),
        household: householdOf(row),
      };
    },
  });
}

/** A word of another country needs its code: without one the person would count as of Viet Nam. */
const isOdd = (code: string | null, isVietnamese: boolean | null) =>
  isVietnamese !== null && (code === null ? !isVietnamese : (code === VIETNAM) !== isVietnamese);

export function faultOfMember(row: MemberCells): Fault | undefined {
  const isWrong = isOdd(row.member_nationality, row.member_nationality_name);
  return isWrong ? { field: "member_nationality", code: "bad_code" } : undefined;
}

/** What the cells of one row say against each other. */
function faultOf(row: D02Row): Fault | undefined {
  if (isOdd(row.nationality, row.nationality_name)) return { field: "nationality", code: "bad_code" };
  const ofMember = faultOfMember(row);
  if (ofMember) return ofMember;
  const { insurance_number: number, paper: papers } = row;
  if (number?.length === 12 && papers?.personal_id && papers.personal_id !== number)
    return { field: "insurance_number", code: "person_conflict" };
  if (row.member_name && !row.member_household && !row.household_code)
    return { field: "member_household", code: "missing_field" };
  return undefined;
}

/** The person of the row where a household is named, and the member whom the annex names on the same row. */
function householdOf(row: D02Row): HouseholdMember[] {
  const members: HouseholdMember[] = [];
  const own = row.insurance_number ?? numberOf(row.paper);
  if (row.household_code && own) {
    const { full_name, sex, nationality, ethnic_code } = row;
    members.push({
      ...{ household_code: row.household_code, member_key: own, full_name, sex: sex.sex, nationality, ethnic_code },
      ...{ insurance_number: row.insurance_number, paper_number: numberOf(row.paper) },
      birth: narrowed(row.birth, row.birth_kind),
      ...{ relation: null, relation_code: null, birth_place: null, takes_part: null, note: null },
    });
  }
  const household = row.member_household ?? row.household_code;
  if (row.member_name && household) members.push(memberOf(row, household, row.member_name));
  return members;
}

/** Whom the annex names on a row. */
export function memberOf(row: MemberCells, household: string, name: string): HouseholdMember {
  const [number, paperNumber] = [row.member_number, numberOf(row.member_paper)];
  const born = row.member_birth && narrowed(row.member_birth, row.member_birth_kind);
  const places = [row.member_address, row.member_commune, row.member_province].filter(Boolean);
  return {
    household_code: household,
    member_key: number ?? paperNumber ?? `${foldName(name)} ${born?.on ?? ""}`.trim(),
    full_name: name,
    ...{ insurance_number: number, paper_number: paperNumber, birth: born, sex: row.member_sex?.sex ?? null },
    nationality: row.member_nationality ?? (row.member_nationality_name ? VIETNAM : null),
    ...{ ethnic_code: row.member_ethnic_code, relation: row.member_relation },
    ...{ relation_code: row.member_relation_code, takes_part: row.member_takes_part, note: row.member_note },
    birth_place: places.length > 0 ? places.join(", ") : null,
  };
}

const numberOf = (given: Paper | null) => given && (given.personal_id ?? given.cmnd ?? given.passport);

/** A whole date whose day nobody knows is written with the first of the year. */
function narrowed({ on, precision }: Birth, known: Birth["precision"] | null): Birth {
  if (known === "year") return { on: `${on.slice(0, 4)}-01-01`, precision: "year" };
  return known === "month" && precision === "day"
    ? { on: `${on.slice(0, 7)}-01`, precision: "month" }
    : { on, precision };
}
