/**
 * A folder that is watched: every XML file that has come to rest is imported by its root and moved to `done` or
 * `refused`, with a receipt and its rejects beside it. A kill between import and move is harmless: known bytes change
 * nothing, and the file is moved the next time. So is a file that another takes the place of while it is read.
 */
import type { Stats } from "node:fs";
import { mkdir, open, readdir, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { House } from "../db/house.ts";
import type { Lang } from "../kernel/words.ts";
import { importByRoot, rootOf } from "./import-by-root.ts";
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

/** For so long a file without its end may still be on its way: a slow line rests between two pieces. */
const UNENDED_REST_MS = 10 * 60_000;
const END_BYTES = 256;
/** With the number before it and what is added behind it a name of so many bytes is still one for every file system. */
const NAME_BYTES_MAX = 200;

/** Throws where the folder cannot be read at first; later that is told, and it is tried again. */
export async function watchFolder(house: House, folder: string, watching: Watching): Promise<void> {
  await readdir(folder);
  while (!watching.signal.aborted) {
    await takeWhatCame(house, folder, watching).catch((error: Error) => watching.onFailure(folder, error.message));
    await wait(watching.pauseMs, undefined, { signal: watching.signal }).catch(() => undefined);
  }
}

/** One look: the files at rest, the oldest first: a later one says what holds. Answers how many were taken or refused. */
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
  const atRest: { name: string; since: number }[] = [];
  // One after the other: thousands that come together are not open together.
  for (const name of names) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    const restedMs = found ? Date.now() - found.mtimeMs : 0;
    if (!found || restedMs < restMs) continue;
    const isComing = restedMs < UNENDED_REST_MS && !(await hasEnd(path, found).catch(() => true));
    if (!isComing) atRest.push({ name, since: found.mtimeMs });
  }
  return atRest.sort((a, b) => a.since - b.since || (a.name < b.name ? -1 : 1)).map(({ name }) => name);
}

/** Does it end as it begins? What begins with no element is refused at once. */
async function hasEnd(path: string, { size }: Stats): Promise<boolean> {
  const root = await rootOf({ name: path, path });
  if (root === undefined) return size > 0;
  const file = await open(path);
  try {
    const from = Math.max(0, size - END_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(END_BYTES), 0, END_BYTES, from);
    return buffer.toString("latin1", 0, bytesRead).includes(`</${root}`);
  } finally {
    await file.close();
  }
}

async function takeOne(house: House, folder: string, name: string, lang: Lang): Promise<ImportResult> {
  const rejects: RejectedRecord[] = [];
  const source = { name, path: join(folder, name) };
  const before = await stat(source.path);
  const result = await importByRoot(house, source, { onReject: (reject) => rejects.push(reject) });
  const after = await stat(source.path);
  if (!isSame(before, after)) throw new Error("the file was changed while it was read: it is taken once more");
  const target = join(folder, result.refusal ? "refused" : "done");
  await mkdir(target, { recursive: true });
  const base = join(target, `${result.fileId}-${shortened(name)}`);
  const { rejects: _, ...receipt } = result;
  await writeFile(`${base}.json`, `${JSON.stringify(receipt)}\n`, { mode: 0o600 });
  if (rejects.length > 0) {
    const lines = rejects.map((reject) => rejectLine({ ...reject, file: name }, lang));
    await writeFile(`${base}.rejects.csv`, `\ufeff${REJECTS_HEAD}${lines.join("")}`, { mode: 0o600 });
  }
  await rename(source.path, base);
  return result;
}

const isSame = (one: Stats, other: Stats) =>
  one.ino === other.ino && one.size === other.size && one.mtimeMs === other.mtimeMs;

/** A letter with marks takes up to eight bytes. */
function shortened(name: string): string {
  let kept = [...name];
  while (Buffer.byteLength(kept.join("")) > NAME_BYTES_MAX) kept = kept.slice(1);
  return kept.join("");
}
