/**
 * The sheet that employers file with D02-LT and TK1-TS (117 columns): where a person stands in it. Pure. Templates
 * differ in order and in headings, so columns are found by name, and what holds no fact of a person is passed over.
 */
import { foldName } from "../kernel/names.ts";
import { parsePersonalId } from "../kernel/numbers.ts";
import type { Birth, Columns, Kind } from "./columns.ts";
import { birth, cmnd, code, day, email, insuredNumber, optional, passport, personName, phone, required, text } from "./columns.ts"; // biome-ignore format: a list
import type { PersonRow } from "./formats.ts";
import { type Fault, type Layout, layoutOf } from "./read-table.ts";
import { FileRefused } from "./refusal.ts";

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

/** "1", "Nam", "1-Nam", "0 - Nữ". */
const sexCode: Kind<SexCode> = {
  parse(typed) {
    const [, digit, word] = /^(\d)?\s*[-–.:]?\s*(nam|nu|khac)?$/.exec(foldName(typed)) ?? [];
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
const nationality: Kind<string> = {
  parse: (typed) => (/^vn$/i.test(typed) ? "000" : code(/^\d{3}$/).parse(typed.padStart(3, "0"))),
  fault: "bad_code",
};
const ethnicCode: Kind<string> = { parse: (typed) => code(/^\d{2}$/).parse(typed.padStart(2, "0")), fault: "bad_code" };

export const d02Columns = {
  full_name: required(personName, "ho_va_ten", "ho_ten"),
  birth_kind: optional(birthKind, "loai_ngay_sinh"),
  birth: required(birth, "ngay_sinh", "ngay_thang_nam_sinh"),
  sex: required(sexCode, "gioi_tinh"),
  insurance_number: optional(insuredNumber, "ma_so_bhxh"),
  paper: optional(paper, "so_cmnd_cccd_ho_chieu", "so_cccd_cmnd_ho_chieu", "so_dinh_danh_cccd_ho_chieu", "so_cccd"),
  nationality: optional(nationality, "ma_quoc_tich"),
  ethnic_code: optional(ethnicCode, "ma_dan_toc"),
  died_on: optional(day, "ngay_chet"),
  phone: optional(phone, "dien_thoai", "so_dien_thoai"),
  email: optional(email),
  province: optional(text(255), "nhan_ho_so_tinh"),
  commune: optional(text(255), "nhan_ho_so_xa"),
  address: optional(text(1024), "nhan_ho_so_dia_chi"),
} satisfies Columns;

/** The movement of a person stands in no other table. */
const MARKS = ["loai_phuong_an", "ma_loai_pa", "phuong_an_dieu_chinh", "ma_pa", "phuong_an"];

/** One for each file: the set of codes of sex is told by the whole column. */
export function d02Layout(): Layout<PersonRow> {
  let [hasZero, hasOthers] = [false, false];
  return layoutOf<typeof d02Columns, PersonRow>({
    name: "d02",
    columns: d02Columns,
    fits: (header) => header.some((heading) => MARKS.includes(heading)),
    passesOver: () => true,
    rowOf(row): PersonRow | Fault {
      hasZero ||= row.sex.code === "0";
      hasOthers ||= row.sex.code === "2" || row.sex.code === "3";
      // 0 is a woman in one set and nobody in the other: whoever mixes them must say which.
      if (hasZero && hasOthers) throw new FileRefused("mixed_sex_codes");
      const { insurance_number: number } = row;
      const papers = row.paper ?? NO_PAPER;
      const isPersonal = number?.length === 12;
      if (isPersonal && papers.personal_id && papers.personal_id !== number) {
        return { field: "insurance_number", code: "person_conflict" };
      }
      return {
        full_name: row.full_name,
        birth: narrowed(row.birth, row.birth_kind),
        sex: row.sex.sex,
        insurance_number: isPersonal ? null : number,
        ...papers,
        personal_id: isPersonal ? number : papers.personal_id,
        ...{ personal_id_from: null, cmnd_to: null, managed_by: null },
        ...{ nationality: row.nationality, ethnic_code: row.ethnic_code, died_on: row.died_on },
        ...{ phone: row.phone, email: row.email },
        address: row.address && [row.address, row.commune, row.province].filter(Boolean).join(", "),
      };
    },
  });
}

/** A whole date whose day nobody knows is written with the first of the year. */
function narrowed({ on, precision }: Birth, known: Birth["precision"] | null): Birth {
  if (known === "year") return { on: `${on.slice(0, 4)}-01-01`, precision: "year" };
  return known === "month" && precision === "day"
    ? { on: `${on.slice(0, 7)}-01`, precision: "month" }
    : { on, precision };
}
