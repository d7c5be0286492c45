/**
 * Runs the kept rejects of one file again, and only these: the register, or a row, has been mended meanwhile. What is
 * taken counts for the file that brought it; a claim that has come anew since then was forgotten when it came.
 */
import { record as recordAudit } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { NotFound } from "../kernel/failures.ts";
import { type BatchAnswer, spansOf } from "./claim-batch.ts";
import { type ClaimReaders, inlineReader } from "./claim-readers.ts";
import { codesInForce, takeClaims } from "./import-claims.ts";
import { type ImportResult, type Run, startRun } from "./import-file.ts";
import { SEAL, sealedFor } from "./keep-rejects.ts";
import type { ClaimReading } from "./read-envelope.ts";
import { rerunRows } from "./rerun-rows.ts";
import { dropReject, endRerun, lockSourceFile } from "./store-files.ts";
import { dropOvertaken, dropRecord, type KeptRecord, readKept } from "./store-kept.ts";
import { importTransaction } from "./store-transaction.ts";

const BATCH = 50;

/** `by`: who asked for it; the operator at the command line when absent. */
export async function rerunRejects(house: House, fileId: string, by?: Staff): Promise<ImportResult> {
  const readers = inlineReader(await codesInForce(house));
  return importTransaction(house.pool, async (tx, client) => {
    const file = await lockSourceFile(tx, fileId);
    if (!file || file.kind === "documents") throw new NotFound("source_file");
    const { kind, name } = file;
    const source = { name, bytes: new Uint8Array() };
    const { run, rejects, flush } = startRun(
      { house, tx, client, fileId, at: house.clock.now(), source, progress: () => {}, isOlder: true },
      {},
    );
    const asked = kind === "claims" ? await rerunClaims(run, readers, file.facilityCode) : await rerunRows(run, kind);
    await flush();
    const { taken, unchanged, flagged } = run.counts;
    const rejected = await endRerun(tx, fileId, run.at, { taken, unchanged, flagged });
    await recordAudit(tx, {
      ...{ at: run.at, actor: by ?? { kind: "operator" }, action: "intake.rerun", purpose: "operate" },
      object: { kind: "source_file", id: fileId },
      detail: { asked, taken, unchanged, rejected },
    });
    return { fileId, kind, name, isKnown: false, taken, unchanged, flagged, rejected, rejects };
  });
}

/** Answers how many claims were run. */
async function rerunClaims(run: Run, readers: ClaimReaders, facilityCode: string | null): Promise<number> {
  const { tx, fileId, house } = run;
  await dropOvertaken(tx, fileId);
  const kept = await readKept(tx, fileId);
  for (const { no } of kept) await dropReject(tx, fileId, no);
  const unmatched = await takeClaims(run, readingOf(house, fileId, kept, readers, facilityCode ?? ""));
  const still = new Set(unmatched.map(({ no }) => no));
  for (const { no } of kept) if (!still.has(no)) await dropRecord(tx, fileId, no);
  return kept.length;
}

function readingOf(
  { vault }: House,
  fileId: string,
  kept: readonly KeptRecord[],
  readers: ClaimReaders,
  sender: string,
): ClaimReading {
  return { answers: answers(), envelope: undefined };

  async function* answers(): AsyncGenerator<BatchAnswer> {
    for (let at = 0; at < kept.length; at += BATCH) {
      const some = kept.slice(at, at + BATCH);
      const opened = some.map(({ no, sealed }) => vault.open(SEAL, sealed, sealedFor(fileId, no)));
      let start = 0;
      const records = some.map(({ no, line }, nth) => {
        const from = start;
        start += opened[nth]?.length ?? 0;
        return { no, line, start: from, end: start };
      });
      const bytes = new Uint8Array(Buffer.concat(opened));
      yield await readers.read({ bytes, spans: spansOf(records), sender: { code: sender } });
    }
  }
}
