/** What must be known of a workbook before a sheet can be read: its sheets, its formats, its shared texts. */

import { FileRefused } from "./refusal.ts";
import { type CellFormat, formatOf, plainSigns } from "./rules-cell.ts";
import { attributeOf, hear, hearAll, type Listener } from "./xlsx-events.ts";
import type { Package } from "./xlsx-package.ts";

export interface Workbook {
  /** Sheets that are shown, in their order. */
  sheets: { name: string; part: string }[];
  formats: CellFormat[];
  texts: string[];
  isFrom1904: boolean;
}

export type Sheets = Pick<Workbook, "sheets" | "isFrom1904">;

const SHARED_TEXTS_MAX = 2_000_000;
const SHARED_SIGNS_MAX = 48 * 1024 * 1024;
const SHEETS_MAX = 256;
const FORMATS_MAX = 65_536;
const WORKBOOK = "xl/workbook.xml";
const silent: Listener = { open() {}, close() {}, text() {} };

/** With all shared texts, which may be many. */
export async function readWorkbook(parts: Package, known?: Sheets): Promise<Workbook> {
  const sheets = known ?? (await readSheets(parts));
  return { ...sheets, formats: await readFormats(parts), texts: await readTexts(parts) };
}

export async function readSheets(parts: Package): Promise<Sheets> {
  if (!parts.has(WORKBOOK)) throw new FileRefused("not_xlsx");
  const targets = await readTargets(parts);
  const named: { name: string; id: string; isShown: boolean }[] = [];
  let isFrom1904 = false;
  await hearAll(parts.read(WORKBOOK), {
    ...silent,
    open(name, attributes) {
      if (name === "workbookPr") isFrom1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
      if (name !== "sheet" || named.length >= SHEETS_MAX) return;
      const isShown = (attributes.state ?? "visible") === "visible";
      named.push({ name: attributes.name ?? "", id: attributeOf(attributes, "id") ?? "", isShown });
    },
  });
  const sheets = named.flatMap(({ name, id, isShown }) => {
    const part = targets.get(id);
    return isShown && part !== undefined && parts.has(part) ? [{ name, part }] : [];
  });
  return { sheets, isFrom1904 };
}

/** Relation → part of the file. What lies outside of it is not followed. */
async function readTargets(parts: Package): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  const part = "xl/_rels/workbook.xml.rels";
  if (!parts.has(part)) return targets;
  await hearAll(parts.read(part), {
    ...silent,
    open(name, { Id = "", Target = "", TargetMode }) {
      if (name !== "Relationship" || TargetMode === "External") return;
      targets.set(Id, Target.startsWith("/") ? Target.slice(1) : `xl/${Target.replace(/^\.\//, "")}`);
    },
  });
  return targets;
}

async function readFormats(parts: Package): Promise<CellFormat[]> {
  const part = "xl/styles.xml";
  if (!parts.has(part)) return [];
  const written = new Map<number, string>();
  const formats: CellFormat[] = [];
  let isInCells = false;
  await hearAll(parts.read(part), {
    ...silent,
    open(name, attributes) {
      if (name === "cellXfs") isInCells = true;
      if (written.size + formats.length >= FORMATS_MAX) throw new FileRefused("broken_excel");
      const id = Number(attributes.numFmtId ?? "0");
      if (name === "numFmt") written.set(id, attributes.formatCode ?? "");
      if (name === "xf" && isInCells) formats.push(formatOf(id, written.get(id)));
    },
    close(name) {
      if (name === "cellXfs") isInCells = false;
    },
  });
  return formats;
}

/** Texts are told by number in the sheets. Readings beside the letters (rPh) are no part of a text. */
async function readTexts(parts: Package): Promise<string[]> {
  const part = "xl/sharedStrings.xml";
  const texts: string[] = [];
  if (!parts.has(part)) return texts;
  let [text, signs, isText, isBeside] = ["", 0, false, false];
  const listener: Listener = {
    open(name) {
      if (name === "si") text = "";
      if (name === "rPh") isBeside = true;
      isText = name === "t" && !isBeside;
    },
    close(name) {
      isText = false;
      if (name === "rPh") isBeside = false;
      if (name !== "si") return;
      signs += text.length;
      texts.push(plainSigns(text));
      if (signs > SHARED_SIGNS_MAX || texts.length > SHARED_TEXTS_MAX) throw new FileRefused("too_large_excel");
    },
    text(piece) {
      if (isText) text += piece;
      if (text.length > SHARED_SIGNS_MAX) throw new FileRefused("too_large_excel");
    },
  };
  for await (const _ of hear(parts.read(part), listener));
  return texts;
}
