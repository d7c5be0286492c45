/** Rejected records as CSV or Excel: place and reason, never values. */
import type { Lang } from "../kernel/words.ts";
import { writeXlsx } from "../typeset/write-xlsx.ts";
import { words } from "./words.ts";

export interface ToldReject {
  file: string;
  record: number;
  line: number | undefined;
  field: string;
  code: string;
}

const HEADINGS = ["file", "record", "line", "field", "code", "reason"];
export const REJECTS_HEAD = csvLine(HEADINGS);

export function rejectLine(reject: ToldReject, lang: Lang): string {
  return csvLine(cellsOf(reject, lang));
}

export function rejectsSheet(rejects: readonly ToldReject[], lang: Lang): Buffer {
  return writeXlsx("rejects", [HEADINGS, ...rejects.map((reject) => cellsOf(reject, lang))]);
}

function cellsOf({ file, record, line, field, code }: ToldReject, lang: Lang): (string | number)[] {
  return [file, record, line ?? "", field, code, reasonOf(code, lang)];
}

export function reasonOf(code: string, lang: Lang): string {
  const { rejects, refusals } = words(lang);
  return (rejects as Record<string, string>)[code] ?? (refusals as Record<string, string>)[code] ?? code;
}

/** RFC 4180; a text that a spreadsheet would take for a formula gets an apostrophe. */
function csvLine(cells: readonly (string | number)[]): string {
  const quoted = cells.map((cell) => {
    const text = typeof cell === "string" && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${quoted.join(",")}\r\n`;
}
