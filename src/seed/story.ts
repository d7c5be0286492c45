import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import type { CastMember } from "./rules-cast.ts";

/** One made-up person or office and what happens to them. One story a file. */
export interface Story {
  /**
   * Rows of the import tables, in the documented formats, without headings. "{year}" and "{last-month}" are those of the
   * day on which the demo begins: a card is good, and months run up to the last one, whenever that is.
   */
  persons?: readonly string[];
  /** Rows of the sheet of D02-LT and TK1-TS, for the annex of household members. */
  households?: readonly string[];
  cards?: readonly string[];
  participation?: readonly string[];
  benefits?: readonly string[];
  /** Claim envelopes. */
  claims?: () => Promise<readonly { name: string; bytes: Buffer }[]>;
  /** Papers for benefits (HSCHUNGTU). */
  documents?: () => Promise<readonly { name: string; bytes: Buffer }[]>;
  /** What happens once the register knows everybody. */
  live?(stage: Stage): Promise<CastMember | readonly CastMember[] | undefined>;
}

export interface Stage {
  house: House;
  now: Date;
  officer: Staff;
}

export const tableHeads = {
  persons: "full_name,birth,sex,insurance_number,personal_id,personal_id_from,cmnd,cmnd_to,ethnic_code,phone,address",
  households:
    "Họ và tên,Mã số BHXH,Loại phương án,Ngày sinh,Giới tính,Mã số hộ gia đình,PL: họ tên,PL: mã số BHXH,PL: quan hệ với chủ hộ",
  cards:
    "insurance_number,card_number,valid_from,valid_to,object_group,benefit_level,facility_code,five_year_on,status",
  participation:
    "insurance_number,fund,from_month,to_month,unit_code,unit_name,title,workplace,salary_kind,salary,contribution_base,rate,object_type,status",
  benefits:
    "insurance_number,kind,regime,decision_no,decided_on,from_on,to_on,amount,agency,unit_name,paid_by,bank_name,bank_account,status",
} as const;
