/** Checks of a whole claim: sizes and required fields, declared totals, order of dates, code lists. */

import { type Fields, Unfit } from "./claim-fields.ts";
import { ONE_DONG, type Sums } from "./claim-items.ts";
import type { CodeBook } from "./code-book.ts";
import type { Flags } from "./flags.ts";
import { distance, HUNDREDTHS, parseScaled, showScaled } from "./rules-decimal.ts";
import type { Row } from "./scan.ts";
import { type SpecName, type TableName, tables } from "./spec.ts";

const NUMBER = /^\d+(?:\.\d+)?$/;
/** Limit where the decision sets none ("n"): a text larger than this is no text of a visit. */
const TEXT_MAX = 64 * 1024;

/** Longer than the annex: told. Longer than the wider of the two size tables: the record is not taken. */
export function checkSizes(name: TableName, rows: readonly Row[], spec: SpecName, flags: Flags): void {
  const checks = tables[name].checks[spec];
  for (const row of rows) {
    for (const check of checks) {
      const value = row[check.place];
      if (value === undefined || value === "") {
        if (check.isRequired) flags.add("missing", `${name}.${check.name}`);
        continue;
      }
      if (value.length > check.told || value.length > TEXT_MAX) {
        if (value.length > check.most || value.length > TEXT_MAX) throw new Unfit("too_long", `${name}.${check.name}`);
        flags.add("over_length", `${name}.${check.name}`);
      }
      if (check.isNumber && !NUMBER.test(value)) flags.add("not_a_number", `${name}.${check.name}`);
    }
  }
}

/** XML1 totals as written, for `visit.declared`, and every difference from the lines above one đồng. */
export function readDeclared(row: Row, fields: Fields, sums: Sums, isOldLayout: boolean, flags: Flags): string {
  const said = (field: string) => parseScaled(fields.text(row, field), HUNDREDTHS);
  const totals = {
    total: isOldLayout ? undefined : said("T_TONGCHI_BV"),
    inScope: said("T_TONGCHI_BH"),
    fund: said("T_BHTT"),
    co: said("T_BNCCT"),
    self: said("T_BNTT"),
    other: said("T_NGUONKHAC"),
  };
  const compare = (kind: Parameters<Flags["add"]>[0], declared: bigint | undefined, lines: bigint) => {
    if (declared !== undefined && distance(declared, lines) > ONE_DONG) {
      flags.add(kind, showScaled(declared, HUNDREDTHS), showScaled(lines, HUNDREDTHS));
    }
  };
  compare("sum_total", totals.total, sums.total);
  compare("sum_in_scope", totals.inScope, sums.inScope);
  compare("sum_fund", totals.fund, sums.fund);
  compare("sum_co", totals.co, sums.co);
  compare("sum_self", totals.self, sums.self);
  compare("sum_other", totals.other, sums.other);
  compare("sum_drugs", said("T_THUOC"), sums.drugs);
  compare("sum_supplies", said("T_VTYT"), sums.supplies);
  if (!isOldLayout) {
    compare("sum_fee_for_service", said("T_BHTT_GDV"), sums.feeForService);
    const { fund = 0n, co = 0n, self = 0n, other = 0n } = totals;
    compare("declared_parts", totals.total, fund + co + self + other);
  }
  const known = Object.entries(totals).filter((entry): entry is [string, bigint] => entry[1] !== undefined);
  return JSON.stringify(Object.fromEntries(known.map(([part, amount]) => [part, showScaled(amount, HUNDREDTHS)])));
}

export interface Stay {
  admittedAt: string;
  dischargedAt: string;
  careType: string;
}

const NO_DAYS = new Set(["01", "07", "09"]);
const BOTH_DAYS = new Set(["02", "03", "04", "06"]);
const DAY_MS = 86_400_000;

/** Order of dates, and SO_NGAY_DTRI by kind of care (data standards §1.4). */
export function checkDates(row: Row, fields: Fields, stay: Stay, flags: Flags): void {
  const admitted = fields.text(row, "NGAY_VAO");
  const discharged = fields.text(row, "NGAY_RA");
  const onWard = fields.text(row, "NGAY_VAO_NOI_TRU");
  if (discharged < admitted) flags.add("date_order", "XML1.NGAY_RA");
  if (onWard !== "" && onWard < admitted) flags.add("date_order", "XML1.NGAY_VAO_NOI_TRU");
  for (const again of fields.text(row, "NGAY_TAI_KHAM").split(";")) {
    if (again.trim() && again.trim() < discharged.slice(0, 8)) flags.add("date_order", "XML1.NGAY_TAI_KHAM");
  }
  const days = fields.text(row, "SO_NGAY_DTRI");
  const expected = stayDays(stay);
  if (days !== "" && expected !== undefined && Number(days) !== expected) flags.add("stay_days", "XML1.SO_NGAY_DTRI");
}

function stayDays({ admittedAt, dischargedAt, careType }: Stay): number | undefined {
  if (NO_DAYS.has(careType)) return 0;
  if (!BOTH_DAYS.has(careType)) return undefined;
  return (Date.parse(dischargedAt.slice(0, 10)) - Date.parse(admittedAt.slice(0, 10))) / DAY_MS + 1;
}

/** First day of the entitlement list of QĐ 3276/QĐ-BYT; the lists before it are known in part only. */
const ENTITLEMENT_LIST_FROM = "2025-01-01";

export interface CodeContext {
  careType: string;
  spec: SpecName;
  /** Day of discharge: which lists hold. */
  on: string;
  codes: CodeBook;
  flags: Flags;
}

export function checkCodes(row: Row, fields: Fields, { careType, spec, on, codes, flags }: CodeContext): void {
  const check = (list: string, field: string, code: string) => {
    if (code !== "" && !codes.isKnown(list, code, on)) flags.add("unknown_code", `XML1.${field}`, code.slice(0, 8));
  };
  check("sex", "GIOI_TINH", fields.text(row, "GIOI_TINH"));
  check("outcome", "KET_QUA_DTRI", fields.text(row, "KET_QUA_DTRI"));
  check("accident", "MA_TAI_NAN", fields.text(row, "MA_TAI_NAN"));
  check("discharge_kind", "MA_LOAI_RV", fields.text(row, "MA_LOAI_RV"));
  check("living_area", "MA_KHUVUC", fields.text(row, "MA_KHUVUC"));
  if (spec === "4210") {
    check("entry_reason_4210", "MA_LYDO_VVIEN", fields.text(row, "MA_DOITUONG_KCB"));
    return;
  }
  check("care_type", "MA_LOAI_KCB", careType);
  const entitlement = fields.text(row, "MA_DOITUONG_KCB");
  if (on >= ENTITLEMENT_LIST_FROM) check("entitlement", "MA_DOITUONG_KCB", entitlement);
  else if (!codes.isKnownEver("entitlement", entitlement)) check("entitlement", "MA_DOITUONG_KCB", entitlement);
}
