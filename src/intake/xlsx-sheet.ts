/** The rows of one sheet, while it streams by. Formulas and macros never run: the value that was saved is read. */
import { FileRefused } from "./refusal.ts";
import { columnOf, plainSigns, showNumber } from "./rules-cell.ts";
import { hear, type Listener } from "./xlsx-events.ts";
import type { Package } from "./xlsx-package.ts";
import type { Workbook } from "./xlsx-workbook.ts";

export interface SheetRow {
  /** As Excel numbers it: 1 for the first. */
  row: number;
  /** By column; empty cells are empty texts. An error of a formula is ERROR_CELL. */
  cells: string[];
  /** Columns whose cell is a number, not a text: leading zeros are lost there. */
  numbers: ReadonlySet<number>;
  /** Hidden or filtered away when the file was saved. */
  isHidden?: boolean;
}

/** No column takes it: a text with this sign is a bad value in every table. */
export const ERROR_CELL = "\0";
const COLUMNS_MAX = 512;
const CELL_SIGNS_MAX = 64 * 1024;
const ROW_SIGNS_MAX = 512 * 1024;
const BATCH_ROWS = 1000;
const LAST_ROW = 1_048_576;

/** Rows that hold something, in batches. */
export async function* readSheet(parts: Package, book: Workbook, part: string): AsyncGenerator<SheetRow[]> {
  const rows = new RowBuilder(book);
  for await (const _ of hear(parts.read(part), rows)) {
    if (rows.done.length >= BATCH_ROWS) yield rows.done.splice(0);
  }
  if (rows.done.length > 0) yield rows.done.splice(0);
}

class RowBuilder implements Listener {
  readonly done: SheetRow[] = [];
  readonly #book: Workbook;
  #row = 0;
  #isHidden = false;
  #column = -1;
  #cells: string[] = [];
  #numbers = new Set<number>();
  #signs = 0;
  #type = "n";
  #style = 0;
  #value = "";
  /** A formula whose value was not saved says nothing, and not that its cell is empty. */
  #isUnreckoned = false;
  #isIn: "v" | "t" | undefined;
  #isBeside = false;

  constructor(book: Workbook) {
    this.#book = book;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "row") this.#startRow(attributes);
    else if (name === "c") this.#startCell(attributes);
    else if (name === "rPh") this.#isBeside = true;
    else if (name === "f") this.#isUnreckoned = true;
    else if (name === "v" || (name === "t" && !this.#isBeside)) {
      this.#isIn = name;
      this.#isUnreckoned = false;
    }
  }

  text(text: string): void {
    if (this.#isIn === undefined) return;
    this.#value += text;
    if (this.#value.length > CELL_SIGNS_MAX) throw new FileRefused("too_wide");
  }

  close(name: string): void {
    if (name === "v" || name === "t") this.#isIn = undefined;
    else if (name === "rPh") this.#isBeside = false;
    else if (name === "c") this.#endCell();
    else if (name === "row" && this.#cells.length > 0) {
      const row = { row: this.#row, cells: this.#cells, numbers: this.#numbers };
      this.done.push(this.#isHidden ? { ...row, isHidden: true } : row);
    }
  }

  #startRow({ r: reference, hidden = "0" }: Readonly<Record<string, string>>): void {
    const row = reference === undefined ? this.#row + 1 : Number(reference);
    if (!Number.isInteger(row) || row <= this.#row || row > LAST_ROW) throw new FileRefused("broken_excel");
    this.#row = row;
    this.#isHidden = hidden === "1" || hidden === "true";
    this.#column = -1;
    this.#cells = [];
    this.#numbers = new Set();
    this.#signs = 0;
  }

  #startCell({ r, t = "n", s = "0" }: Readonly<Record<string, string>>): void {
    this.#column = r === undefined ? this.#column + 1 : (columnOf(r) ?? -1);
    if (this.#column < 0) throw new FileRefused("broken_excel");
    this.#type = t;
    this.#style = Number(s);
    this.#value = "";
    this.#isUnreckoned = false;
  }

  #endCell(): void {
    const text = this.#textOfCell().trim();
    if (text === "") return;
    if (this.#column >= COLUMNS_MAX) throw new FileRefused("too_wide");
    this.#signs += text.length;
    if (this.#signs > ROW_SIGNS_MAX) throw new FileRefused("too_wide");
    while (this.#cells.length < this.#column) this.#cells.push("");
    this.#cells[this.#column] = text;
  }

  #textOfCell(): string {
    const { texts, formats, isFrom1904 } = this.#book;
    if (this.#value === "") return this.#isUnreckoned ? ERROR_CELL : "";
    if (this.#type === "s") return texts[Number(this.#value)] ?? ERROR_CELL;
    if (this.#type === "str" || this.#type === "inlineStr") return plainSigns(this.#value);
    if (this.#type === "d") return this.#value.slice(0, 10);
    if (this.#type === "n") {
      this.#numbers.add(this.#column);
      return showNumber(this.#value, formats[this.#style] ?? "number", isFrom1904) ?? ERROR_CELL;
    }
    return this.#type === "b" ? this.#value : ERROR_CELL;
  }
}
