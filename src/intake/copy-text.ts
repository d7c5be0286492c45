const MEANT = /[\\\t\n\r]/;
/** Up to here looking at each sign costs less than a pattern. */
const SHORT_CHARACTERS = 64;
const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const BACKSLASH = 92;

/** Text format of COPY: only the backslash, tab and line ends have a meaning; nothing is `\N`. */
export function copyField(value: string | number | null): string {
  if (value === null) return "\\N";
  const text = typeof value === "string" ? value : String(value);
  if (!hasMeant(text)) return text;
  return text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
}

/** The same of a text that JSON.stringify wrote, where tabs and line ends are escaped already. */
export function copyJson(text: string): string {
  return text.includes("\\") ? text.replaceAll("\\", "\\\\") : text;
}

/** The cells of a line, without its end. */
export function copyCells(values: readonly (string | number | null)[]): string {
  let line = "";
  for (let at = 0; at < values.length; at += 1)
    line += at === 0 ? copyField(values[at] ?? null) : `\t${copyField(values[at] ?? null)}`;
  return line;
}

export function copyLine(values: readonly (string | number | null)[]): string {
  return `${copyCells(values)}\n`;
}

function hasMeant(text: string): boolean {
  if (text.length > SHORT_CHARACTERS) return MEANT.test(text);
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === BACKSLASH || sign === TAB || sign === LINE_FEED || sign === RETURN) return true;
  }
  return false;
}
