/** Who reads tables: this thread, for a small file, or a worker thread, which reads on while the database takes rows. */
import { FileRefused } from "./refusal.ts";
import type { RowKindName } from "./row-kinds.ts";
import { Seat } from "./seat.ts";
import { type Source, sizeOf } from "./source.ts";
import type { TableBatch } from "./table-batch.ts";
import type { RefusalCode } from "./words.ts";

/** What the thread is asked: the first batch of a file, the next one, or to leave the file. */
export type TableQuestion = { kind: RowKindName; source: Source } | "next" | "stop";
export type TableAnswer =
  | { batch: TableBatch }
  | { refused: RefusalCode; readable: number; line: number | undefined; columns: string | undefined }
  | { failed: Error }
  | "ended";

export interface TableReader {
  /** Throws what the file is refused for. One file at a time. */
  read(kind: RowKindName, source: Source): AsyncGenerator<TableBatch>;
  close(): Promise<void>;
}

const INLINE_BYTES_MAX = 2 * 1024 * 1024;
/** Rows are soon done with: with more room the thread would only keep more of them. */
const YOUNG_MB = 24;
/** Batches that may wait for the database: some megabytes. */
const AHEAD = 4;

/** For smaller files a thread would not have begun when this one is done. */
export async function isWorthThread(source: Source): Promise<boolean> {
  return (await sizeOf(source)) > INLINE_BYTES_MAX;
}

export function threadedTables(): TableReader {
  const seat = new Seat("table-worker", undefined, { maxYoungGenerationSizeMb: YOUNG_MB });
  return { read: (kind, source) => readIn(seat, kind, source), close: () => seat.close() };
}

async function* readIn(seat: Seat, kind: RowKindName, source: Source): AsyncGenerator<TableBatch> {
  const waiting = [guarded(askFirst(seat, kind, source))];
  const askAhead = () => {
    while (waiting.length < AHEAD) waiting.push(guarded(seat.ask<TableAnswer>("next")));
  };
  try {
    for (;;) {
      askAhead();
      const answer = (await waiting.shift()) ?? "ended";
      if (answer === "ended") return;
      if ("refused" in answer) throw new FileRefused(answer.refused, answer.readable, answer.line, answer.columns);
      if ("failed" in answer) throw answer.failed;
      yield answer.batch;
    }
  } finally {
    // The next file begins when nothing of this one is owed any more.
    waiting.push(seat.ask<TableAnswer>("stop"));
    await Promise.allSettled(waiting);
  }
}

function askFirst(seat: Seat, kind: RowKindName, source: Source): Promise<TableAnswer> {
  if ("path" in source) return seat.ask({ kind, source });
  // A copy of its own: whoever gave the bytes reads them again.
  const bytes = new Uint8Array(source.bytes);
  return seat.ask({ kind, source: { name: source.name, bytes } }, [bytes]);
}

/** Awaited in its turn; a failure before that must not count as unhandled. */
function guarded<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
