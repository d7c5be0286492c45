/**
 * Cost lines of a claim (XML2, XML3) → the items text of a visit, the sums of the lines, and the checks of
 * each line (data standards §1.6). Amounts are exact; a difference above one đồng is told, never repaired.
 */
import type { ItemKindCode, PackedItem } from "../visits/items.ts";
import { Fields, Unfit } from "./claim-fields.ts";
import type { CodeBook } from "./code-book.ts";
import type { Flags } from "./flags.ts";
import { distance, HUNDREDTHS, showScaled, THOUSANDTHS } from "./rules-decimal.ts";
import type { Row } from "./scan.ts";

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

export const ONE_DONG = 100n;
const FEE_FOR_SERVICE = "1";
const SOURCES = ["T_NGUONKHAC_NSNN", "T_NGUONKHAC_VTNN", "T_NGUONKHAC_VTTN", "T_NGUONKHAC_CL"] as const;

const common = [
  "MA_LK", "STT", "MA_NHOM", "DON_VI_TINH", "PHAM_VI", "SO_LUONG", "T_BHTT", "T_BNCCT", "T_BNTT", "T_NGUONKHAC",
  "MA_PTTT", "NGAY_YL", ["THANH_TIEN_BH", "THANH_TIEN"], ["TYLE_TT_BH", "TYLE_TT"], "THANH_TIEN_BV", ...SOURCES,
] as const; // biome-ignore format: a table
const drugFields = new Fields("XML2", [...common, "MA_THUOC", "TEN_THUOC", "DON_GIA", "NGAY_TH_YL"]);
const serviceFields = new Fields("XML3", [
  ...common,
  ...["MA_DICH_VU", "TEN_DICH_VU", "MA_VAT_TU", "TEN_VAT_TU", "MA_BENH", "NGAY_TH_YL", "NGAY_KQ"],
  ...([["DON_GIA_BV", "DON_GIA"], ["DON_GIA_BH", "DON_GIA"], ["TYLE_TT_DV", "TYLE_TT"]] as const),
]); // biome-ignore format: a table

export function readLines(drugs: readonly Row[], services: readonly Row[], context: LineContext): Lines {
  const lines: Lines = { items: [], sums: noSums(), isSensitive: false };
  for (const row of drugs) addDrug(row, lines, context);
  for (const row of services) addService(row, lines, context);
  return lines;
}

function addDrug(row: Row, lines: Lines, context: LineContext): void {
  const fields = drugFields;
  const amounts = amountsOf(row, fields, context);
  const quantity = fields.fine(row, "SO_LUONG");
  const price = fields.fine(row, "DON_GIA");
  const rate = fields.amount(row, "TYLE_TT_BH");
  const name = fields.text(row, "TEN_THUOC");
  if (!context.isOldLayout) {
    checkPrice(fields, row, context, { amount: amounts.total, quantity, price, percents: [] });
    checkScope(fields, row, context, { amount: amounts.inScope, quantity, price, percents: [rate] });
  }
  lines.isSensitive ||= context.codes.sensitive.isDrug(name);
  lines.sums.drugs += context.isOldLayout ? amounts.inScope : amounts.total;
  checkDates(row, fields, ["NGAY_YL", "NGAY_TH_YL"], context.flags);
  add(lines, row, fields, context, {
    kind: "D",
    code: fields.text(row, "MA_THUOC"),
    name,
    quantity,
    price,
    rate,
    amounts,
  });
}

function addService(row: Row, lines: Lines, context: LineContext): void {
  const fields = serviceFields;
  const amounts = amountsOf(row, fields, context);
  const quantity = fields.fine(row, "SO_LUONG");
  const price = fields.fine(row, "DON_GIA_BV");
  const share = fields.amount(row, "TYLE_TT_DV");
  const rate = fields.amount(row, "TYLE_TT_BH");
  const kind = serviceKind(row);
  const isSupply = kind === "M";
  if (!context.isOldLayout) {
    const insured = fields.fine(row, "DON_GIA_BH");
    checkPrice(fields, row, context, { amount: amounts.total, quantity, price, percents: [share] });
    checkScope(fields, row, context, { amount: amounts.inScope, quantity, price: insured, percents: [share, rate] });
  }
  lines.isSensitive ||= context.codes.sensitive.hasDisease(fields.text(row, "MA_BENH"));
  if (isSupply) lines.sums.supplies += context.isOldLayout ? amounts.inScope : amounts.total;
  checkDates(row, fields, ["NGAY_YL", "NGAY_TH_YL", "NGAY_KQ"], context.flags);
  const [own, other] = isSupply ? ["VAT_TU", "DICH_VU"] : ["DICH_VU", "VAT_TU"];
  const code = fields.text(row, `MA_${own}`) || fields.text(row, `MA_${other}`);
  const name = fields.text(row, `TEN_${own}`) || fields.text(row, `TEN_${other}`);
  add(lines, row, fields, context, { kind, code, name, quantity, price, rate, amounts });
}

/** Groups 10 and 11 are supplies, 12 is transport (data standards §1.6). */
function serviceKind(row: Row): ItemKindCode {
  const group = serviceFields.text(row, "MA_NHOM");
  if (group === "12") return "T";
  if (group === "10" || group === "11") return "M";
  return serviceFields.text(row, "MA_DICH_VU") === "" && serviceFields.text(row, "MA_VAT_TU") !== "" ? "M" : "S";
}

interface Amounts {
  total: bigint;
  inScope: bigint;
  fund: bigint;
  co: bigint;
  self: bigint;
  other: bigint;
}

function amountsOf(row: Row, fields: Fields, context: LineContext): Amounts {
  if (fields.required(row, "MA_LK") !== context.episodeKey)
    throw new Unfit("line_of_other_visit", fields.label("MA_LK"));
  const fund = fields.amount(row, "T_BHTT");
  const co = fields.amount(row, "T_BNCCT");
  const self = fields.amount(row, "T_BNTT");
  const other = fields.amount(row, "T_NGUONKHAC");
  const inScope = fields.amount(row, "THANH_TIEN_BH");
  const parts = fund + co + self + other;
  if (context.isOldLayout) {
    // 4210 has no total at hospital prices: what the four paid is the only total that the file states.
    if (distance(inScope, fund + co + other) > ONE_DONG && distance(inScope, parts) > ONE_DONG) {
      context.flags.add("line_sum", fields.label("THANH_TIEN"), fields.text(row, "STT"));
    }
    return { total: parts, inScope, fund, co, self, other };
  }
  const total = fields.amount(row, "THANH_TIEN_BV");
  if (distance(total, parts) > ONE_DONG) {
    context.flags.add("line_sum", fields.label("THANH_TIEN_BV"), fields.text(row, "STT"));
  }
  const sources = SOURCES.reduce((sum, source) => sum + fields.amount(row, source), 0n);
  if (distance(sources, other) > ONE_DONG)
    context.flags.add("line_other", fields.label("T_NGUONKHAC"), fields.text(row, "STT"));
  return { total, inScope, fund, co, self, other };
}

interface Product {
  /** Hundredths. */
  amount: bigint;
  /** Thousandths. */
  quantity: bigint;
  /** Thousandths. */
  price: bigint;
  /** Hundredths of a percent. */
  percents: readonly bigint[];
}

function checkPrice(fields: Fields, row: Row, { flags }: LineContext, product: Product): void {
  if (!holds(product)) flags.add("line_price", fields.label("THANH_TIEN_BV"), fields.text(row, "STT"));
}

function checkScope(fields: Fields, row: Row, { flags }: LineContext, product: Product): void {
  if (!holds(product)) flags.add("line_scope", fields.label("THANH_TIEN_BH"), fields.text(row, "STT"));
}

/** amount = quantity × price × percents, to one đồng, in whole numbers. */
function holds({ amount, quantity, price, percents }: Product): boolean {
  let product = quantity * price;
  let unit = 10_000n;
  for (const percent of percents) {
    product *= percent;
    unit *= 10_000n;
  }
  return distance(amount * unit, product) <= ONE_DONG * unit;
}

function checkDates(row: Row, fields: Fields, order: readonly string[], flags: Flags): void {
  let before = "";
  for (const field of order) {
    const at = fields.text(row, field);
    if (at === "") continue;
    if (at < before) flags.add("date_order", fields.label(field));
    before = at;
  }
}

interface LineParts {
  kind: ItemKindCode;
  code: string;
  name: string;
  quantity: bigint;
  price: bigint;
  rate: bigint;
  amounts: Amounts;
}

function add(lines: Lines, row: Row, fields: Fields, { codes, flags, on }: LineContext, parts: LineParts): void {
  const { amounts, quantity, price, rate } = parts;
  const group = fields.text(row, "MA_NHOM");
  if (!codes.isKnown("cost_group", group, on)) flags.add("unknown_code", fields.label("MA_NHOM"), group.slice(0, 4));
  for (const part of ["total", "inScope", "fund", "co", "self", "other"] as const) lines.sums[part] += amounts[part];
  if (fields.text(row, "MA_PTTT") === FEE_FOR_SERVICE) lines.sums.feeForService += amounts.fund;
  lines.items.push([
    fields.text(row, "STT"),
    parts.kind,
    group,
    parts.code,
    parts.name,
    fields.text(row, "DON_VI_TINH"),
    showScaled(quantity, THOUSANDTHS),
    showScaled(price, THOUSANDTHS),
    showScaled(rate, HUNDREDTHS),
    showScaled(amounts.total, HUNDREDTHS),
    showScaled(amounts.fund, HUNDREDTHS),
    showScaled(amounts.co, HUNDREDTHS),
    showScaled(amounts.self, HUNDREDTHS),
    showScaled(amounts.other, HUNDREDTHS),
  ]);
}

function noSums(): Sums {
  return {
    ...{ total: 0n, inScope: 0n, fund: 0n, co: 0n, self: 0n, other: 0n },
    ...{ drugs: 0n, supplies: 0n, feeForService: 0n },
  };
}
