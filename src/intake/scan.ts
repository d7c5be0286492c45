/**
 * Reads a flat inner table quickly: containers, rows, leaves, nothing else. At the first thing that is
 * not flat it gives up, and the table is read again by strict.ts. What it does accept, strict.ts reads alike.
 * It goes over the bytes, for most of them are tags and figures; only what is not ASCII is decoded.
 */
import { decodedIn } from "./scan-words.ts";

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
const GT = 62;
const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const BLANK = 32;
/** Behind it an entity may stand. */
const AMPERSAND = 38;
const SECTION_END = 93;
const ASCII_MAX = 127;
const MARK_OF_ORDER = [0xef, 0xbb, 0xbf] as const;
/** U+FFFE and U+FFFF, which XML 1.0 forbids, begin so in UTF-8. */
const FORBIDDEN = [0xef, 0xbf, 0xbe] as const;
/**
 * Signs at which a leaf is looked at: its end, those that XML 1.0 forbids, the ampersand, a return, which a reader must
 * change, and those with which the forbidden ones and the end of a section begin.
 */
const LOOKED_AT = Uint8Array.from({ length: 256 }, (_, sign) => {
  const isControl = sign < BLANK && sign !== TAB && sign !== LINE_FEED;
  return isControl || [LT, AMPERSAND, SECTION_END, FORBIDDEN[0]].includes(sign) ? 1 : 0;
});
/** Signs that no section may hold here. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_FLAT = /[\0-\x08\x0b-\x1f&]|\xef\xbf[\xbe\xbf]/;
/** XML knows four blanks; what else `\s` matches is none of them. */
const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[uU][tT][fF]-?8"|'[uU][tT][fF]-?8'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/;
const NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const CDATA = Buffer.from("<![CDATA[");
const CDATA_END = "]]>";

/** A start tag as it was written, and what mostly follows its element. */
interface Tag {
  name: string;
  open: Uint8Array;
  /** Empty for an element that closes itself. */
  close: Uint8Array;
  /** -1 for a field that the table does not know. */
  place: number;
  next: Tag | undefined;
  /** Its end and the start of `next`, which mostly stand together; empty when it closes itself. */
  gap: Uint8Array;
}

/** What the tables of one shape had so far: files of one sender are written alike. */
interface Habit {
  rowStart: Uint8Array;
  /** Stands before the first field: its `next` is the tag that mostly opens a row. */
  start: Tag;
  /** The end of a row, as if it were a tag. */
  end: Tag;
  /** A row of which nothing is there: each begins as its copy. */
  blank: Row;
  /** Known fields, by what stands between the angle brackets. */
  tags: Map<string, Tag>;
}

const habits = new WeakMap<Shape, Habit>();

function habitOf(shape: Shape): Habit {
  let habit = habits.get(shape);
  if (!habit) {
    const none = { name: "", open: bytesOf(""), close: bytesOf(""), place: -1, next: undefined, gap: bytesOf("") };
    const tags = new Map<string, Tag>();
    for (const [name, place] of shape.places) {
      tags.set(name, { ...none, name, open: bytesOf(`<${name}>`), close: bytesOf(`</${name}>`), place });
      tags.set(`${name}/`, { ...none, name, open: bytesOf(`<${name}/>`), place });
    }
    const end = { ...none, open: bytesOf(`</${shape.row}>`) };
    const blank = new Array<string | undefined>(shape.width).fill(undefined);
    habit = { rowStart: bytesOf(`<${shape.row}>`), start: { ...none }, end, blank, tags };
    habits.set(shape, habit);
  }
  return habit;
}

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text));

/** Rows of a flat table, or undefined when it must be read by the strict reader. `bytes`: UTF-8, looked through before. */
export function scanFlat(bytes: Buffer, shape: Shape): TableRows | undefined {
  return new FlatScan(bytes, shape).read();
}

class FlatScan {
  readonly #bytes: Buffer;
  /** A sign for each byte. */
  readonly #text: string;
  readonly #shape: Shape;
  readonly #habit: Habit;
  readonly #unknown = new Set<string>();
  #at = 0;

  constructor(bytes: Buffer, shape: Shape) {
    this.#bytes = bytes;
    this.#text = bytes.toString("latin1");
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
      if (this.#at === this.#bytes.length) return isClosed ? { rows, unknown: [...this.#unknown] } : undefined;
      if (isClosed) return undefined;
      const last = open.at(-1) ?? -1;
      if (standsAt(this.#bytes, this.#at, this.#habit.rowStart)) {
        this.#at += this.#habit.rowStart.length;
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
    if (MARK_OF_ORDER.every((sign, at) => this.#bytes[at] === sign)) this.#at = MARK_OF_ORDER.length;
    this.#skipBlanks();
    if (!this.#text.startsWith("<?", this.#at)) return true;
    const declaration = DECLARATION.exec(this.#text.slice(this.#at, this.#at + 200));
    if (!declaration) return false;
    this.#at += declaration[0].length;
    return true;
  }

  /** The fields of one row, the reader standing behind its start tag. */
  #row(): Row | undefined {
    const { start, end, blank } = this.#habit;
    const row = blank.slice();
    let seenUnknown: Set<string> | undefined;
    for (let before = start; ; ) {
      this.#skipBlanks();
      const expected = before.next;
      const found = expected && standsAt(this.#bytes, this.#at, expected.open) ? expected : this.#nextTag();
      if (found === undefined) return undefined;
      if (found.place >= 0 || found === end) follow(before, found);
      const tag = found.place >= 0 ? this.#usual(found, row) : found;
      if (tag === end) {
        this.#at += end.open.length;
        return row;
      }
      if (tag.place >= 0) before = tag;
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

  /**
   * From this tag on, where the reader stands: fields as long as they are plain and follow one another as they mostly do.
   * Answers the first tag that is to be looked at more closely, before which the reader then stands.
   */
  #usual(first: Tag, row: Row): Tag {
    const bytes = this.#bytes;
    const text = this.#text;
    const { end } = this.#habit;
    let tag = first;
    while (tag !== end && tag.next) {
      const start = this.#at + tag.open.length;
      let at = start;
      let seen = 0;
      for (; at < bytes.length; at += 1) {
        const sign = bytes[at] as number;
        if (LOOKED_AT[sign] === 1) break;
        seen |= sign;
      }
      const { gap, next, place } = tag;
      if (gap.length === 0 || !standsAt(bytes, at, gap) || row[place] !== undefined) return tag;
      row[place] = seen > ASCII_MAX ? decodedIn(bytes, text, start, at) : text.slice(start, at);
      this.#at = at + gap.length - next.open.length;
      tag = next;
    }
    return tag;
  }

  /** A tag that stands out of the usual order, or the end of the row. */
  #nextTag(): Tag | undefined {
    const { end, tags } = this.#habit;
    if (standsAt(this.#bytes, this.#at, end.open)) return end;
    const close = this.#text.indexOf(">", this.#at);
    if (close < 0 || this.#bytes[this.#at] !== LT) return undefined;
    const written = this.#text.slice(this.#at + 1, close);
    const known = tags.get(written);
    if (known) return known;
    const name = written.endsWith("/") ? written.slice(0, -1).trimEnd() : written;
    const place = this.#shape.places.get(name) ?? -1;
    if (place < 0 && !NAME.test(name)) return undefined;
    if (place < 0) this.#unknown.add(name);
    const ending = written === name ? `</${name}>` : "";
    const gap = bytesOf("");
    return { name, open: bytesOf(`<${written}>`), close: bytesOf(ending), place, next: undefined, gap };
  }

  /** The text of a leaf, the reader standing at its start tag; undefined when it is not flat. */
  #leaf(tag: Tag): string | undefined {
    const bytes = this.#bytes;
    const start = this.#at + tag.open.length;
    if (tag.close.length === 0) {
      this.#at = start;
      return "";
    }
    let at = start;
    let seen = 0;
    for (; at < bytes.length; at += 1) {
      const sign = bytes[at] as number;
      if (LOOKED_AT[sign] === 1 && (sign === LT || !this.#isFlat(sign, at))) break;
      seen |= sign;
    }
    if (bytes[at] !== LT) return undefined;
    if (!standsAt(bytes, at, tag.close)) {
      return at === start && standsAt(bytes, start, CDATA) ? this.#section(start + CDATA.length, tag.close) : undefined;
    }
    this.#at = at + tag.close.length;
    return seen > ASCII_MAX ? decodedIn(bytes, this.#text, start, at) : this.#text.slice(start, at);
  }

  /** Of a sign that is looked at: may it stand in a leaf after all? */
  #isFlat(sign: number, at: number): boolean {
    const [next = 0, after = 0] = [this.#bytes[at + 1], this.#bytes[at + 2]];
    if (sign === SECTION_END) return next !== SECTION_END || after !== GT;
    return sign === FORBIDDEN[0] && (next !== FORBIDDEN[1] || after < FORBIDDEN[2]);
  }

  /** A leaf that is one CDATA section and nothing else. */
  #section(start: number, close: Uint8Array): string | undefined {
    const end = this.#text.indexOf(CDATA_END, start);
    if (end < 0 || !standsAt(this.#bytes, end + CDATA_END.length, close)) return undefined;
    if (NOT_FLAT.test(this.#text.slice(start, end))) return undefined;
    this.#at = end + CDATA_END.length + close.length;
    return decodedIn(this.#bytes, this.#text, start, end);
  }

  #take(tag: string): boolean {
    if (!this.#text.startsWith(tag, this.#at)) return false;
    this.#at += tag.length;
    return true;
  }

  #skipBlanks(): void {
    const bytes = this.#bytes;
    for (;;) {
      const sign = bytes[this.#at];
      if (sign !== BLANK && sign !== LINE_FEED && sign !== RETURN && sign !== TAB) return;
      this.#at += 1;
    }
  }
}

/** Notes what came behind a tag this time. */
function follow(before: Tag, tag: Tag): void {
  if (before.next === tag) return;
  before.next = tag;
  before.gap = before.close.length === 0 ? before.close : Uint8Array.from([...before.close, ...tag.open]);
}

function standsAt(bytes: Uint8Array, at: number, tag: Uint8Array): boolean {
  if (at + tag.length > bytes.length) return false;
  for (let nth = 0; nth < tag.length; nth += 1) if (bytes[at + nth] !== tag[nth]) return false;
  return true;
}
