/**
 * Vietnamese đồng, exact. Claim files carry two decimals (data standards §1.4), so the amount is a
 * whole number of hundredths; whole đồng appear only on screen.
 */
export type Vnd = bigint & { readonly __vnd: unique symbol };

export const ZERO = 0n as Vnd;

/** "3500.5" → 350050n. Undefined when it is not a plain decimal with at most two places. */
export function parseVnd(text: string): Vnd | undefined {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,2})0*)?$/.exec(text);
  if (!match) return undefined;
  const hundredths = BigInt(match[2] ?? "0") * 100n + BigInt((match[3] ?? "").padEnd(2, "0") || "0");
  return (match[1] ? -hundredths : hundredths) as Vnd;
}

/** Reads what the database gives for numeric(_, 2); throws when the column held something else. */
export function vnd(text: string): Vnd {
  const value = parseVnd(text);
  if (value === undefined) throw new RangeError("not an amount");
  return value;
}

export function addVnd(...amounts: readonly Vnd[]): Vnd {
  return amounts.reduce((sum, amount) => sum + amount, 0n) as Vnd;
}

/** "3500.50": the exact decimal, for the database and the API. */
export function exactVnd(amount: Vnd): string {
  const sign = amount < 0n ? "-" : "";
  const abs = amount < 0n ? -amount : amount;
  return `${sign}${abs / 100n}.${String(abs % 100n).padStart(2, "0")}`;
}

/** Whole đồng, half away from zero. */
export function wholeVnd(amount: Vnd): bigint {
  const abs = amount < 0n ? -amount : amount;
  const whole = (abs + 50n) / 100n;
  return amount < 0n ? -whole : whole;
}

/**
 * Whole đồng for parts that must still add up to their rounded total on screen
 * (largest remainder; the earlier part wins a tie).
 */
export function wholeParts(parts: readonly Vnd[]): bigint[] {
  const floors = parts.map((part) => (part < 0n ? -((-part + 99n) / 100n) : part / 100n));
  const total = wholeVnd(addVnd(...parts));
  let missing = total - floors.reduce((sum, floor) => sum + floor, 0n);
  const order = parts
    .map((part, at) => ({ at, rest: part - (floors[at] ?? 0n) * 100n }))
    .sort((a, b) => (b.rest === a.rest ? a.at - b.at : b.rest > a.rest ? 1 : -1));
  for (const { at } of order) {
    if (missing <= 0n) break;
    floors[at] = (floors[at] ?? 0n) + 1n;
    missing -= 1n;
  }
  return floors;
}

const HARD_SPACE = "\u00a0";

/** 1.234.567 đ (vi) or 1,234,567 VND (en), hard space before the unit. */
export function formatWhole(whole: bigint, lang: "vi" | "en" = "vi"): string {
  const mark = lang === "en" ? "," : ".";
  const digits = String(whole < 0n ? -whole : whole).replace(/\B(?=(\d{3})+$)/g, mark);
  return `${whole < 0n ? "-" : ""}${digits}${HARD_SPACE}${lang === "en" ? "VND" : "đ"}`;
}

export function formatVnd(amount: Vnd, lang: "vi" | "en" = "vi"): string {
  return formatWhole(wholeVnd(amount), lang);
}

/** A count of people or things: 1.980 (vi) or 1,980 (en). */
export function formatCount(count: number, lang: "vi" | "en" = "vi"): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, lang === "en" ? "," : ".");
}
