/**
 * Exact decimals of claim files: whole numbers of hundredths (amounts, percents) or thousandths
 * (quantities, unit prices). No float is ever rounded: up to 15 digits a double is exact.
 */
export const HUNDREDTHS = 2;
export const THOUSANDTHS = 3;
type Places = typeof HUNDREDTHS | typeof THOUSANDTHS;

const POINT = 46;
const ZERO = 48;
const NINE = 57;
const DIGITS_MAX = 15;
const SAFE_MAX = BigInt(Number.MAX_SAFE_INTEGER);

/** "3500.5" → 350050n. Undefined unless plain digits with at most so many places that count. */
export function parseScaled(text: string, places: Places): bigint | undefined {
  let value = 0;
  let digits = 0;
  let fraction = -1;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === POINT && fraction < 0 && digits > 0) {
      fraction = 0;
    } else if (sign < ZERO || sign > NINE) {
      return undefined;
    } else if (fraction < places) {
      value = value * 10 + (sign - ZERO);
      digits += 1;
      if (fraction >= 0) fraction += 1;
    } else if (sign !== ZERO) {
      return undefined;
    }
  }
  const missing = places - Math.max(0, fraction);
  if (digits === 0 || fraction === 0 || digits + missing > DIGITS_MAX) return undefined;
  return BigInt(value * 10 ** missing);
}

/** 350050n → "3500.5": without idle zeros. */
export function showScaled(value: bigint, places: Places): string {
  if (value < 0n) return `-${showScaled(-value, places)}`;
  const unit = places === HUNDREDTHS ? 100 : 1000;
  // Exact as a number, but for what no file can state: there the quotient stays whole.
  const [whole, rest] =
    value <= SAFE_MAX
      ? [Math.floor(Number(value) / unit), Number(value) % unit]
      : [value / BigInt(unit), Number(value % BigInt(unit))];
  if (rest === 0) return String(whole);
  return `${whole}.${String(rest).padStart(places, "0").replace(/0+$/, "")}`;
}

export const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);
