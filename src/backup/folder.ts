/**
 * The backup folder: `base/NAME/` holds one backup each, `wal/SYSTEM/` the log between them, `erasures` who was erased.
 * Whatever stands under its own name is whole and on the disk; what is under way has another name.
 */
import { createHash } from "node:crypto";
import { closeSync, createReadStream, createWriteStream, existsSync, fsyncSync, openSync, readdirSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createZstdCompress, createZstdDecompress, constants as zlib } from "node:zlib";
import { holderOf, holdFolder } from "../db/folder-lock.ts";
import type { BackupKey } from "./key.ts";
import { type TableFact, timeOf } from "./rules.ts";
import { Damaged, opened, openWhole, sealed, sealWhole } from "./seal.ts";

/** One file of a backup. */
export interface FileFact {
  name: string;
  /** Of the sealed file as it lies there; hex. */
  sha256: string;
  bytes: number;
  plainBytes: number;
}

/** What is known of a backup; sealed itself. */
export interface Manifest {
  format: 1;
  name: string;
  /** ISO instants. */
  beganAt: string;
  endedAt: string;
  program: string;
  /** Number and name of the last migration. */
  migration: { number: number; name: string };
  /** Which secret the sealed columns need; neither it nor the key of backups is in a backup. */
  secretId: string;
  server: { version: number; systemId: string; timeline: number; segmentBytes: number; user: string; database: string };
  /** Positions in the log: where it must be read from, from where on the copy is one of a moment, and the mark. */
  positions: { start: string; end: string; mark: string };
  /** The moment of the mark. */
  markedAt: string;
  /** Absent where writers left no moment free for a mark: then the copy is as good, and only its hashes are missing. */
  tables: Record<string, TableFact> | undefined;
  files: FileFact[];
}

const MANIFEST = "manifest";

export const baseFolder = (dir: string): string => join(dir, "base");
export const logFolder = (dir: string, systemId: string): string => join(dir, "wal", systemId);

/** Names of whole backups, oldest first. */
export function backupNames(dir: string): string[] {
  if (!existsSync(baseFolder(dir))) return [];
  return readdirSync(baseFolder(dir))
    .filter((name) => timeOf(name))
    .toSorted();
}

/** Compressed, sealed under its name, written and flushed. Undefined at the end of `plain`: nothing was written. */
export async function writeSealed(
  key: BackupKey,
  folder: string,
  file: { name: string; sealName: string },
  plain: AsyncIterable<Buffer>,
): Promise<FileFact> {
  const path = join(folder, file.name);
  const hash = createHash("sha256");
  let bytes = 0;
  let plainBytes = 0;
  await pipeline(
    plain,
    async function* count(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        plainBytes += chunk.length;
        yield chunk;
      }
    },
    createZstdCompress({ params: { [zlib.ZSTD_c_compressionLevel]: 3 } }),
    async function* seal(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of sealed(key, file.sealName, chunks)) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    },
    createWriteStream(path, { mode: 0o600, flush: true }),
  );
  return { name: file.name, sha256: hash.digest("hex"), bytes, plainBytes };
}

/** The plain bytes of a file; fails with Damaged in the middle where it is not as it was written. */
export async function* readSealed(key: BackupKey, path: string, sealName: string): AsyncGenerator<Buffer> {
  const plain = createZstdDecompress();
  const feeding = pipeline(opened(key, sealName, createReadStream(path) as AsyncIterable<Buffer>), plain);
  // Met below; the reader hears of it first.
  feeding.catch(() => undefined);
  yield* plain as AsyncIterable<Buffer>;
  await feeding;
}

export async function writeManifest(key: BackupKey, folder: string, manifest: Manifest): Promise<void> {
  const sealedBytes = sealWhole(key, `${manifest.name}/${MANIFEST}`, Buffer.from(JSON.stringify(manifest)));
  await writeFile(join(folder, MANIFEST), sealedBytes, { mode: 0o600, flush: true });
}

export async function readManifest(key: BackupKey, dir: string, name: string): Promise<Manifest> {
  const bytes = await readFile(join(baseFolder(dir), name, MANIFEST)).catch(() => {
    throw new Damaged(name, "lacks its manifest");
  });
  const manifest = JSON.parse((await openWhole(key, `${name}/${MANIFEST}`, bytes)).toString("utf8")) as Manifest;
  if (manifest.format !== 1) throw new Error(`${name} has format ${manifest.format}; this program reads 1`);
  return manifest;
}

/** Written beside, flushed, put in its place, and the place flushed: all of it or nothing, whatever happens. */
export async function replaceWhole(path: string, bytes: Buffer): Promise<void> {
  await writeFile(`${path}.part`, bytes, { mode: 0o600, flush: true });
  await moveWhole(`${path}.part`, path);
}

export async function moveWhole(from: string, to: string): Promise<void> {
  await rename(from, to);
  flushFolder(dirname(to));
}

export function flushFolder(path: string): void {
  const fd = openSync(path, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Throws FolderHeld while somebody else works on the backups. */
export const holdBackups = (dir: string): (() => void) => holdFolder(lockedAs(dir), "");

/**
 * The same for whoever makes room first. Undefined: the disk has none for the lock, nor for that of another backup that
 * might begin meanwhile.
 */
export function holdToMakeRoom(dir: string): (() => void) | undefined {
  try {
    return holdBackups(dir);
  } catch (error) {
    if (!hasNoRoom(error) || holderOf(lockedAs(dir))) throw error;
    return undefined;
  }
}

const lockedAs = (dir: string) => join(dir, "backup");

export const hasNoRoom = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOSPC";

/** What an earlier run left half made; the folder's lock is held, or its disk is full. */
export async function removeDrafts(dir: string): Promise<void> {
  if (!existsSync(baseFolder(dir))) return;
  for (const name of readdirSync(baseFolder(dir))) {
    if (!timeOf(name)) await rm(join(baseFolder(dir), name), { recursive: true, force: true });
  }
}
