/** Worker thread of the claim import: reads batches that the main thread cuts out of the file, and checks signatures. */
import { parentPort, workerData } from "node:worker_threads";
import { standLast } from "../db/give-way.ts";
import { checkFile } from "./check-file.ts";
import { readBatch } from "./claim-batch.ts";
import type { WorkerQuestion } from "./claim-readers.ts";
import { CodeBook, type CodeLists } from "./code-book.ts";

standLast();
const codes = new CodeBook(workerData as CodeLists);
/** Answers leave in the order of the questions. */
let before: Promise<unknown> = Promise.resolve();

parentPort?.on("message", (question: WorkerQuestion) => {
  before = before.then(() => answer(question));
});

async function answer(question: WorkerQuestion): Promise<void> {
  if ("file" in question) {
    parentPort?.postMessage(await checkFile(question.file));
    return;
  }
  const read = readBatch(question, codes);
  parentPort?.postMessage(read, [read.text.buffer as ArrayBuffer, read.heads.numbers.buffer as ArrayBuffer]);
}
