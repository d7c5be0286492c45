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
  const text = String(value < 0n ? -value : value).padStart(places + 1, "0");
  const whole = text.slice(0, -places);
  const rest = text.slice(-places).replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${whole}${rest && `.${rest}`}`;
}

export const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);
