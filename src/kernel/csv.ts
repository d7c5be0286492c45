/**
 * Rows of a CSV for a spreadsheet. A cell that a spreadsheet would take for a formula is shown as text: names
 * come from whoever filled in the form.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/** What a spreadsheet would reckon instead of showing it. */
export const looksLikeFormula = (text: string): boolean => /^[\s\uFEFF]*[=+\-@|%＝＋－＠]/u.test(text);

function csvCell(text: string): string {
  const plain = text.replace(/[\r\n\t]+/gu, " ");
  const harmless = looksLikeFormula(plain) ? `'${plain}` : plain;
  return `"${harmless.replaceAll('"', '""')}"`;
}
