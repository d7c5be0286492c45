/**
 * Costs of care as the claim lines say them. Sums come from the lines; what the facility declared is
 * compared and told, never repaired (data of QĐ 130/4750/3176-BYT; difference above one đồng is told).
 */
import { addVnd, parseVnd, type Vnd, wholeParts, wholeVnd, ZERO } from "../kernel/money.ts";

/** The four who pay, in the order in which they are shown. */
export const PAYERS = ["fund", "co", "self", "other"] as const;
export type Payer = (typeof PAYERS)[number];

/** What is counted of a cost line: exact decimals as text. */
export interface CostLine extends Record<"total" | Payer, string> {
  group: string;
}

/** Exact amounts of one visit. */
export interface Costs {
  total: Vnd;
  fund: Vnd;
  co: Vnd;
  self: Vnd;
  other: Vnd;
}

/** Whole đồng for the screen: the four parts add up to the total shown. */
export interface ShownCosts {
  total: bigint;
  fund: bigint;
  co: bigint;
  self: bigint;
  other: bigint;
  /** Total of the lines less the sum of the parts, when they differ by more than one đồng. */
  apart: bigint | undefined;
}

const ONE_DONG = 100n;
const abs = (amount: bigint) => (amount < 0n ? -amount : amount);

export function shownCosts(costs: Costs): ShownCosts {
  const [fund = 0n, co = 0n, self = 0n, other = 0n] = wholeParts([costs.fund, costs.co, costs.self, costs.other]);
  const apart = costs.total - addVnd(costs.fund, costs.co, costs.self, costs.other);
  const total = fund + co + self + other;
  return { total, fund, co, self, other, apart: abs(apart) > ONE_DONG ? wholeVnd(apart as Vnd) : undefined };
}

export interface YearTotals {
  visits: number;
  costs: ShownCosts;
  /** co + self: what the patient paid altogether. */
  own: bigint;
}

/** Sums of a year's visits: exact first, rounded once. */
export function yearTotals(visits: readonly Costs[]): YearTotals {
  const sum = (pick: (costs: Costs) => Vnd) => addVnd(...visits.map(pick));
  const costs = shownCosts({
    total: sum((visit) => visit.total),
    fund: sum((visit) => visit.fund),
    co: sum((visit) => visit.co),
    self: sum((visit) => visit.self),
    other: sum((visit) => visit.other),
  });
  return { visits: visits.length, costs, own: costs.co + costs.self };
}

/** Bill groups of the screen, from MA_NHOM: one heading may gather several codes. */
export const BILL_GROUPS = [
  "exam",
  "lab",
  "imaging",
  "function",
  "drugs",
  "blood",
  "surgery",
  "supplies",
  "bed",
  "transport",
  "rest",
] as const;
export type BillGroup = (typeof BILL_GROUPS)[number];

const billGroupOf: Record<string, BillGroup> = {
  1: "lab",
  2: "imaging",
  3: "function",
  4: "drugs",
  5: "drugs",
  6: "drugs",
  7: "blood",
  8: "surgery",
  10: "supplies",
  11: "supplies",
  12: "transport",
  13: "exam",
  14: "bed",
  15: "bed",
  16: "bed",
  17: "blood",
  18: "surgery",
};

export interface ShownItem<Line> {
  item: Line;
  total: bigint;
  parts: Record<Payer, bigint>;
}

export interface ItemGroup<Line> {
  group: BillGroup;
  items: ShownItem<Line>[];
  total: bigint;
}

/**
 * Lines by bill group. Line totals are rounded together, so that lines add up to their group and
 * groups to the visit; the four parts of a line add up to that line.
 */
export function groupItems<Line extends CostLine>(items: readonly Line[]): ItemGroup<Line>[] {
  const totals = wholeParts(items.map((item) => amount(item.total)));
  const shown = items.map((item, at): ShownItem<Line> => {
    const total = totals[at] ?? 0n;
    const [fund = 0n, co = 0n, self = 0n, other = 0n] = share(
      total,
      PAYERS.map((payer) => amount(item[payer])),
    );
    return { item, total, parts: { fund, co, self, other } };
  });
  return BILL_GROUPS.flatMap((group) => {
    const own = shown.filter(({ item }) => (billGroupOf[item.group] ?? "rest") === group);
    return own.length === 0 ? [] : [{ group, items: own, total: own.reduce((sum, line) => sum + line.total, 0n) }];
  });
}

/**
 * Whole đồng of the parts of one line. When the exact parts fit the line to one đồng they are made to
 * add up to what is shown for it (largest remainder); otherwise they are rounded alone and the line is told apart.
 */
function share(total: bigint, parts: readonly Vnd[]): bigint[] {
  const whole = wholeParts(parts);
  const missing = total - whole.reduce((sum, part) => sum + part, 0n);
  if (missing === 0n || abs(missing) > 1n) return whole;
  const fraction = (part: Vnd) => ((part % 100n) + 100n) % 100n;
  const nearest = parts
    .map((part, at) => ({ at, off: part - (whole[at] ?? 0n) * 100n, hasFraction: fraction(part) !== 0n }))
    .filter(({ hasFraction }) => hasFraction)
    .toSorted((a, b) => (missing > 0n ? Number(b.off - a.off) : Number(a.off - b.off)))[0];
  if (nearest) whole[nearest.at] = (whole[nearest.at] ?? 0n) + missing;
  return whole;
}

function amount(text: string): Vnd {
  return parseVnd(text) ?? ZERO;
}

/** Lines whose parts do not add up to their total by more than one đồng. */
export function unevenLines<Line extends CostLine>(items: readonly Line[]): Line[] {
  return items.filter((item) => {
    const parts = addVnd(...PAYERS.map((payer) => amount(item[payer])));
    return abs(amount(item.total) - parts) > ONE_DONG;
  });
}

export interface Mismatch {
  part: "total" | Payer;
  declared: bigint;
  lines: bigint;
}

/** Where the facility's own totals and the sum of the lines differ by more than one đồng. */
export function mismatches(costs: Costs, declared: Partial<Record<"total" | Payer, string>>): Mismatch[] {
  return (["total", ...PAYERS] as const).flatMap((part) => {
    const said = declared[part] === undefined ? undefined : parseVnd(declared[part]);
    if (said === undefined || abs(said - costs[part]) <= ONE_DONG) return [];
    return [{ part, declared: wholeVnd(said), lines: wholeVnd(costs[part]) }];
  });
}

/** Share of a bar, 0 to 1, on one scale for a whole list, so that lengths compare between visits. */
export function barShare(part: bigint, longest: bigint): number {
  return longest <= 0n || part <= 0n ? 0 : Number((part * 10000n) / longest) / 10000;
}

/** In-patient care has a way in and a way out; the rest is one day. */
export function isInpatient(careType: string): boolean {
  return ["03", "04", "06", "09"].includes(careType);
}
