/**
 * Cost lines of a claim (XML2, XML3) → the items text of a visit, the sums of the lines, and the checks of
 * each line (data standards §1.6). Amounts are exact; a difference above one đồng is told, never repaired.
 */
import type { ItemKindCode, PackedItem } from "../visits/items.ts";
import { type Field, fieldsOf, Unfit } from "./claim-fields.ts";
import type { CodeBook } from "./code-book.ts";
import type { Flags } from "./flags.ts";
import { distance, ExactSum, HUNDREDTHS, THOUSANDTHS, writeScaled } from "./rules-decimal.ts";
import type { Row } from "./scan.ts";

/** Hundredths. */
export interface Sums {
  total: bigint;
  inScope: bigint;
  fund: bigint;
  co: bigint;
  self: bigint;
  other: bigint;
  drugs: bigint;
  supplies: bigint;
  feeForService: bigint;
}

export interface Lines {
  items: PackedItem[];
  sums: Sums;
  isSensitive: boolean;
}

export interface LineContext {
  episodeKey: string;
  isOldLayout: boolean;
  /** Day of discharge: which code lists hold. */
  on: string;
  codes: CodeBook;
  flags: Flags;
}

/** Hundredths. */
export const ONE_DONG = 100;
/** What a visit's row holds: 13 digits of đồng. Each line states no more, but lines add up. */
const SUM_MAX = 999_999_999_999_999n;
const FEE_FOR_SERVICE = "1";

const common = [
  "MA_LK", "STT", "MA_NHOM", "DON_VI_TINH", "PHAM_VI", "SO_LUONG", "T_BHTT", "T_BNCCT", "T_BNTT", "T_NGUONKHAC",
  "MA_PTTT", "NGAY_YL", ["THANH_TIEN_BH", "THANH_TIEN"], ["TYLE_TT_BH", "TYLE_TT"], "THANH_TIEN_BV",
  "THANH_TIEN", "T_NGUONKHAC_NSNN", "T_NGUONKHAC_VTNN", "T_NGUONKHAC_VTTN", "T_NGUONKHAC_CL",
] as const; // biome-ignore format: a table
const ofDrug = fieldsOf("XML2", [...common, "MA_THUOC", "TEN_THUOC", "DON_GIA", "NGAY_TH_YL"]);
const ofService = fieldsOf("XML3", [
  ...common,
  ...(["MA_DICH_VU", "TEN_DICH_VU", "MA_VAT_TU", "TEN_VAT_TU", "MA_BENH", "NGAY_TH_YL", "NGAY_KQ"] as const),
  ...([["DON_GIA_BV", "DON_GIA"], ["DON_GIA_BH", "DON_GIA"], ["TYLE_TT_DV", "TYLE_TT"]] as const),
]); // biome-ignore format: a table
const drugDates = [ofDrug.NGAY_YL, ofDrug.NGAY_TH_YL];
const serviceDates = [ofService.NGAY_YL, ofService.NGAY_TH_YL, ofService.NGAY_KQ];

/** What is summed into the visit's row, and the field it comes from. */
const summed = [
  ["total", "THANH_TIEN_BV"],
  ["inScope", "THANH_TIEN_BH"],
  ["fund", "T_BHTT"],
  ["co", "T_BNCCT"],
  ["self", "T_BNTT"],
  ["other", "T_NGUONKHAC"],
] as const;

/** Fields that lines of both tables have. */
type Common = Record<keyof typeof ofDrug & keyof typeof ofService, Field>;

export function readLines(drugs: readonly Row[], services: readonly Row[], context: LineContext): Lines {
  const gathered = { items: [] as PackedItem[], sums: noSums(), isSensitive: false };
  for (const row of drugs) addDrug(row, gathered, context);
  for (const row of services) addService(row, gathered, context);
  const totals = Object.entries(gathered.sums).map(([part, sum]) => [part, sum.total]);
  const sums = Object.fromEntries(totals) as Sums;
  const fields = services.length > 0 ? ofService : ofDrug;
  for (const [part, name] of summed) if (sums[part] > SUM_MAX) throw new Unfit("sum_too_large", fields[name].label);
  return { ...gathered, sums };
}

interface Gathered {
  items: PackedItem[];
  sums: Record<keyof Sums, ExactSum>;
  isSensitive: boolean;
}

function addDrug(row: Row, lines: Gathered, context: LineContext): void {
  const amounts = amountsOf(row, ofDrug, context);
  const quantity = ofDrug.SO_LUONG.fine(row);
  const price = ofDrug.DON_GIA.fine(row);
  const rate = ofDrug.TYLE_TT_BH.amount(row);
  const name = ofDrug.TEN_THUOC.text(row);
  if (!context.isOldLayout) {
    if (!isProduct(amounts.total, quantity, price, WHOLE, WHOLE)) tellPrice(row, ofDrug, context);
    if (!isProduct(amounts.inScope, quantity, price, rate, WHOLE)) tellScope(row, ofDrug, context);
  }
  lines.isSensitive ||= context.codes.sensitive.isDrug(name);
  lines.sums.drugs.add(context.isOldLayout ? amounts.inScope : amounts.total);
  checkDates(row, drugDates, context.flags);
  add(lines, row, ofDrug, context, {
    ...{ kind: "D", code: ofDrug.MA_THUOC.text(row), name, quantity, price, rate, amounts },
  });
}

function addService(row: Row, lines: Gathered, context: LineContext): void {
  const amounts = amountsOf(row, ofService, context);
  const quantity = ofService.SO_LUONG.fine(row);
  const price = ofService.DON_GIA_BV.fine(row);
  const share = ofService.TYLE_TT_DV.amount(row);
  const rate = ofService.TYLE_TT_BH.amount(row);
  const kind = serviceKind(row);
  const isSupply = kind === "M";
  if (!context.isOldLayout) {
    const insured = ofService.DON_GIA_BH.fine(row);
    if (!isProduct(amounts.total, quantity, price, share, WHOLE)) tellPrice(row, ofService, context);
    if (!isProduct(amounts.inScope, quantity, insured, share, rate)) tellScope(row, ofService, context);
  }
  lines.isSensitive ||= context.codes.sensitive.hasDisease(ofService.MA_BENH.text(row));
  if (isSupply) lines.sums.supplies.add(context.isOldLayout ? amounts.inScope : amounts.total);
  checkDates(row, serviceDates, context.flags);
  const [service, supply] = [ofService.MA_DICH_VU.text(row), ofService.MA_VAT_TU.text(row)];
  const [serviceName, supplyName] = [ofService.TEN_DICH_VU.text(row), ofService.TEN_VAT_TU.text(row)];
  const code = isSupply ? supply || service : service || supply;
  const name = isSupply ? supplyName || serviceName : serviceName || supplyName;
  add(lines, row, ofService, context, { kind, code, name, quantity, price, rate, amounts });
}

/** Groups 10 and 11 are supplies, 12 is transport (data standards §1.6). */
function serviceKind(row: Row): ItemKindCode {
  const group = ofService.MA_NHOM.text(row);
  if (group === "12") return "T";
  if (group === "10" || group === "11") return "M";
  return ofService.MA_DICH_VU.text(row) === "" && ofService.MA_VAT_TU.text(row) !== "" ? "M" : "S";
}

/** Hundredths. */
interface Amounts {
  total: number;
  inScope: number;
  fund: number;
  co: number;
  self: number;
  other: number;
}

function amountsOf(row: Row, fields: Common, context: LineContext): Amounts {
  if (fields.MA_LK.required(row) !== context.episodeKey) throw new Unfit("line_of_other_visit", fields.MA_LK.label);
  const fund = fields.T_BHTT.amount(row);
  const co = fields.T_BNCCT.amount(row);
  const self = fields.T_BNTT.amount(row);
  const other = fields.T_NGUONKHAC.amount(row);
  const inScope = fields.THANH_TIEN_BH.amount(row);
  const parts = fund + co + self + other;
  if (context.isOldLayout) {
    // 4210 has no total at hospital prices: what the four paid is the only total that the file states.
    if (differ(inScope, fund + co + other) && differ(inScope, parts)) {
      context.flags.add("line_sum", fields.THANH_TIEN.label, fields.STT.text(row));
    }
    return { total: parts, inScope, fund, co, self, other };
  }
  const total = fields.THANH_TIEN_BV.amount(row);
  if (differ(total, parts)) context.flags.add("line_sum", fields.THANH_TIEN_BV.label, fields.STT.text(row));
  const sources =
    fields.T_NGUONKHAC_NSNN.amount(row) +
    fields.T_NGUONKHAC_VTNN.amount(row) +
    fields.T_NGUONKHAC_VTTN.amount(row) +
    fields.T_NGUONKHAC_CL.amount(row);
  if (differ(sources, other)) context.flags.add("line_other", fields.T_NGUONKHAC.label, fields.STT.text(row));
  return { total, inScope, fund, co, self, other };
}

const differ = (a: number, b: number) => Math.abs(a - b) > ONE_DONG;

function tellPrice(row: Row, fields: Common, { flags }: LineContext): void {
  flags.add("line_price", fields.THANH_TIEN_BV.label, fields.STT.text(row));
}

function tellScope(row: Row, fields: Common, { flags }: LineContext): void {
  flags.add("line_scope", fields.THANH_TIEN_BH.label, fields.STT.text(row));
}

/** A hundred percent, in hundredths. */
const WHOLE = 10_000;

/**
 * amount = quantity × price × share × rate, to one đồng, in whole numbers. `amount`: hundredths; `quantity`, `price`:
 * thousandths; `share`, `rate`: hundredths of a percent.
 */
export function isProduct(amount: number, quantity: number, price: number, share: number, rate: number): boolean {
  let product = quantity * price;
  let unit = 10_000;
  // Whole percents, which they mostly are, leave more room.
  for (const percent of [share, rate]) {
    if (percent === WHOLE) continue;
    const isWhole = percent % 100 === 0;
    product *= isWhole ? percent / 100 : percent;
    unit *= isWhole ? 100 : WHOLE;
  }
  const told = amount * unit;
  if (product < Number.MAX_SAFE_INTEGER && told < Number.MAX_SAFE_INTEGER) {
    return Math.abs(told - product) <= ONE_DONG * unit;
  }
  const exact = BigInt(quantity) * BigInt(price) * BigInt(share) * BigInt(rate);
  const exactUnit = 10_000n * BigInt(WHOLE) * BigInt(WHOLE);
  return distance(BigInt(amount) * exactUnit, exact) <= BigInt(ONE_DONG) * exactUnit;
}

function checkDates(row: Row, order: readonly Field[], flags: Flags): void {
  let before = "";
  for (const field of order) {
    const at = field.text(row);
    if (at === "") continue;
    if (at < before) flags.add("date_order", field.label);
    before = at;
  }
}

interface LineParts {
  kind: ItemKindCode;
  code: string;
  name: string;
  quantity: number;
  price: number;
  rate: number;
  amounts: Amounts;
}

function add(lines: Gathered, row: Row, fields: Common, { codes, flags, on }: LineContext, parts: LineParts): void {
  const { amounts, quantity, price, rate } = parts;
  const { sums } = lines;
  const group = fields.MA_NHOM.text(row);
  if (!codes.isKnown("cost_group", group, on)) flags.add("unknown_code", fields.MA_NHOM.label, group.slice(0, 4));
  sums.total.add(amounts.total);
  sums.inScope.add(amounts.inScope);
  sums.fund.add(amounts.fund);
  sums.co.add(amounts.co);
  sums.self.add(amounts.self);
  sums.other.add(amounts.other);
  if (fields.MA_PTTT.text(row) === FEE_FOR_SERVICE) sums.feeForService.add(amounts.fund);
  lines.items.push([
    fields.STT.text(row),
    parts.kind,
    group,
    parts.code,
    parts.name,
    fields.DON_VI_TINH.text(row),
    writeScaled(quantity, THOUSANDTHS),
    writeScaled(price, THOUSANDTHS),
    writeScaled(rate, HUNDREDTHS),
    writeScaled(amounts.total, HUNDREDTHS),
    writeScaled(amounts.fund, HUNDREDTHS),
    writeScaled(amounts.co, HUNDREDTHS),
    writeScaled(amounts.self, HUNDREDTHS),
    writeScaled(amounts.other, HUNDREDTHS),
  ]);
}

function noSums(): Record<keyof Sums, ExactSum> {
  return {
    ...{ total: new ExactSum(), inScope: new ExactSum(), fund: new ExactSum(), co: new ExactSum() },
    ...{ self: new ExactSum(), other: new ExactSum() },
    ...{ drugs: new ExactSum(), supplies: new ExactSum(), feeForService: new ExactSum() },
  };
}
