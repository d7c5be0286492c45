/**
 * Exact decimals of claim files: whole numbers of hundredths (amounts, percents) or thousandths
 * (quantities, unit prices). No float is ever rounded: up to 15 digits a double is exact, and what may
 * grow beyond is counted otherwise.
 */
export const HUNDREDTHS = 2;
export const THOUSANDTHS = 3;
type Places = typeof HUNDREDTHS | typeof THOUSANDTHS;

const POINT = 46;
const ZERO = 48;
const NINE = 57;
const DIGITS_MAX = 15;
const SAFE_MAX = BigInt(Number.MAX_SAFE_INTEGER);
/** By how much a number grows for each decimal place that is not written. */
const POWERS = [1, 10, 100, 1000] as const;

/** "3500.5" → 350050. NaN unless plain digits with at most so many places that count. */
export function readScaled(text: string, places: Places): number {
  let value = 0;
  let digits = 0;
  let fraction = -1;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === POINT && fraction < 0 && digits > 0) {
      fraction = 0;
    } else if (sign < ZERO || sign > NINE) {
      return Number.NaN;
    } else if (fraction < places) {
      value = value * 10 + (sign - ZERO);
      digits += 1;
      if (fraction >= 0) fraction += 1;
    } else if (sign !== ZERO) {
      return Number.NaN;
    }
  }
  const missing = places - Math.max(0, fraction);
  if (digits === 0 || fraction === 0 || digits + missing > DIGITS_MAX) return Number.NaN;
  return value * (POWERS[missing] ?? 1);
}

/** The same for what is counted in any size: undefined where it is no such number. */
export function parseScaled(text: string, places: Places): bigint | undefined {
  const value = readScaled(text, places);
  return Number.isNaN(value) ? undefined : BigInt(value);
}

/** 350050n → "3500.5": without idle zeros. */
export function showScaled(value: bigint, places: Places): string {
  if (value < 0n) return `-${showScaled(-value, places)}`;
  if (value <= SAFE_MAX) return writeScaled(Number(value), places);
  // No file can state as much: the quotient stays whole.
  const unit = BigInt(POWERS[places]);
  return joined(value / unit, Number(value % unit), places);
}

/** 350050 → "3500.5". `value`: a whole number that is exact, not negative. */
export function writeScaled(value: number, places: Places): string {
  const unit = POWERS[places];
  const rest = value % unit;
  return rest === 0 ? String(value / unit) : joined(Math.floor(value / unit), rest, places);
}

function joined(whole: number | bigint, rest: number, places: Places): string {
  return rest === 0 ? String(whole) : `${whole}.${String(rest).padStart(places, "0").replace(/0+$/, "")}`;
}

export const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);

/** Below it a number of file sums up without loss: 2 to the 50th, and what is added is at most a few times 10 to the 15th. */
const LIMB = 2 ** 50;

/** A sum of exact numbers, exact in any size. */
export class ExactSum {
  #low = 0;
  #high = 0;

  /** `value`: a whole number up to 4 × 10^15, not negative. */
  add(value: number): void {
    this.#low += value;
    if (this.#low < LIMB) return;
    const carried = Math.floor(this.#low / LIMB);
    this.#high += carried;
    this.#low -= carried * LIMB;
  }

  get total(): bigint {
    return this.#high === 0 ? BigInt(this.#low) : BigInt(this.#high) * BigInt(LIMB) + BigInt(this.#low);
  }
}
