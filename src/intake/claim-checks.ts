/** Checks of a whole claim: sizes and required fields, declared totals, order of dates, code lists. */
import { type Field, Unfit } from "./claim-fields.ts";
import { ONE_DONG, type Sums } from "./claim-items.ts";
import { summary } from "./claim-summary.ts";
import type { CodeBook } from "./code-book.ts";
import type { Flags } from "./flags.ts";
import { distance, HUNDREDTHS, parseScaled, showScaled } from "./rules-decimal.ts";
import type { Row } from "./scan.ts";
import { type FieldCheck, type SpecName, type TableName, TEXT_MAX, tables } from "./spec.ts";

const POINT = 46;
const ZERO = 48;
const NINE = 57;

/** Longer than the annex: told. Longer than the wider of the two size tables: the record is not taken. */
export function checkSizes(name: TableName, rows: readonly Row[], spec: SpecName, flags: Flags): void {
  const checks = tables[name].checks[spec];
  const { places, told, isNumber, isRequired } = tables[name].sizes[spec];
  const labelOf = (nth: number) => `${name}.${checks[nth]?.name}`;
  for (const row of rows) {
    for (let nth = 0; nth < places.length; nth += 1) {
      const value = row[places[nth] as number];
      if (value === undefined || value === "") {
        if (isRequired[nth] === 1) flags.add("missing", labelOf(nth));
        continue;
      }
      if (value.length > (told[nth] as number)) tellLength(value, checks[nth], labelOf(nth), flags);
      if (isNumber[nth] === 1 && !isPlainNumber(value)) flags.add("not_a_number", labelOf(nth));
    }
  }
}

function tellLength(value: string, check: FieldCheck | undefined, label: string, flags: Flags): void {
  if (value.length > (check?.most ?? 0) || value.length > TEXT_MAX) throw new Unfit("too_long", label);
  flags.add("over_length", label);
}

/** Figures, and one point between figures. */
function isPlainNumber(text: string): boolean {
  let point = -1;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign >= ZERO && sign <= NINE) continue;
    if (sign !== POINT || point >= 0 || at === 0) return false;
    point = at;
  }
  return point < text.length - 1;
}

const PARTS = ["total", "inScope", "fund", "co", "self", "other"] as const;

/** XML1 totals as written, for `visit.declared`, and every difference from the lines above one đồng. */
export function readDeclared(row: Row, sums: Sums, isOldLayout: boolean, flags: Flags): string {
  const said = (field: Field) => parseScaled(field.text(row), HUNDREDTHS);
  const totals = {
    total: isOldLayout ? undefined : said(summary.T_TONGCHI_BV),
    inScope: said(summary.T_TONGCHI_BH),
    fund: said(summary.T_BHTT),
    co: said(summary.T_BNCCT),
    self: said(summary.T_BNTT),
    other: said(summary.T_NGUONKHAC),
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
  compare("sum_drugs", said(summary.T_THUOC), sums.drugs);
  compare("sum_supplies", said(summary.T_VTYT), sums.supplies);
  if (!isOldLayout) {
    compare("sum_fee_for_service", said(summary.T_BHTT_GDV), sums.feeForService);
    const { fund = 0n, co = 0n, self = 0n, other = 0n } = totals;
    compare("declared_parts", totals.total, fund + co + self + other);
  }
  const known = PARTS.flatMap((part) => {
    const amount = totals[part];
    return amount === undefined ? [] : [`"${part}":"${showScaled(amount, HUNDREDTHS)}"`];
  });
  return `{${known.join(",")}}`;
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
export function checkDates(row: Row, stay: Stay, flags: Flags): void {
  const admitted = summary.NGAY_VAO.text(row);
  const discharged = summary.NGAY_RA.text(row);
  const onWard = summary.NGAY_VAO_NOI_TRU.text(row);
  if (discharged < admitted) flags.add("date_order", "XML1.NGAY_RA");
  if (onWard !== "" && onWard < admitted) flags.add("date_order", "XML1.NGAY_VAO_NOI_TRU");
  for (const again of summary.NGAY_TAI_KHAM.text(row).split(";")) {
    if (again.trim() && again.trim() < discharged.slice(0, 8)) flags.add("date_order", "XML1.NGAY_TAI_KHAM");
  }
  const days = summary.SO_NGAY_DTRI.text(row);
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

export function checkCodes(row: Row, { careType, spec, on, codes, flags }: CodeContext): void {
  const check = (list: string, field: string, code: string) => {
    if (code !== "" && !codes.isKnown(list, code, on)) flags.add("unknown_code", `XML1.${field}`, code.slice(0, 8));
  };
  check("sex", "GIOI_TINH", summary.GIOI_TINH.text(row));
  check("outcome", "KET_QUA_DTRI", summary.KET_QUA_DTRI.text(row));
  check("accident", "MA_TAI_NAN", summary.MA_TAI_NAN.text(row));
  check("discharge_kind", "MA_LOAI_RV", summary.MA_LOAI_RV.text(row));
  check("living_area", "MA_KHUVUC", summary.MA_KHUVUC.text(row));
  if (spec === "4210") {
    check("entry_reason_4210", "MA_LYDO_VVIEN", summary.MA_DOITUONG_KCB.text(row));
    return;
  }
  check("care_type", "MA_LOAI_KCB", careType);
  const entitlement = summary.MA_DOITUONG_KCB.text(row);
  if (on >= ENTITLEMENT_LIST_FROM) check("entitlement", "MA_DOITUONG_KCB", entitlement);
  else if (!codes.isKnownEver("entitlement", entitlement)) check("entitlement", "MA_DOITUONG_KCB", entitlement);
}
