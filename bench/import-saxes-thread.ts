/** The thread of import-saxes.ts: parses its texts once for each message, and answers how many fields they hold. */
import { parentPort, workerData } from "node:worker_threads";
import { SaxesParser } from "saxes";

const texts = (workerData as Uint8Array[]).map((bytes) => Buffer.from(bytes).toString("utf8"));

parentPort?.on("message", () => {
  let fields = 0;
  for (const text of texts) {
    const parser = new SaxesParser({ position: false });
    parser.on("text", () => {
      fields += 1;
    });
    parser.on("closetag", () => {});
    parser.write(text).close();
  }
  parentPort?.postMessage(fields);
});
