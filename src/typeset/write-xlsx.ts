/**
 * The least Excel file: one sheet in which text is text and a number a number, so that zeros in front stay and nothing
 * that anybody typed is a formula (ECMA-376).
 */
import { lettersOf } from "../intake/rules-cell.ts";
import { looksLikeFormula } from "../kernel/csv.ts";
import { zipOf } from "./zip.ts";

export const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const WIDTH_MIN = 8;
const WIDTH_MAX = 60;

/** Null and an empty text are an empty cell. */
export type Cell = string | number | null;

/** The first row is the headings. */
export function writeXlsx(sheetName: string, rows: readonly (readonly Cell[])[]): Buffer {
  return zipOf({
    "[Content_Types].xml": `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/></Types>`,
    "_rels/.rels": relationships([["officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATION}"><sheets><sheet name="${escapeXml(sheetName.slice(0, 31))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relationships([
      ["worksheet", "worksheets/sheet1.xml"],
      ["styles", "styles.xml"],
    ]),
    "xl/styles.xml": STYLES,
    "xl/worksheets/sheet1.xml": sheetXml(rows),
  });
}

const XML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n`;
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/**
 * Style 0: text (format 49); 1: the same, bold; 2: a number as it is; 3 and 4: as 0 and 1, behind the quote that a
 * spreadsheet keeps before what only looks like a formula, also when it is edited there.
 */
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Arial"/></font><font><b/><sz val="11"/><name val="Arial"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="0"/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1" quotePrefix="1"/></cellXfs></styleSheet>`;

const QUOTED = 3;

function relationships(targets: readonly (readonly [string, string])[]): string {
  const each = targets.map(
    ([kind, target], at) => `<Relationship Id="rId${at + 1}" Type="${RELATION}/${kind}" Target="${target}"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each.join("")}</Relationships>`;
}

function sheetXml(rows: readonly (readonly Cell[])[]): string {
  const widths: number[] = [];
  const lines = rows.map((cells, at) => {
    const written = cells.map((cell, column) => {
      widths[column] = Math.min(WIDTH_MAX, Math.max(widths[column] ?? WIDTH_MIN, String(cell ?? "").length + 2));
      return cellXml(cell, `r="${lettersOf(column)}${at + 1}"`, at === 0);
    });
    return `<row r="${at + 1}">${written.join("")}</row>`;
  });
  const columns = widths.map(
    (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" style="0" customWidth="1"/>`,
  );
  const frozen = `<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>`;
  return `${XML}<worksheet xmlns="${MAIN}">${frozen}<cols>${columns.join("")}</cols><sheetData>${lines.join("")}</sheetData></worksheet>`;
}

function cellXml(cell: Cell, place: string, isHead: boolean): string {
  if (cell === null || cell === "") return "";
  if (typeof cell === "number") return `<c ${place} s="2"><v>${cell}</v></c>`;
  const style = Number(isHead) + (looksLikeFormula(cell) ? QUOTED : 0);
  return `<c ${place} s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
}

/** Signs that XML cannot hold are left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;");
}
