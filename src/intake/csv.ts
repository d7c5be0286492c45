/**
 * CSV as Excel and registers write it: UTF-8 with or without BOM, comma, semicolon or tab. Streamed, with
 * ceilings on row and columns (T12); another encoding is refused before a sign is guessed.
 */
import { Readable } from "node:stream";
import { CsvError, type Parser, parse } from "csv-parse";
import { foldName } from "../kernel/names.ts";
import { type CsvRecord, PlainCsv } from "./csv-plain.ts";
import { RecentText } from "./csv-recent.ts";
import { FileRefused } from "./refusal.ts";
import { readSource, type Source } from "./source.ts";

export interface TableLine {
  /** 1 for the first under the headings. */
  record: number;
  /** Line of a CSV file on which the record ends, row of a sheet. */
  line: number;
  cells: string[];
  /** Columns of a sheet whose cell is a number. */
  numbers?: ReadonlySet<number>;
}

export interface CsvFile {
  header: string[];
  lines: AsyncGenerator<TableLine[]>;
}

const ROW_CHARACTERS_MAX = 64 * 1024;
const COLUMNS_MAX = 256;
/** Decoded at once: larger texts would wait for the rare clearing of the whole memory. */
const PIECE_BYTES = 64 * 1024;
const BATCH_LINES = 1000;
/** Rows may be long: a batch is handed on before its lines are so many. */
const BATCH_CHARACTERS = 1024 * 1024;

/** As people's programs write: quotes within a cell are signs of it, and a file may end its lines in several ways. */
export const CSV_WAYS = {
  record_delimiter: ["\r\n", "\n", "\r"],
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
};

/** `onBytes` hears of every chunk that was read. */
export async function openCsv(source: Source, onBytes: (bytes: number) => void): Promise<CsvFile> {
  const parts = decoded(source, onBytes);
  const first = await parts.next();
  if (first.done || first.value === "") throw new FileRefused("empty_file");
  const batches = numbered(readRecords(first.value, parts, delimiterOf(first.value)));
  const opening = await batches.next();
  const header = opening.done ? undefined : opening.value[0]?.cells;
  if (!header) throw new FileRefused("no_header");
  if (header.length > COLUMNS_MAX) throw new FileRefused("too_wide");
  return { header: header.map(columnName), lines: withoutHeader(opening.value as TableLine[], batches) };
}

/** "Họ và tên" → "ho_va_ten": how a heading is compared. */
export function columnName(heading: string): string {
  return foldName(heading)
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "");
}

async function* decoded(source: Source, onBytes: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isFirst = true;
  for await (const chunk of readSource(source)) {
    onBytes(chunk.length);
    if (isFirst) refuseOtherKinds(chunk);
    isFirst = false;
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      yield decodeWith(decoder, chunk.subarray(at, at + PIECE_BYTES));
    }
  }
  yield decodeWith(decoder, undefined);
}

function decodeWith(decoder: TextDecoder, chunk: Buffer | undefined): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    // windows-1258, TCVN3 and VNI bytes are not UTF-8.
    throw new FileRefused("encoding_other");
  }
}

function refuseOtherKinds(chunk: Buffer): void {
  const [first, second] = chunk;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new FileRefused("encoding_utf16");
  if (chunk.subarray(0, 512).includes(0)) throw new FileRefused("encoding_utf16");
}

/** The separator that stands most often in the first line. */
function delimiterOf(text: string): string {
  const [firstLine = ""] = text.split(/[\r\n]/, 1);
  const count = (sign: string) => firstLine.split(sign).length;
  return [",", ";", "\t"].toSorted((a, b) => count(b) - count(a))[0] ?? ",";
}

async function* numbered(batches: AsyncGenerator<CsvRecord[]>): AsyncGenerator<TableLine[]> {
  let record = 0;
  for await (const records of batches) {
    // Excel writes the delimiters of rows in which nothing stands.
    const filled = records.filter(({ cells }) => cells.some((cell) => cell !== "" && cell.trim() !== ""));
    yield filled.map(({ cells, line }) => {
      const numberedLine = { record, line, cells };
      record += 1;
      return numberedLine;
    });
  }
}

/**
 * Quickly as far as records are plain, which mostly is to the end. A row that cannot be read is thrown as FileRefused,
 * with its line; no piece of the text parts a sign.
 */
export async function* readRecords(
  first: string,
  parts: AsyncGenerator<string>,
  delimiter: string,
): AsyncGenerator<CsvRecord[]> {
  const plain = new PlainCsv(delimiter);
  let batch: CsvRecord[] = [];
  let characters = 0;
  try {
    for (let part: string | undefined = first; part !== undefined; ) {
      plain.push(part);
      for (let one = plain.next(); one; one = plain.next()) {
        batch.push(one);
        for (const cell of one.cells) characters += cell.length + 1;
        if (batch.length < BATCH_LINES && characters < BATCH_CHARACTERS) continue;
        yield batch;
        batch = [];
        characters = 0;
      }
      part = plain.isOdd ? undefined : await nextOf(parts);
    }
    const { rest, line } = plain;
    if (rest !== "" || plain.isOdd) yield* readStrictly(rejoin(rest, parts), { delimiter, line, before: batch });
    else if (batch.length > 0) yield batch;
  } finally {
    await parts.return(undefined);
  }
}

async function nextOf(parts: AsyncGenerator<string>): Promise<string | undefined> {
  const next = await parts.next();
  return next.done ? undefined : next.value;
}

async function* rejoin(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first !== "") yield first;
  for await (const part of rest) if (part !== "") yield part;
}

interface Rest {
  delimiter: string;
  /** On which it begins. */
  line: number;
  /** Records that wait: what is wrong behind them is told before they are looked at. */
  before: CsvRecord[];
}

/** By csv-parse: it knows every way in which a record is written. */
async function* readStrictly(parts: AsyncGenerator<string>, rest: Rest): AsyncGenerator<CsvRecord[]> {
  const { delimiter, line } = rest;
  const recent = new RecentText();
  let read = { lines: 0, bytes: 0 };
  // csv-parse counts both signs of an end of line that stands within quotes.
  let twice = 0;
  const parser = parse({
    ...CSV_WAYS,
    delimiter,
    info: true,
    max_record_size: ROW_CHARACTERS_MAX,
    on_record(one: unknown, { lines, bytes }) {
      const { record } = one as ParsedRecord;
      const isRunOn = record.some(
        (cell) => mayRunOn(cell) && !recent.between(read.bytes, bytes).includes(quoted(cell)),
      );
      if (isRunOn) throw new FileRefused("bad_csv", 0, line + read.lines);
      for (const cell of record) twice += endsOfExcel(cell);
      read = { lines: lines - twice, bytes };
      return { record, info: { lines: read.lines } } as unknown as string[];
    },
  });
  const text = Readable.from(recent.through(parts), { objectMode: false, highWaterMark: 256 * 1024 });
  text.on("error", (error) => parser.destroy(error));
  let before = rest.before;
  try {
    for await (const batch of parsed(text.pipe(parser))) {
      yield [...before, ...batch.map(({ record: cells, info }) => ({ cells, line: line - 1 + info.lines }))];
      before = [];
    }
    if (before.length > 0) yield before;
  } catch (error) {
    throw asRefusal(error, line + read.lines);
  } finally {
    parser.destroy();
  }
}

interface ParsedRecord {
  record: string[];
  info: { lines: number };
}

/** Full batches, and the rest: a turn of the event loop for each record would cost more than its parsing. */
async function* parsed(parser: Parser): AsyncGenerator<ParsedRecord[]> {
  let [wake, hasEnded] = [() => {}, false];
  let failure: unknown;
  parser.on("readable", () => wake());
  parser.on("end", () => {
    hasEnded = true;
    wake();
  });
  parser.on("error", (error) => {
    failure = error;
    wake();
  });
  let batch: ParsedRecord[] = [];
  for (;;) {
    for (let one: ParsedRecord | null = parser.read(); one !== null; one = parser.read()) {
      if (batch.push(one) === BATCH_LINES) break;
    }
    if (failure) throw failure;
    if (batch.length === BATCH_LINES || (hasEnded && batch.length > 0)) {
      yield batch;
      batch = [];
    } else if (hasEnded) return;
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
}

/**
 * A quote that nothing closes runs on to one of a later row, and swallows what lies between. Where the row does not
 * have this very cell within quotes, the first of its signs is such a quote.
 */
const mayRunOn = (cell: string) => cell.startsWith('"') && /[\r\n]/.test(cell);
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

const endsOfExcel = (cell: string) => (cell.includes("\r\n") ? cell.split("\r\n").length - 1 : 0);

function asRefusal(error: unknown, line: number): unknown {
  if (!(error instanceof CsvError)) return error;
  return new FileRefused(error.code === "CSV_MAX_RECORD_SIZE" ? "too_wide" : "bad_csv", 0, line);
}

async function* withoutHeader(first: TableLine[], rest: AsyncGenerator<TableLine[]>): AsyncGenerator<TableLine[]> {
  yield first.slice(1);
  yield* rest;
}
