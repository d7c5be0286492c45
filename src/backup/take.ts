/**
 * A backup while the system runs: the server's data folder by its own protocol, the log from there to a mark, the files
 * of uploads, and a manifest; sealed file by file, and in its place only when all of it is on the disk.
 */
import { existsSync, linkSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Connection } from "../db/connection.ts";
import { type LogPiece, openReplication, type Replication } from "../db/replication.ts";
import {
  backupNames,
  baseFolder,
  type FileFact,
  flushFolder,
  hasNoRoom,
  holdBackups,
  holdToMakeRoom,
  type Manifest,
  moveWhole,
  removeDrafts,
  writeManifest,
  writeSealed,
} from "./folder.ts";
import type { BackupKey } from "./key.ts";
import { type Segment, Segments } from "./log-files.ts";
import { historyName, nameOf, positionOf, positionText } from "./rules.ts";
import { serverFacts, takeMark } from "./store-mark.ts";
import { packTar } from "./tar.ts";

export interface BackupPlace {
  dir: string;
  key: BackupKey;
}

export interface Taking extends BackupPlace {
  connection: Connection;
  /** Files that facilities sent and that wait to be imported. */
  uploads: string;
  secretId: string;
  program: string;
  now: () => Date;
}

/** Throws FolderHeld while another backup runs. What was there before stays as it is, whatever happens here. */
export async function takeBackup(taking: Taking): Promise<Manifest> {
  const { dir } = taking;
  mkdirSync(baseFolder(dir), { recursive: true, mode: 0o700 });
  let letGo = holdToMakeRoom(dir);
  try {
    await removeDrafts(dir);
    letGo ??= holdBackups(dir);
    const beganAt = taking.now();
    const name = nameOf(beganAt);
    if (backupNames(dir).includes(name)) throw new Error(`there is a backup of this second already: ${name}`);
    const draft = join(baseFolder(dir), `${name}.part`);
    mkdirSync(draft, { mode: 0o700 });
    const manifest = await fill(taking, { draft, name, beganAt });
    await writeManifest(taking.key, draft, manifest);
    flushFolder(draft);
    await moveWhole(draft, join(baseFolder(dir), name));
    return manifest;
  } catch (error) {
    // The log that is followed may lie on this disk, too: what will never be whole takes no room from it.
    await removeDrafts(dir).catch(() => undefined);
    if (!hasNoRoom(error)) throw error;
    throw new Error(
      `${dir} has no room: bin/vssid backup --prune --daily 3 --weekly 1 --monthly 3 takes old backups away`,
      { cause: error },
    );
  } finally {
    letGo?.();
  }
}

interface Begun {
  draft: string;
  name: string;
  beganAt: Date;
}

async function fill(taking: Taking, { draft, name, beganAt }: Begun): Promise<Manifest> {
  const { connection, key, now } = taking;
  const server = await serverFacts(connection);
  const log = await openReplication(connection);
  const copy = await openReplication(connection);
  try {
    const { systemId } = await log.identify();
    const segmentBytes = await log.segmentBytes();
    const slot = `vssid_base_${process.pid}_${Date.now()}`;
    await log.createSlot(slot, true);
    const files: FileFact[] = [];
    const seal = (file: string) => ({ name: file, sealName: `${name}/${file}` });
    const { tar, found } = copy.baseBackup(`vssid ${name}`);
    files.push(await writeSealed(key, draft, seal("base"), tar as AsyncIterable<Buffer>));
    const { startPosition, endPosition, timeline } = await found;
    if (timeline > 1) {
      // Asked here: the other connection answers nothing more once it gives the log.
      const history = await copy.historyOf(timeline);
      files.push(await writeSealed(key, draft, seal(historyName(timeline)), asSource(history)));
    }
    const linked = `${taking.uploads}.backup`;
    rmSync(linked, { recursive: true, force: true });
    const mark = await takeMark(connection, async () => linkUploads(taking.uploads, linked));
    const markedAt = now();
    const from = { slot, timeline, segmentBytes, start: positionOf(startPosition), until: positionOf(mark.position) };
    await readLog(log, from, async (segment) => {
      files.push(await writeSealed(key, draft, seal(segment.name), asSource(segment.bytes)));
    });
    files.push(await writeSealed(key, draft, seal("uploads"), packTar(filesIn(linked))));
    rmSync(linked, { recursive: true, force: true });
    const tables = await mark.countRows();
    return {
      ...{ format: 1, name, beganAt: beganAt.toISOString(), endedAt: now().toISOString() },
      ...{ program: taking.program, migration: server.migration, secretId: taking.secretId },
      server: { ...server, systemId, timeline, segmentBytes },
      positions: { start: startPosition, end: endPosition, mark: mark.position },
      ...{ markedAt: markedAt.toISOString(), tables, files },
    };
  } finally {
    await Promise.all([log.end(), copy.end()]);
  }
}

interface LogWanted {
  slot: string;
  timeline: number;
  segmentBytes: number;
  start: bigint;
  until: bigint;
}

/**
 * Gives `write` the segments from `start` to beyond `until`, the last one filled up with nothing, one after the other.
 * The connection ends with it: the server would go on for as long as it is open.
 */
async function readLog(log: Replication, wanted: LogWanted, write: (segment: Segment) => Promise<void>): Promise<void> {
  const { slot, timeline, segmentBytes, start, until } = wanted;
  const from = start - (start % BigInt(segmentBytes));
  const segments = new Segments(timeline, segmentBytes, from);
  let written = Promise.resolve();
  let isOver = false;
  await new Promise<void>((done, fail) => {
    const take = (piece: LogPiece): void => {
      if (isOver) return;
      try {
        const whole = segments.add(piece);
        if (whole.length > 0) {
          stream.pause();
          written = written.then(async () => {
            for (const segment of whole) await write(segment);
            stream.resume();
          });
          written.catch(fail);
        }
        isOver = segments.position > until;
        if (isOver) done();
      } catch (error) {
        fail(error as Error);
      }
    };
    const stream = log.streamLog({ slot, timeline, position: positionText(from) }, take);
    stream.done.then(() => fail(new Error("the server ended its log before the mark")), fail);
  });
  await log.end();
  await written;
  if (segments.present.filled > 0) await write(segments.present);
}

/** Second names of the files: an import that ends meanwhile takes away the first ones only. */
function linkUploads(uploads: string, linked: string): void {
  if (!existsSync(uploads)) return;
  mkdirSync(linked, { mode: 0o700 });
  for (const file of readdirSync(uploads)) if (file.endsWith(".xml")) linkSync(join(uploads, file), join(linked, file));
}

function filesIn(folder: string): { name: string; path: string; bytes: number }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => {
    const path = join(folder, name);
    return { name, path, bytes: statSync(path).size };
  });
}

async function* asSource(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
