/** Worker thread of the claim import: reads batches that the main thread cuts out of the file. */
import { parentPort, workerData } from "node:worker_threads";
import { type BatchTask, readBatch } from "./claim-batch.ts";
import { CodeBook, type CodeEntry } from "./rules-code-book.ts";

const codes = new CodeBook(workerData as CodeEntry[]);

parentPort?.on("message", (task: BatchTask) => {
  const answer = readBatch(task, codes);
  parentPort?.postMessage(answer, [answer.text.buffer as ArrayBuffer]);
});
