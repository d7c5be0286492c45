/** Amounts as they stand on a page: 1.234.567 đ. */
export function amountsIn(text: string): number[] {
  return [...text.matchAll(/([\d.]+)[\s\u00a0]đ/g)].map(([, digits = ""]) => Number(digits.replaceAll(".", "")));
}

/** The one amount of a text; anything else is an error of the page. */
export function amountIn(text: string | null): number {
  const [only, ...others] = amountsIn(text ?? "");
  if (only === undefined || others.length > 0) throw new Error(`not one amount: ${text}`);
  return only;
}

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

export const written = (amount: number): string => `${String(amount).replace(/\B(?=(\d{3})+$)/g, ".")}\u00a0đ`;
