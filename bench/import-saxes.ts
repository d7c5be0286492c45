/** What a general XML parser takes for the same claims, without checks, rows or a database. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { MadeFile } from "../src/generate/files.ts";

const CONTENT = /<NOIDUNGFILE>([^<]*)</g;

export interface SaxesAlone {
  /** Of all tables, decoded. */
  readonly bytes: number;
  parse(): Promise<void>;
  close(): Promise<unknown>;
}

/** In a thread of its own: its texts would lie on the heap of the import that it is measured beside, and be searched with it. */
export async function openSaxes(claims: readonly MadeFile[]): Promise<SaxesAlone> {
  const tables = claims.flatMap(({ bytes }) =>
    [...bytes.toString("latin1").matchAll(CONTENT)].map(([, content = ""]) => Buffer.from(content, "base64")),
  );
  const thread = new Worker(new URL("./bench-import-saxes-thread.js", import.meta.url), { workerData: tables });
  await once(thread, "online");
  return {
    bytes: tables.reduce((sum, table) => sum + table.length, 0),
    async parse() {
      const answered = once(thread, "message");
      thread.postMessage("parse");
      const [fields] = (await answered) as [number];
      if (fields === 0) throw new Error("saxes found nothing");
    },
    close: () => thread.terminate(),
  };
}
