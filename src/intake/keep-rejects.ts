/**
 * Claims that were rejected only because of what the register says of their person are kept, sealed, so that they
 * alone can be run again once the register is mended. Any other fault lies in the claim: its facility sends it anew.
 */
import { EnvelopeReader } from "./envelope.ts";
import type { Run } from "./import-file.ts";
import { readSource } from "./source.ts";
import { type KeptRecord, keepRecords } from "./store-kept.ts";

export interface Unmatched {
  no: number;
  line: number;
  visitId: string;
}

/** Beyond these the whole file must come again. */
const KEPT_MAX = 5000;
const KEPT_BYTES_MAX = 64 * 1024 * 1024;
const AT_ONCE = 100;
const BYTES_AT_ONCE = 4 * 1024 * 1024;

export const SEAL = "intake.rejects";
export const sealedFor = (fileId: string, no: number) => `${fileId}:${no}`;

/** Reads the file once more, for these records only. */
export async function keepRejects(run: Run, unmatched: readonly Unmatched[]): Promise<void> {
  if (unmatched.length === 0) return;
  const wanted = new Map(unmatched.slice(0, KEPT_MAX).map((one) => [one.no, one]));
  const cutter = new EnvelopeReader();
  const { vault } = run.house;
  let room = KEPT_BYTES_MAX;
  const waiting: KeptRecord[] = [];
  let waitingBytes = 0;
  const flush = async () => {
    waitingBytes = 0;
    await keepRecords(run.tx, run.fileId, waiting.splice(0), run.at);
  };
  for await (const chunk of readSource(run.source)) {
    for (const { no, bytes } of cutter.push(chunk)) {
      const one = wanted.get(no);
      room -= one ? bytes.length : 0;
      if (!one || room < 0) continue;
      waiting.push({ ...one, sealed: vault.seal(SEAL, bytes, sealedFor(run.fileId, no)) });
      waitingBytes += bytes.length;
      if (waiting.length >= AT_ONCE || waitingBytes >= BYTES_AT_ONCE) await flush();
    }
  }
  await flush();
}
