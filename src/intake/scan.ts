/**
 * Reads a flat inner table quickly: containers, rows, leaves, nothing else. At the first thing that is
 * not flat it gives up, and the table is read again by strict.ts. What it does accept, strict.ts reads alike.
 */

/** Values by the place of their field in the table; undefined: the element is not there. */
export type Row = (string | undefined)[];

/** What the two readers know of a table: which elements hold rows, and the fields of a row. */
export interface Shape {
  /** Elements that may stand around rows, outermost first. */
  containers: readonly string[];
  row: string;
  /** Field name → place. */
  places: ReadonlyMap<string, number>;
  width: number;
}

export interface TableRows {
  rows: Row[];
  /** Elements that the table does not know, each once. */
  unknown: readonly string[];
}

const LT = 60;
/** Signs that XML 1.0 forbids, and the ampersand, behind which an entity may stand. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_FLAT = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff&]/;
/** XML knows four blanks; what else `\s` matches is none of them. */
const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[uU][tT][fF]-?8"|'[uU][tT][fF]-?8'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/;
const NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const CDATA = "<![CDATA[";
const CDATA_END = "]]>";

interface Tag {
  name: string;
  open: string;
  close: string;
  /** -1 for a field that the table does not know. */
  place: number;
}

/** Rows of a flat table, or undefined when it must be read by the strict reader. */
export function scanFlat(text: string, shape: Shape): TableRows | undefined {
  if (NOT_FLAT.test(text)) return undefined;
  return new FlatScan(text, shape).read();
}

class FlatScan {
  readonly #text: string;
  readonly #shape: Shape;
  readonly #hasReturns: boolean;
  readonly #hasSectionEnds: boolean;
  /** Fields in the order of the first row: the next row mostly has the same. */
  readonly #order: Tag[] = [];
  readonly #unknown = new Set<string>();
  #at = 0;

  constructor(text: string, shape: Shape) {
    this.#text = text;
    this.#shape = shape;
    this.#hasReturns = text.includes("\r");
    this.#hasSectionEnds = text.includes(CDATA_END);
  }

  read(): TableRows | undefined {
    const rows: Row[] = [];
    /** Places in shape.containers of the elements that are open. */
    const open: number[] = [];
    if (!this.#prolog()) return undefined;
    let isClosed = false;
    for (;;) {
      this.#skipBlanks();
      if (this.#at === this.#text.length) return isClosed ? { rows, unknown: [...this.#unknown] } : undefined;
      if (isClosed) return undefined;
      const last = open.at(-1) ?? -1;
      if (this.#take(`<${this.#shape.row}>`)) {
        const row = this.#row();
        if (!row) return undefined;
        rows.push(row);
      } else if (last >= 0 && this.#take(`</${this.#shape.containers[last]}>`)) {
        open.pop();
      } else {
        const inner = this.#shape.containers.findIndex((name, at) => at > last && this.#take(`<${name}>`));
        if (inner < 0) return undefined;
        open.push(inner);
      }
      isClosed = open.length === 0;
    }
  }

  #prolog(): boolean {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1;
    this.#skipBlanks();
    if (!this.#text.startsWith("<?", this.#at)) return true;
    const declaration = DECLARATION.exec(this.#text.slice(this.#at, this.#at + 200));
    if (!declaration) return false;
    this.#at += declaration[0].length;
    return true;
  }

  /** The fields of one row, the reader standing behind its start tag. */
  #row(): Row | undefined {
    const text = this.#text;
    const row: Row = new Array<string | undefined>(this.#shape.width).fill(undefined);
    const rowEnd = `</${this.#shape.row}>`;
    const seenUnknown = new Set<string>();
    for (let nth = 0; ; nth += 1) {
      this.#skipBlanks();
      const expected = this.#order[nth];
      const tag = expected && text.startsWith(expected.open, this.#at) ? expected : this.#nextTag(rowEnd);
      if (tag === undefined) return undefined;
      if (tag === "end") return row;
      if (tag !== expected) this.#order[nth] = tag;
      const value = this.#leaf(tag);
      if (value === undefined) return undefined;
      if (tag.place < 0) {
        if (seenUnknown.has(tag.name)) return undefined;
        seenUnknown.add(tag.name);
      } else {
        if (row[tag.place] !== undefined) return undefined;
        row[tag.place] = value;
      }
    }
  }

  /** A tag that stands out of the usual order, or the end of the row. */
  #nextTag(rowEnd: string): Tag | "end" | undefined {
    if (this.#take(rowEnd)) return "end";
    const close = this.#text.indexOf(">", this.#at);
    if (close < 0 || this.#text.charCodeAt(this.#at) !== LT) return undefined;
    const written = this.#text.slice(this.#at + 1, close);
    const name = written.endsWith("/") ? written.slice(0, -1).trimEnd() : written;
    const place = this.#shape.places.get(name) ?? -1;
    if (place < 0 && !NAME.test(name)) return undefined;
    if (place < 0) this.#unknown.add(name);
    return { name, open: `<${written}>`, close: written === name ? `</${name}>` : "", place };
  }

  /** The text of a leaf, the reader standing at its start tag; undefined when it is not flat. */
  #leaf(tag: Tag): string | undefined {
    const text = this.#text;
    const start = this.#at + tag.open.length;
    if (tag.close === "") {
      this.#at = start;
      return "";
    }
    if (text.startsWith(CDATA, start)) return this.#section(start + CDATA.length, tag.close);
    const end = text.indexOf("<", start);
    if (end < 0 || !text.startsWith(tag.close, end)) return undefined;
    const value = text.slice(start, end);
    if (this.#hasReturns && value.includes("\r")) return undefined;
    if (this.#hasSectionEnds && value.includes(CDATA_END)) return undefined;
    this.#at = end + tag.close.length;
    return value;
  }

  /** A leaf that is one CDATA section and nothing else. */
  #section(start: number, close: string): string | undefined {
    const end = this.#text.indexOf(CDATA_END, start);
    if (end < 0 || !this.#text.startsWith(close, end + CDATA_END.length)) return undefined;
    const value = this.#text.slice(start, end);
    if (this.#hasReturns && value.includes("\r")) return undefined;
    this.#at = end + CDATA_END.length + close.length;
    return value;
  }

  #take(tag: string): boolean {
    if (!this.#text.startsWith(tag, this.#at)) return false;
    this.#at += tag.length;
    return true;
  }

  #skipBlanks(): void {
    for (;;) {
      const sign = this.#text.charCodeAt(this.#at);
      if (sign !== 32 && sign !== 10 && sign !== 13 && sign !== 9) return;
      this.#at += 1;
    }
  }
}
