/** A claim file → answers in its order: cut here, read by the readers, some batches ahead of whoever takes them. */
import type { Sender } from "./claim.ts";
import { type BatchAnswer, NO_HEADS, spansOf } from "./claim-batch.ts";
import type { ClaimReaders } from "./claim-readers.ts";
import { type Envelope, EnvelopeReader, type RawRecord } from "./envelope.ts";
import { readSource, type Source } from "./source.ts";

const BATCH_BYTES = 1024 * 1024;
/** Answers that may wait while the database is busy with the file before: some 15 MB of claims. */
const AHEAD_MAX = 15;
/** Bytes of records that are being read or whose answers wait: few of the largest, many of the usual. */
const HELD_BYTES_MAX = 24 * 1024 * 1024;

export interface ClaimReading {
  answers: AsyncGenerator<BatchAnswer>;
  /** Known once the answers have ended. */
  envelope: Envelope | undefined;
}

/** Starts to read at once. Throws what the file is refused for when its answers are taken. */
export function startReading(
  source: Source,
  readers: ClaimReaders,
  { onBytes, onlyFacility }: { onBytes?: (bytes: number) => void; onlyFacility?: string | undefined } = {},
): ClaimReading {
  const held = new Held();
  const reading: ClaimReading = { answers: answersOf(ahead(readAll())), envelope: undefined };
  return reading;

  async function* readAll(): AsyncGenerator<Read> {
    const cutter = new EnvelopeReader();
    const underWay: Promise<Read>[] = [];
    for await (const chunk of readSource(source)) {
      onBytes?.(chunk.length);
      for (const records of groups(cutter.push(chunk))) {
        const bytes = records.reduce((sum, record) => sum + record.bytes.length, 0);
        while (underWay.length > 0 && !held.hasRoom(bytes)) yield await (underWay.shift() as Promise<Read>);
        await held.take(bytes);
        const answer = readGroup(records, { code: cutter.facilityCode, only: onlyFacility }, readers);
        const read = answer.then((one) => ({ answer: one, bytes }));
        // Awaited in its turn; a failure before that must not count as unhandled.
        read.catch(() => {});
        underWay.push(read);
        const first = underWay.length >= readers.width ? underWay.shift() : undefined;
        if (first) yield await first;
      }
    }
    reading.envelope = cutter.end();
    for (const read of underWay) yield await read;
  }

  async function* answersOf(reads: AsyncGenerator<Read>): AsyncGenerator<BatchAnswer> {
    for await (const { answer, bytes } of reads) {
      let isGoingOn = false;
      try {
        yield answer;
        isGoingOn = true;
      } finally {
        if (!isGoingOn) held.end();
      }
      held.give(bytes);
    }
  }
}

interface Read {
  answer: BatchAnswer;
  bytes: number;
}

/** How much is held; whoever wants more waits until what was read has been taken. */
class Held {
  #bytes = 0;
  #isOver = false;
  #wake: (() => void) | undefined;

  hasRoom(bytes: number): boolean {
    return this.#isOver || this.#bytes === 0 || this.#bytes + bytes <= HELD_BYTES_MAX;
  }

  async take(bytes: number): Promise<void> {
    while (!this.hasRoom(bytes)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#bytes += bytes;
  }

  give(bytes: number): void {
    this.#bytes -= bytes;
    this.#wake?.();
    this.#wake = undefined;
  }

  /** Nobody takes what was read any more: whoever waits for room goes on to its end. */
  end(): void {
    this.#isOver = true;
    this.give(0);
  }
}

/** Records in groups of about the size of a batch; one that is too large stands alone. */
function* groups(records: readonly RawRecord[]): Generator<RawRecord[]> {
  let group: RawRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    if (record.isTooLarge) {
      if (group.length > 0) yield group;
      group = [];
      bytes = 0;
      yield [record];
      continue;
    }
    group.push(record);
    bytes += record.bytes.length;
    if (bytes < BATCH_BYTES) continue;
    yield group;
    group = [];
    bytes = 0;
  }
  if (group.length > 0) yield group;
}

async function readGroup(records: readonly RawRecord[], sender: Sender, readers: ClaimReaders): Promise<BatchAnswer> {
  const [first] = records;
  const last = records.at(-1);
  if (!first || !last || first.isTooLarge) {
    const rejects = records.map(({ no, line }) => ({
      ...{ no, recordLine: line, field: "HOSO" },
      code: "record_too_large" as const,
    }));
    return { text: new Uint8Array(), heads: NO_HEADS, recalls: [], rejects };
  }
  const start = first.bytes.byteOffset;
  const end = last.bytes.byteOffset + last.bytes.length;
  const spans = spansOf(
    records.map(({ no, line, bytes }) => {
      const from = bytes.byteOffset - start;
      return { no, line, start: from, end: from + bytes.length };
    }),
  );
  const bytes = new Uint8Array(first.bytes.buffer, start, end - start);
  return readers.read({ bytes, spans, sender });
}

/** Pulls values before they are asked for, up to a limit. */
async function* pulled<T>(values: AsyncGenerator<T>, limit: number, waiting: Promise<IteratorResult<T>>[]) {
  try {
    for (;;) {
      while (waiting.length < limit) waiting.push(guarded(values.next()));
      const next = await waiting.shift();
      if (!next || next.done) return;
      yield next.value;
    }
  } finally {
    await values.return(undefined);
  }
}

function ahead<T>(values: AsyncGenerator<T>): AsyncGenerator<T> {
  const waiting = Array.from({ length: AHEAD_MAX }, () => guarded(values.next()));
  return pulled(values, AHEAD_MAX, waiting);
}

function guarded<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
