/** One damaged CSV or workbook through everything that an import of a table does before SQL. */
import { d02Layout } from "../src/intake/d02.ts";
import { personColumns } from "../src/intake/formats.ts";
import type { RejectedRecord, Run } from "../src/intake/import-file.ts";
import { ownLayout, readTable } from "../src/intake/read-table.ts";
import { FileRefused } from "../src/intake/refusal.ts";
import { words } from "../src/intake/words.ts";
import { zipOf } from "../src/typeset/zip.ts";
import { mutate, mutateBytes, type Random } from "./mutations.ts";

const MEGABYTE = 1_000_000;
const HEADINGS = ["Họ và tên", "Ngày sinh", "Giới tính", "Mã số BHXH", "Loại phương án", "Điện thoại"];
const PEOPLE = [
  ["Đặng Thị Mẫu", "05/1950", "Nữ", "9933000021", "TM", "0350000021"],
  ['Rơ Châm "Thử"', "15/03/1992", "1", "099192000022", "TM", "01650000022"],
  ["Lò Văn Ba\nhai dòng", "1988", "nam", "9933000023", "", "+84 990 000 023"],
];
const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const CSV = [HEADINGS, ...PEOPLE, ...PEOPLE].map((row) => row.map(quoted).join(",")).join("\r\n");

const CSV_PIECES = [
  ...['"', '""', '","', "\n", "\r", "\r\n", ",", ";", "\t", "\u0000", "\ufeff", "=1+1", "ấ\u0301", "😀", "\u00a0"],
  ...["\u2028", '"\n'.repeat(200), ",".repeat(300), "x".repeat(70_000)],
];
const XLSX_PIECES = [
  ...['<c r="XFD1"><v>1</v></c>', '<c r="A0"/>', '<c t="s"><v>-1</v></c>', '<c t="s"><v>1e9</v></c>', '<c t="e"><v>#REF!</v></c>'],
  ...['<row r="1048577"/>', '<row r="0">', "</row>", "<v>1e308</v>", "<v>NaN</v>", "<v>2958466</v>", "<v>-0.5</v>"],
  ...["<f>A1:A1048576</f>", '<f t="shared" si="9"/>', '<c t="d"><v>2026-13-45</v></c>', "<t>", "</si>", "<rPh>", "&#x0;", "&a;"],
  ...["<!DOCTYPE x [<!ENTITY a 'b'>]>", "<![CDATA[", "]]>", "<is><t>", 'date1904="1"', 'numFmtId="999"', "<x>".repeat(300)],
  ...['encoding="UTF-16"', 'Target="../../x"', 'TargetMode="External"', "<v/>".repeat(500)],
]; // biome-ignore format: a list

const texts = [...new Set([HEADINGS, ...PEOPLE].flat())];
const place = (word: string) => texts.indexOf(word);
const letters = "ABCDEF";
const sheetRows = [HEADINGS, ...PEOPLE].map((row, at) => {
  const cells = row.map((cell, column) => `<c r="${letters[column]}${at + 1}" t="s"><v>${place(cell)}</v></c>`);
  // A day as a number with a format, and a formula with its saved value.
  if (at === 1) cells[1] = `<c r="B2" s="1"><v>32874</v></c>`;
  if (at === 2) cells[3] = `<c r="D3" t="str"><f>CONCAT("0991","92000022")</f><v>099192000022</v></c>`;
  return `<row r="${at + 1}">${cells.join("")}</row>`;
});
const escaped = (word: string) => word.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const PARTS: Readonly<Record<string, string>> = {
  "xl/workbook.xml": `<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="DuLieu" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
  "xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
  "xl/sharedStrings.xml": `<sst>${texts.map((word) => `<si><t>${escaped(word)}</t></si>`).join("")}</sst>`,
  "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${sheetRows.join("")}</sheetData></worksheet>`,
};
const WORKBOOK = zipOf(PARTS);

/** A CSV with damage to quotes, separators, encoding or bytes. */
export function damagedCsv(random: Random): Buffer {
  const way = random();
  if (way < 0.15) return Buffer.from(mutate(CSV, random, CSV_PIECES), "utf16le");
  if (way < 0.3) return Buffer.from(mutate(CSV, random, CSV_PIECES), "latin1");
  const bytes = Buffer.from(mutate(CSV, random, CSV_PIECES));
  return way < 0.6 ? mutateBytes(bytes, random) : bytes;
}

/** A workbook with damage to the zip, or to one of its parts, or without one of them. */
export function damagedWorkbook(random: Random): Buffer {
  const way = random();
  if (way < 0.3) return mutateBytes(WORKBOOK, random);
  const names = Object.keys(PARTS);
  const name = names[Math.floor(random() * names.length)] ?? "";
  const { [name]: part = "", ...others } = PARTS;
  if (way < 0.35) return zipOf(others);
  const bytes = Buffer.from(mutate(part, random, XLSX_PIECES));
  return zipOf({ ...others, [name]: way < 0.5 ? mutateBytes(bytes, random) : bytes });
}

export interface Outcome {
  taken: number;
  rejected: number;
  /** Why the whole was refused. */
  refusal?: string;
  /** Of a file smaller than a megabyte: as if it had one. */
  msPerMb: number;
}

/** Throws what is neither a refusal nor a reject, and where either has no sentence. */
export async function readDamaged(bytes: Buffer): Promise<Outcome> {
  const outcome: Outcome = { taken: 0, rejected: 0, msPerMb: 0 };
  const source = { name: "x", bytes: new Uint8Array(bytes) };
  const reject = async ({ code }: RejectedRecord) => {
    if (!(words.vi.rejects as Record<string, string>)[code]) throw new Error(`a reject without a reason: ${code}`);
    outcome.rejected += 1;
  };
  // Of a run, reading a table needs no more.
  const run = { source, progress() {}, reject } as unknown as Run;
  const startedAt = performance.now();
  try {
    for await (const rows of readTable(run, [d02Layout(), ownLayout(personColumns)])) outcome.taken += rows.length;
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    if (!words.vi.refusals[error.code]) throw new Error(`a refusal without a reason: ${error.code}`);
    outcome.refusal = error.code;
  }
  outcome.msPerMb = (performance.now() - startedAt) / Math.max(1, bytes.length / MEGABYTE);
  return outcome;
}
