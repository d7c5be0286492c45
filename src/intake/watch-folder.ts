/**
 * A folder that is watched: every XML file that has come to rest is imported by its root and moved to `done` or
 * `refused`, with a receipt and its rejects beside it. A kill between import and move is harmless: known bytes change
 * nothing, and the file is moved the next time.
 */
import { mkdir, readdir, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { House } from "../db/house.ts";
import type { Lang } from "../kernel/words.ts";
import { importByRoot } from "./import-by-root.ts";
import type { ImportResult, RejectedRecord } from "./import-file.ts";
import { REJECTS_HEAD, rejectLine } from "./rejects-csv.ts";

export interface Watching {
  lang: Lang;
  /** Milliseconds between two looks, and for which a file must not have changed. */
  pauseMs: number;
  signal: AbortSignal;
  onResult(result: ImportResult): void;
  /** The file stays where it is, and is tried again. */
  onFailure(name: string, reason: string): void;
}

export async function watchFolder(house: House, folder: string, watching: Watching): Promise<void> {
  while (!watching.signal.aborted) {
    await takeWhatCame(house, folder, watching);
    await wait(watching.pauseMs, undefined, { signal: watching.signal }).catch(() => undefined);
  }
}

/** One look: the files at rest, in the order of their names. Answers how many were taken or refused. */
export async function takeWhatCame(house: House, folder: string, watching: Watching): Promise<number> {
  let moved = 0;
  for (const name of await filesAtRest(folder, watching.pauseMs)) {
    if (watching.signal.aborted) break;
    try {
      watching.onResult(await takeOne(house, folder, name, watching.lang));
      moved += 1;
    } catch (error) {
      watching.onFailure(name, (error as Error).message);
    }
  }
  return moved;
}

async function filesAtRest(folder: string, restMs: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((one) => one.isFile() && /\.xml$/i.test(one.name)).map(({ name }) => name);
  const atRest = await Promise.all(
    names.map(async (name) => {
      const found = await stat(join(folder, name)).catch(() => undefined);
      return found && Date.now() - found.mtimeMs >= restMs ? [name] : [];
    }),
  );
  return atRest.flat().sort();
}

async function takeOne(house: House, folder: string, name: string, lang: Lang): Promise<ImportResult> {
  const rejects: RejectedRecord[] = [];
  const source = { name, path: join(folder, name) };
  const result = await importByRoot(house, source, { onReject: (reject) => rejects.push(reject) });
  const target = join(folder, result.refusal ? "refused" : "done");
  await mkdir(target, { recursive: true });
  const base = join(target, `${result.fileId}-${name}`);
  const { rejects: _, ...receipt } = result;
  await writeFile(`${base}.json`, `${JSON.stringify(receipt)}\n`, { mode: 0o600 });
  if (rejects.length > 0) {
    const lines = rejects.map((reject) => rejectLine({ ...reject, file: name }, lang));
    await writeFile(`${base}.rejects.csv`, `\ufeff${REJECTS_HEAD}${lines.join("")}`, { mode: 0o600 });
  }
  await rename(source.path, base);
  return result;
}
