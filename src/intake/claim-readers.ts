/** Who reads batches: this thread, for a small file, or worker threads, for many and large ones. */
import { type Checked, checkFile } from "./check-file.ts";
import { type BatchAnswer, type BatchTask, readBatch } from "./claim-batch.ts";
import { CodeBook, type CodeLists } from "./code-book.ts";
import { Seat } from "./seat.ts";

/** What a thread is asked: a batch, or a whole file whose signature is to be checked. */
export type WorkerQuestion = BatchTask | { file: Uint8Array };

export interface WorkerData {
  lists: CodeLists;
  /** Its process serves people meanwhile: the thread stands behind those that do. */
  givesWay: boolean;
}

export interface ClaimReaders {
  /** How many batches may be under way at once. */
  readonly width: number;
  /** Takes the bytes of the task over: they must not be used afterwards. */
  read(task: BatchTask): Promise<BatchAnswer>;
  /** The signature of a whole file; takes the bytes over too. */
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
export function threadedReaders(data: WorkerData, threads: number): ClaimReaders {
  const seats = Array.from({ length: threads }, () => new Seat("claim-worker", data));
  const idle = () => {
    const [first] = seats.toSorted((a, b) => a.waiting - b.waiting);
    if (!first) throw new Error("no reader thread");
    return first;
  };
  return {
    width: threads * 3,
    read: (task) => idle().ask<BatchAnswer>(task, [task.bytes]),
    check: (file) => idle().ask<Checked>({ file }, [file]),
    async close() {
      await Promise.all(seats.map((seat) => seat.close()));
    },
  };
}
