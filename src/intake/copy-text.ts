/** Text format of COPY: only the backslash, tab and line ends have a meaning; nothing is `\N`. */
export function copyField(value: string | number | null): string {
  if (value === null) return "\\N";
  const text = String(value);
  if (!/[\\\t\n\r]/.test(text)) return text;
  return text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
}

export function copyLine(values: readonly (string | number | null)[]): string {
  return `${values.map(copyField).join("\t")}\n`;
}
