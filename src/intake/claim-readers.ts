/** Who reads batches: this thread, for a small file, or worker threads, for many and large ones. */
import { Worker } from "node:worker_threads";
import { type Checked, checkFile } from "./check-file.ts";
import { type BatchAnswer, type BatchTask, readBatch } from "./claim-batch.ts";
import { CodeBook, type CodeLists } from "./code-book.ts";

/** What a thread is asked: a batch, or a whole file whose signature is to be checked. */
export type WorkerQuestion = BatchTask | { file: Uint8Array };

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

/** Beside this file, in the source as in the bundle. */
const WORKER = new URL(import.meta.url.endsWith(".ts") ? "./claim-worker.ts" : "./claim-worker.js", import.meta.url);

/** A thread each core keeps both busy while the database writes. */
export function threadedReaders(lists: CodeLists, threads = 2): ClaimReaders {
  const seats = Array.from({ length: threads }, () => new Seat(lists));
  const idle = () => {
    const [first] = seats.toSorted((a, b) => a.waiting - b.waiting);
    if (!first) throw new Error("no reader thread");
    return first;
  };
  return {
    width: threads * 3,
    read: (task) => idle().ask<BatchAnswer>(task, task.bytes),
    check: (file) => idle().ask<Checked>({ file }, file),
    async close() {
      await Promise.all(seats.map((seat) => seat.close()));
    },
  };
}

/** One worker and the answers it owes, in order. */
class Seat {
  readonly #worker: Worker;
  readonly #owed: { resolve(answer: never): void; reject(error: Error): void }[] = [];

  constructor(lists: CodeLists) {
    this.#worker = new Worker(WORKER, { workerData: lists, execArgv: [] });
    this.#worker.on("message", (answer) => this.#owed.shift()?.resolve(answer as never));
    this.#worker.on("error", (error) => {
      for (const owed of this.#owed.splice(0)) owed.reject(error as Error);
    });
    this.#worker.unref();
  }

  get waiting(): number {
    return this.#owed.length;
  }

  ask<T>(question: WorkerQuestion, { buffer }: Uint8Array): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#owed.push({ resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage(question, [buffer as ArrayBuffer]);
    }).finally(() => {
      if (this.#owed.length === 0) this.#worker.unref();
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
