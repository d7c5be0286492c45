/** One damaged table against both readers; one damaged file through everything that the import does before SQL. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { projectRoot } from "../src/db/root.ts";
import { readBatch, spansOf } from "../src/intake/claim-batch.ts";
import { CodeBook } from "../src/intake/code-book.ts";
import { EnvelopeReader } from "../src/intake/envelope.ts";
import { ownLists } from "../src/intake/import-claims.ts";
import { FileRefused } from "../src/intake/refusal.ts";
import { scanFlat } from "../src/intake/scan.ts";
import { tables } from "../src/intake/spec.ts";
import { readStrict } from "../src/intake/strict.ts";
import { mutate, mutateBytes, type Random } from "./mutations.ts";

export const SLOWEST_MS_PER_MB = 1000;
const sample = readFileSync(join(projectRoot, "db", "seed", "worker-claim.xml"));
const inner = [...sample.toString("utf8").matchAll(/<LOAIHOSO>(XML[1-5])<\/LOAIHOSO>\s*<NOIDUNGFILE>([^<]*)</g)].map(
  ([, kind = "", content = ""]) => ({ kind, xml: Buffer.from(content, "base64").toString("utf8") }),
);
const codes = new CodeBook({ entries: ownLists(), marks: [] });
const MEGABYTE = 1_000_000;
/** Below this a single pause of the machine would look like a hang. */
const MEASURED_MS_LEAST = 50;

/** Was it read quickly? Throws when the two readers do not agree. */
export function fuzzTable(random: Random): boolean {
  const { kind, xml } = inner[Math.floor(random() * inner.length)] ?? { kind: "XML1", xml: "" };
  const { shape } = tables[kind as "XML1"];
  const bytes = Buffer.from(mutate(xml, random));
  const text = bytes.toString("utf8");
  const flat = scanFlat(bytes, shape);
  if (flat === undefined) {
    readStrict(text, shape);
    return false;
  }
  const strict = readStrict(text, shape);
  if (!strict.ok || !isDeepStrictEqual(flat, strict.value))
    throw new Error(`the readers differ: ${JSON.stringify(text)}`);
  return true;
}

/** Milliseconds a megabyte. Throws what is neither a refusal nor a reject. */
export function fuzzEnvelope(random: Random): number {
  const bytes = random() < 0.5 ? Buffer.from(mutate(sample.toString("utf8"), random)) : mutateBytes(sample, random);
  return readWhole(bytes, 1 + Math.floor(random() * bytes.length));
}

/** Cuts, decodes, reads and encodes a file; answers milliseconds a megabyte. */
export function readWhole(bytes: Buffer, chunk = bytes.length): number {
  const startedAt = performance.now();
  try {
    const cutter = new EnvelopeReader();
    for (let at = 0; at < bytes.length; at += chunk) {
      for (const { no, line, bytes: record, isTooLarge } of cutter.push(bytes.subarray(at, at + chunk))) {
        if (isTooLarge) continue;
        const spans = spansOf([{ no, line, start: 0, end: record.length }]);
        readBatch({ bytes: new Uint8Array(record), spans, sender: { code: cutter.facilityCode } }, codes);
      }
    }
    cutter.end();
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
  }
  const tookMs = performance.now() - startedAt;
  return tookMs < MEASURED_MS_LEAST ? 0 : tookMs / Math.max(1, bytes.length / MEGABYTE);
}
