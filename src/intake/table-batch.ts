/** A table → batches of lines for COPY, with the numbers of whose they are, and rejects. Runs in a worker thread or inline. */
import { copyCells } from "./copy-text.ts";
import type { RejectedRecord, Run } from "./import-file.ts";
import { readLaid, type TableRow } from "./read-table.ts";
import { numbersOf, type PersonNumber, type RowKind } from "./row-kinds.ts";

export interface TableBatch {
  /** The cells of each row as they are copied, with the end of the line, one row behind the other. */
  text: Uint8Array;
  /** ROW_NUMBERS a row: its record, its line, the place of its person in `people`, and where it ends in `text`. */
  rows: Int32Array;
  /** The numbers that rows give of their persons; none where the table is no one's. */
  people: PersonNumber[][];
  rejects: RejectedRecord[];
  /** Columns that the table does not have: its rows say nothing of them. */
  absent: readonly string[];
  /** Read of the file since the batch before. */
  bytes: number;
}

export const ROW_NUMBERS = 4;
/** The database takes some forty milliseconds for as many, and the next are read meanwhile. */
const BATCH_ROWS = 4096;
const BATCH_CHARACTERS = 1024 * 1024;
/** Of a sign of text, in UTF-8. */
const BYTES_A_CHARACTER = 3;

/** The last batch may be empty. Throws what the file is refused for. */
export async function* tableBatches(kind: RowKind, from: Pick<Run, "source" | "again">): AsyncGenerator<TableBatch> {
  let bytes = 0;
  const onBytes = (more: number) => {
    bytes += more;
  };
  let gathering = new Gathering(kind);
  let lacking: readonly string[] = [];
  for await (const { rows, rejects, absent } of readLaid(from, kind.layouts(), { onBytes })) {
    lacking = absent;
    gathering.reject(rejects);
    for (const row of rows) gathering.add(row);
    if (!gathering.isFull) continue;
    yield gathering.end(bytes, lacking);
    bytes = 0;
    gathering = new Gathering(kind);
  }
  yield gathering.end(bytes, lacking);
}

let scratch = Buffer.alloc(0);

function scratchFor(bytes: number): Buffer {
  if (scratch.length < bytes) scratch = Buffer.allocUnsafeSlow(bytes);
  return scratch;
}

class Gathering {
  readonly #kind: RowKind;
  readonly #lines: string[] = [];
  readonly #rows: number[] = [];
  readonly #people: PersonNumber[][] = [];
  readonly #places = new Map<string, number>();
  #rejects: RejectedRecord[] = [];
  #characters = 0;

  constructor(kind: RowKind) {
    this.#kind = kind;
  }

  get isFull(): boolean {
    return this.#lines.length + this.#rejects.length >= BATCH_ROWS || this.#characters >= BATCH_CHARACTERS;
  }

  reject(rejects: readonly RejectedRecord[]): void {
    this.#rejects = this.#rejects.concat(rejects);
  }

  add({ record, line, value }: TableRow<object>): void {
    const cells = this.#kind.cells(value);
    if ("code" in cells) {
      this.#rejects.push({ record, line, ...cells });
      return;
    }
    const text = `${copyCells(cells)}\n`;
    this.#characters += text.length;
    this.#lines.push(text);
    this.#rows.push(record, line, this.#kind.isPersons ? this.#placeOf(value as Record<string, unknown>) : 0, 0);
  }

  end(bytes: number, absent: readonly string[]): TableBatch {
    const text = scratchFor(this.#characters * BYTES_A_CHARACTER);
    const rows = Int32Array.from(this.#rows);
    let at = 0;
    this.#lines.forEach((line, nth) => {
      at += text.write(line, at);
      rows[nth * ROW_NUMBERS + 3] = at;
    });
    // Of its own, and no larger than it is: it waits for the database.
    const [people, rejects] = [this.#people, this.#rejects];
    return { text: new Uint8Array(text.subarray(0, at)), rows, people, rejects, absent, bytes };
  }

  /** A person's rows mostly lie together, and give the same numbers. */
  #placeOf(row: Record<string, unknown>): number {
    const key = `${row.insurance_number} ${row.personal_id}`;
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.#people.push(numbersOf(row)) - 1;
      this.#places.set(key, place);
    }
    return place;
  }
}
