/** Takes a backup apart into a folder in which a server can start, with all of the log that follows it. */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { baseFolder, logFolder, type Manifest, readManifest, readSealed } from "./folder.ts";
import { beginningsOf } from "./follow.ts";
import type { BackupKey } from "./key.ts";
import { isHistoryName, isSegmentName, positionOf, segmentName, segmentStart } from "./rules.ts";
import { opened } from "./seal.ts";
import type { BackupPlace } from "./take.ts";
import { unpackTar } from "./tar.ts";

export interface Unpacked {
  manifest: Manifest;
  bytes: number;
  segments: number;
  /** The first file of the log that is missing although later ones are there: nothing behind it can be reached. */
  gapAt: string | undefined;
}

/** Into `into`/pg, /uploads and /log; `into` must be new or empty. `withLog`: what was kept after the backup, too. */
export async function unpackBackup(
  place: BackupPlace,
  name: string,
  into: string,
  options: { withLog: boolean; onMade?: (path: string) => void },
): Promise<Unpacked> {
  refuseUsed(into);
  const { key, dir } = place;
  const manifest = await readManifest(key, dir, name);
  mkdirSync(into, { recursive: true, mode: 0o700 });
  const plain = (file: string) => readSealed(key, join(baseFolder(dir), name, file), `${name}/${file}`);
  const pg = join(into, "pg");
  mkdirSync(pg, { mode: 0o700 });
  options.onMade?.(pg);
  const bytes = await unpackTar(plain("base"), pg, options.onMade);
  await unpackTar(plain("uploads"), join(into, "uploads"));
  const log = join(into, "log");
  mkdirSync(log, { mode: 0o700 });
  for (const { name: file } of manifest.files) {
    if (isSegmentName(file) || isHistoryName(file)) await writeFile(join(log, file), plain(file), { mode: 0o600 });
  }
  if (options.withLog) await unpackLog(key, logFolder(dir, manifest.server.systemId), log, manifest);
  const names = readdirSync(log).filter(isSegmentName).toSorted();
  return { manifest, bytes, segments: names.length, gapAt: gapIn(names, manifest.server.segmentBytes) };
}

function refuseUsed(into: string): void {
  if (existsSync(into) && readdirSync(into).length > 0) {
    throw new Error(`${into} is not empty: a backup is restored into a new folder, never over another`);
  }
}

/** Whole segments from the start of the backup on, and the beginning of the one after them. */
async function unpackLog(key: BackupKey, from: string, into: string, manifest: Manifest): Promise<void> {
  if (!existsSync(from)) return;
  const { systemId, segmentBytes } = manifest.server;
  const start = positionOf(manifest.positions.start);
  const isNeeded = (name: string) => segmentStart(name, segmentBytes).position + BigInt(segmentBytes) > start;
  for (const file of readdirSync(from).toSorted()) {
    if (isHistoryName(file) || (isSegmentName(file) && isNeeded(file))) {
      await writeFile(join(into, file), readSealed(key, join(from, file), `${systemId}/${file}`), { mode: 0o600 });
    }
  }
  const beginnings = new Set(readdirSync(from).flatMap((file) => /^([0-9A-F]{24})\.open-/.exec(file)?.[1] ?? []));
  for (const name of beginnings) {
    if (existsSync(join(from, name)) || !isNeeded(name)) continue;
    const longest = await longestBeginning(key, from, `${systemId}/${name}.open`, beginningsOf(from, name));
    const path = join(into, name);
    const there = existsSync(path) ? withoutEnd(await readFile(path)) : 0;
    if (longest.length <= there) continue;
    const file = await open(path, "w", 0o600);
    await file.write(longest);
    await file.truncate(segmentBytes);
    await file.close();
  }
}

async function longestBeginning(key: BackupKey, from: string, sealName: string, files: readonly string[]) {
  let longest: Buffer = Buffer.alloc(0);
  for (const file of files) {
    const parts: Buffer[] = [];
    const bytes = await readFile(join(from, file));
    for await (const part of opened(key, sealName, asSource(bytes), true)) parts.push(part);
    const found = Buffer.concat(parts);
    if (found.length > longest.length) longest = found;
  }
  return longest;
}

/** How much of a segment is written; the rest of it is nothing. */
function withoutEnd(bytes: Buffer): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return end;
}

function gapIn(names: readonly string[], segmentBytes: number): string | undefined {
  for (const [at, name] of names.entries()) {
    const after = names[at + 1];
    const { timeline, position } = segmentStart(name, segmentBytes);
    const next = segmentName(timeline, position + BigInt(segmentBytes), segmentBytes);
    // A later timeline begins inside the files of the one before.
    if (after && after !== next && after.slice(0, 8) === name.slice(0, 8)) return next;
  }
  return undefined;
}

async function* asSource(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
