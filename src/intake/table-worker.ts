/** Worker thread of the table imports: reads a table and answers its batches as they are asked for. */
import { parentPort } from "node:worker_threads";
import { FileRefused } from "./refusal.ts";
import { rowKinds } from "./row-kinds.ts";
import { type TableBatch, tableBatches } from "./table-batch.ts";
import type { TableAnswer, TableQuestion } from "./table-readers.ts";

let batches: AsyncGenerator<TableBatch> | undefined;

parentPort?.on("message", (question: TableQuestion) => {
  if (typeof question === "object") batches = tableBatches(rowKinds[question.kind], question);
  // What is asked ahead waits in the generator: answers leave in the order of the questions.
  void answer(question === "stop" ? batches?.return(undefined) : batches?.next());
});

async function answer(next: Promise<IteratorResult<TableBatch>> | undefined): Promise<void> {
  try {
    const { done, value } = (await next) ?? { done: true };
    if (done) tell("ended");
    else tell({ batch: value }, [value.text.buffer as ArrayBuffer, value.rows.buffer as ArrayBuffer]);
  } catch (error) {
    if (error instanceof FileRefused) {
      const { code: refused, readable, line, columns } = error;
      tell({ refused, readable, line, columns });
    } else tell({ failed: error as Error });
  }
}

function tell(said: TableAnswer, handedOver: ArrayBuffer[] = []): void {
  parentPort?.postMessage(said, handedOver);
}
