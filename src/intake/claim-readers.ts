/** Who reads batches: this thread, for a small file, or worker threads, for many and large ones. */
import { type Checked, checkFile } from "./check-file.ts";
import { type BatchAnswer, type BatchTask, readBatch } from "./claim-batch.ts";
import { CodeBook, type CodeLists } from "./code-book.ts";
import { Seat } from "./seat.ts";

/** What a thread is asked: a batch, or a whole file whose signature is to be checked. */
export type WorkerQuestion = BatchTask | { file: Uint8Array };

export interface ClaimReaders {
  /** How many batches may be under way at once. */
  readonly width: number;
  /** The bytes of the task may be used again as soon as this returns. */
  read(task: BatchTask): Promise<BatchAnswer>;
  /** The signature of a whole file; takes the bytes over: they must not be used afterwards. */
  check(file: Uint8Array): Promise<Checked>;
  close(): Promise<void>;
}

export function inlineReader(lists: CodeLists): ClaimReaders {
  const codes = new CodeBook(lists);
  return {
    width: 1,
    read: async (task) => readBatch(task, codes),
    check: checkFile,
    close: async () => {},
  };
}

/** A thread each core keeps both busy while the database writes. */
export function threadedReaders(lists: CodeLists, threads: number): ClaimReaders {
  const seats = Array.from({ length: threads }, () => new Seat("claim-worker", lists));
  const lending = new Lending();
  const idle = () => {
    const [first] = seats.toSorted((a, b) => a.waiting - b.waiting);
    if (!first) throw new Error("no reader thread");
    return first;
  };
  return {
    width: threads * 3,
    read(task) {
      const lent = lending.copyOf(task.bytes);
      if (lent)
        return idle()
          .ask<BatchAnswer>({ ...task, bytes: lent })
          .finally(() => lending.takeBack(lent));
      const own = Buffer.allocUnsafeSlow(task.bytes.length);
      own.set(task.bytes);
      return idle().ask<BatchAnswer>({ ...task, bytes: own }, [own]);
    },
    check: (file) => idle().ask<Checked>({ file }, [file]),
    async close() {
      await Promise.all(seats.map((seat) => seat.close()));
    },
  };
}

/** A batch of the usual claims, with room to spare. */
const LENT_BYTES = 1280 * 1024;

/**
 * Memory that this thread writes and another reads, used again when it has been read: a hundred megabytes a second, were
 * they new each time, would have the whole heap searched for what is still in use several times a second.
 */
class Lending {
  readonly #free: SharedArrayBuffer[] = [];

  /** Undefined for more than is lent: nobody counts shared memory, and what is thrown away of it would lie about. */
  copyOf(bytes: Uint8Array): Buffer<SharedArrayBuffer> | undefined {
    if (bytes.length > LENT_BYTES) return undefined;
    const copy = Buffer.from(this.#free.pop() ?? new SharedArrayBuffer(LENT_BYTES), 0, bytes.length);
    // Byte by byte as between threads, were it set: nobody else has this memory now.
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).copy(copy);
    return copy;
  }

  takeBack({ buffer }: Buffer<SharedArrayBuffer>): void {
    this.#free.push(buffer);
  }
}
