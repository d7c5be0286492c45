/** A worker thread and the answers it owes: one to each question, in their order. */
import { type ResourceLimits, Worker } from "node:worker_threads";

/** The threads lie beside this file, in the source as in the bundle. */
const ENDING = import.meta.url.endsWith(".ts") ? "ts" : "js";

export class Seat {
  readonly #worker: Worker;
  readonly #owed: { resolve(answer: never): void; reject(error: Error): void }[] = [];
  #failure: Error | undefined;

  constructor(name: "claim-worker" | "table-worker", data?: unknown, limits: ResourceLimits = {}) {
    const file = new URL(`./${name}.${ENDING}`, import.meta.url);
    this.#worker = new Worker(file, { workerData: data, execArgv: [], resourceLimits: limits });
    this.#worker.on("message", (answer) => this.#owed.shift()?.resolve(answer as never));
    this.#worker.on("error", (error) => this.#fail(error as Error));
    this.#worker.on("exit", () => this.#fail(new Error(`the thread ${name} has ended`)));
    this.#worker.unref();
  }

  get waiting(): number {
    return this.#owed.length;
  }

  /** What is handed over must not be used afterwards. */
  ask<T>(question: unknown, handedOver: readonly Uint8Array[] = []): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      this.#owed.push({ resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage(
        question,
        handedOver.map(({ buffer }) => buffer as ArrayBuffer),
      );
    }).finally(() => {
      if (this.#owed.length === 0) this.#worker.unref();
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const owed of this.#owed.splice(0)) owed.reject(this.#failure);
  }
}
