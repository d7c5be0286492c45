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
const TAB = 9;
const LINE_FEED = 10;
const BLANK = 32;
/** Behind it an entity may stand. */
const AMPERSAND = 38;
const SECTION_END = 93;
const FORBIDDEN_FROM = 0xfffe;
/** Signs that no leaf may hold here: those that XML 1.0 forbids, the ampersand, and a return, which a reader must change. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_FLAT = /[\0-\x08\x0b-\x1f\ufffe\uffff&]/;
/** XML knows four blanks; what else `\s` matches is none of them. */
const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[uU][tT][fF]-?8"|'[uU][tT][fF]-?8'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/;
const NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const CDATA = "<![CDATA[";
const CDATA_END = "]]>";

/** A start tag as it was written, and what mostly follows its element. */
interface Tag {
  name: string;
  open: string;
  close: string;
  /** -1 for a field that the table does not know. */
  place: number;
  next: Tag | undefined;
}

/** What the tables of one shape had so far: files of one sender are written alike. */
interface Habit {
  rowStart: string;
  /** Stands before the first field: its `next` is the tag that mostly opens a row. */
  start: Tag;
  /** The end of a row, as if it were a tag. */
  end: Tag;
  /** Known fields, by what stands between the angle brackets. */
  tags: Map<string, Tag>;
}

const habits = new WeakMap<Shape, Habit>();

function habitOf(shape: Shape): Habit {
  let habit = habits.get(shape);
  if (!habit) {
    const none = { name: "", open: "", close: "", place: -1, next: undefined };
    const tags = new Map<string, Tag>();
    for (const [name, place] of shape.places) {
      tags.set(name, { name, open: `<${name}>`, close: `</${name}>`, place, next: undefined });
      tags.set(`${name}/`, { name, open: `<${name}/>`, close: "", place, next: undefined });
    }
    habit = { rowStart: `<${shape.row}>`, start: { ...none }, end: { ...none, open: `</${shape.row}>` }, tags };
    habits.set(shape, habit);
  }
  return habit;
}

/** Rows of a flat table, or undefined when it must be read by the strict reader. */
export function scanFlat(text: string, shape: Shape): TableRows | undefined {
  return new FlatScan(text, shape).read();
}

class FlatScan {
  readonly #text: string;
  readonly #shape: Shape;
  readonly #habit: Habit;
  readonly #unknown = new Set<string>();
  #at = 0;

  constructor(text: string, shape: Shape) {
    this.#text = text;
    this.#shape = shape;
    this.#habit = habitOf(shape);
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
      if (this.#take(this.#habit.rowStart)) {
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
    const row: Row = new Array<string | undefined>(this.#shape.width).fill(undefined);
    const { start, end } = this.#habit;
    let seenUnknown: Set<string> | undefined;
    for (let before = start; ; ) {
      this.#skipBlanks();
      const expected = before.next;
      const tag = expected && standsAt(this.#text, this.#at, expected.open) ? expected : this.#nextTag();
      if (tag === undefined) return undefined;
      if (tag.place >= 0 || tag === end) {
        before.next = tag;
        before = tag;
      }
      if (tag === end) {
        this.#at += end.open.length;
        return row;
      }
      const value = this.#leaf(tag);
      if (value === undefined) return undefined;
      if (tag.place < 0) {
        seenUnknown ??= new Set();
        if (seenUnknown.has(tag.name)) return undefined;
        seenUnknown.add(tag.name);
      } else {
        if (row[tag.place] !== undefined) return undefined;
        row[tag.place] = value;
      }
    }
  }

  /** A tag that stands out of the usual order, or the end of the row. */
  #nextTag(): Tag | undefined {
    const { end, tags } = this.#habit;
    if (standsAt(this.#text, this.#at, end.open)) return end;
    const close = this.#text.indexOf(">", this.#at);
    if (close < 0 || this.#text.charCodeAt(this.#at) !== LT) return undefined;
    const written = this.#text.slice(this.#at + 1, close);
    const known = tags.get(written);
    if (known) return known;
    const name = written.endsWith("/") ? written.slice(0, -1).trimEnd() : written;
    const place = this.#shape.places.get(name) ?? -1;
    if (place < 0 && !NAME.test(name)) return undefined;
    if (place < 0) this.#unknown.add(name);
    return { name, open: `<${written}>`, close: written === name ? `</${name}>` : "", place, next: undefined };
  }

  /** The text of a leaf, the reader standing at its start tag; undefined when it is not flat. */
  #leaf(tag: Tag): string | undefined {
    const text = this.#text;
    const start = this.#at + tag.open.length;
    if (tag.close === "") {
      this.#at = start;
      return "";
    }
    const end = leafEnd(text, start);
    if (end < 0) return undefined;
    if (!standsAt(text, end, tag.close)) {
      return end === start && text.startsWith(CDATA, start)
        ? this.#section(start + CDATA.length, tag.close)
        : undefined;
    }
    this.#at = end + tag.close.length;
    return end === start ? "" : text.slice(start, end);
  }

  /** A leaf that is one CDATA section and nothing else. */
  #section(start: number, close: string): string | undefined {
    const end = this.#text.indexOf(CDATA_END, start);
    if (end < 0 || !this.#text.startsWith(close, end + CDATA_END.length)) return undefined;
    const value = this.#text.slice(start, end);
    if (NOT_FLAT.test(value)) return undefined;
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

/** startsWith, which costs a call for every tag of every row. */
function standsAt(text: string, at: number, tag: string): boolean {
  for (let nth = 0; nth < tag.length; nth += 1) {
    if (text.charCodeAt(at + nth) !== tag.charCodeAt(nth)) return false;
  }
  return true;
}

/** Where the text that begins at `start` meets a tag; -1 when it holds what is not flat, or never ends. */
function leafEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === LT) return at;
    if (sign < BLANK ? sign !== TAB && sign !== LINE_FEED : sign === AMPERSAND || sign >= FORBIDDEN_FROM) return -1;
    if (sign === SECTION_END && text.startsWith(CDATA_END, at)) return -1;
  }
  return -1;
}
