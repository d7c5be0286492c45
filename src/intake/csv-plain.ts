/**
 * Reads the records of a CSV that are plain, and nothing else: cells within quotes, or without one in front.
 * At the first that is not plain it gives up, and csv-parse reads on from there. What it does accept, csv-parse reads alike.
 */
export interface CsvRecord {
  cells: string[];
  /** Line of the file on which it ends. */
  line: number;
}

const LINE_FEED = 10;
const RETURN = 13;
const QUOTE = 34;
/** A record that is longer is left to csv-parse, which knows the ceiling. */
const PLAIN_CHARACTERS_MAX = 16 * 1024;

export class PlainCsv {
  readonly #delimiter: number;
  #text = "";
  #at = 0;
  #line = 1;
  #isOdd = false;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  push(part: string): void {
    this.#text = this.#text.slice(this.#at) + part;
    this.#at = 0;
  }

  /** Nothing more is read here. */
  get isOdd(): boolean {
    return this.#isOdd;
  }

  /** What has not been read. */
  get rest(): string {
    return this.#text.slice(this.#at);
  }

  /** Line of the file on which the rest begins. */
  get line(): number {
    return this.#line;
  }

  /** The next record, or undefined when the text ends before it does, or when it is not plain. */
  next(): CsvRecord | undefined {
    this.#skipEmptyLines();
    const cells: string[] = [];
    let [at, line] = [this.#at, this.#line];
    for (;;) {
      const start = at;
      let end: number;
      if (this.#text.charCodeAt(at) === QUOTE) {
        const close = this.#closing(at + 1);
        // Behind the last sign that is here a second quote may follow.
        if (close < 0 || close + 1 === this.#text.length) return this.#wait();
        const inner = this.#text.slice(at + 1, close);
        if (inner.includes("\r")) return this.#giveUp();
        line += countLines(inner);
        cells.push(inner.includes('"') ? inner.replaceAll('""', '"') : inner);
        end = close + 1;
      } else {
        end = this.#cellEnd(start);
        if (end === this.#text.length) return this.#wait();
        cells.push(this.#text.slice(start, end));
      }
      if (this.#text.charCodeAt(end) === this.#delimiter) {
        at = end + 1;
        continue;
      }
      const ending = this.#endingAt(end);
      if (ending === "wait") return this.#wait();
      if (ending === 0 || end - this.#at > PLAIN_CHARACTERS_MAX) return this.#giveUp();
      this.#at = end + ending;
      this.#line = line + 1;
      return { cells, line };
    }
  }

  /** csv-parse passes over them too; a file may begin with some. */
  #skipEmptyLines(): void {
    for (;;) {
      const ending = this.#endingAt(this.#at);
      if (ending === 0 || ending === "wait") return;
      this.#at += ending;
      this.#line += 1;
    }
  }

  /** Where the cell without quotes that begins at `at` meets a delimiter or an end of line, or the text ends. */
  #cellEnd(at: number): number {
    const text = this.#text;
    const delimiter = this.#delimiter;
    let end = at;
    for (; end < text.length; end += 1) {
      const sign = text.charCodeAt(end);
      if (sign === delimiter || sign === LINE_FEED || sign === RETURN) break;
    }
    return end;
  }

  /** The quote that closes what begins at `at`; -1 when it is not here yet. */
  #closing(at: number): number {
    let close = this.#text.indexOf('"', at);
    while (close >= 0 && this.#text.charCodeAt(close + 1) === QUOTE) close = this.#text.indexOf('"', close + 2);
    return close;
  }

  /** Length of the end of line that stands there; 0 for none. */
  #endingAt(at: number): number | "wait" {
    const sign = this.#text.charCodeAt(at);
    if (sign === LINE_FEED) return 1;
    if (sign !== RETURN) return 0;
    if (at + 1 === this.#text.length) return "wait";
    return this.#text.charCodeAt(at + 1) === LINE_FEED ? 2 : 1;
  }

  #wait(): undefined {
    if (this.#text.length - this.#at > PLAIN_CHARACTERS_MAX) this.#isOdd = true;
    return undefined;
  }

  #giveUp(): undefined {
    this.#isOdd = true;
    return undefined;
  }
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
