/**
 * Receives the server's log as it is written and keeps it sealed: between two backups every second can be reached. A
 * slot makes the server keep what we have not acknowledged, so that a stop of ours leaves no gap.
 */
import { mkdirSync, readdirSync } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Connection } from "../db/connection.ts";
import { holdFolder } from "../db/folder-lock.ts";
import { type LogStream, openReplication, type Replication } from "../db/replication.ts";
import { flushFolder, logFolder, moveWhole, writeSealed } from "./folder.ts";
import { type Segment, Segments } from "./log-files.ts";
import { historyName, positionOf, positionText } from "./rules.ts";
import { createSealer, type Sealer } from "./seal.ts";
import type { BackupPlace } from "./take.ts";

export const SLOT = "vssid_backup";
const AGAIN_MS = 1000;
const WAITING_MAX = 32 * 1024 * 1024;

export interface Follower {
  /** Up to where the log is on our disk; 0 before the first answer. */
  position(): bigint;
  stop(): Promise<void>;
}

/** Goes on until stopped; a lost connection is opened again. `onTrouble` hears why it was lost. */
export function followLog(
  place: BackupPlace & { connection: Connection; onTrouble: (reason: string) => void },
): Follower {
  let isEnding = false;
  let kept = 0n;
  let present: Replication | undefined;
  const running = (async () => {
    while (!isEnding) {
      let letGo: (() => void) | undefined;
      try {
        mkdirSync(place.dir, { recursive: true, mode: 0o700 });
        letGo = holdFolder(join(place.dir, "log"), "");
        present = await openReplication(place.connection);
        if (isEnding) break;
        await receive(place, present, (position) => {
          kept = position;
        });
      } catch (error) {
        if (!isEnding) place.onTrouble((error as Error).message);
      } finally {
        await present?.end().catch(() => undefined);
        present = undefined;
        letGo?.();
      }
      if (!isEnding) await wait(AGAIN_MS);
    }
    await present?.end().catch(() => undefined);
  })();
  return {
    position: () => kept,
    async stop() {
      isEnding = true;
      await present?.end().catch(() => undefined);
      await running;
    },
  };
}

async function receive(place: BackupPlace, log: Replication, onKept: (position: bigint) => void): Promise<void> {
  const { systemId, timeline } = await log.identify();
  const segmentBytes = await log.segmentBytes();
  await log.createSlot(SLOT, false);
  const restart = positionOf((await log.slotStart(SLOT)) ?? "0/0");
  const start = restart - (restart % BigInt(segmentBytes));
  const folder = logFolder(place.dir, systemId);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keeper = new LogKeeper(place, folder, systemId);
  if (timeline > 1) await keeper.keepWhole(historyName(timeline), await log.historyOf(timeline));
  const segments = new Segments(timeline, segmentBytes, start);
  let waiting: Segment[] = [];
  let waitingBytes = 0;
  let failed: Error | undefined;
  let flushing: Promise<void> | undefined;

  async function flush(): Promise<void> {
    while (waitingBytes > 0) {
      const whole = waiting;
      const position = segments.position;
      waiting = [];
      waitingBytes = 0;
      for (const segment of whole) await keeper.keepSegment(segment);
      await keeper.keepBeginning(segments.present, position);
      stream.acknowledge(position);
      onKept(position);
      stream.resume();
    }
  }
  const stream: LogStream = log.streamLog({ slot: SLOT, timeline, position: positionText(start) }, (piece) => {
    try {
      waiting.push(...segments.add(piece));
      waitingBytes += piece.bytes.length;
      if (waitingBytes > WAITING_MAX) stream.pause();
      flushing ??= flush()
        .catch((error: Error) => {
          failed = error;
          return log.end();
        })
        .finally(() => {
          flushing = undefined;
        });
    } catch (error) {
      failed = error as Error;
      void log.end();
    }
  });
  const ended = await stream.done.then(
    () => undefined,
    (error: Error) => error,
  );
  await flushing;
  await keeper.close();
  // A fault of ours is what ended the stream.
  const why = failed ?? ended;
  if (why) throw why;
}

/** Whole segments under their own name; the beginning of the present one beside it, a frame each time. */
class LogKeeper {
  #open: { name: string; path: string; file: FileHandle; sealer: Sealer; kept: number } | undefined;
  readonly #place: BackupPlace;
  readonly #folder: string;
  readonly #systemId: string;

  constructor(place: BackupPlace, folder: string, systemId: string) {
    this.#place = place;
    this.#folder = folder;
    this.#systemId = systemId;
  }

  async keepSegment({ name, bytes }: Segment): Promise<void> {
    await this.keepWhole(name, bytes);
    if (this.#open?.name === name) await this.close();
    await this.#removeBeginnings(name, undefined);
  }

  async keepWhole(name: string, bytes: Buffer): Promise<void> {
    const draft = `${name}.part`;
    const file = { name: draft, sealName: `${this.#systemId}/${name}` };
    await writeSealed(this.#place.key, this.#folder, file, asSource(bytes));
    await moveWhole(join(this.#folder, draft), join(this.#folder, name));
  }

  /** What of this segment is new since the last time, up to `position`. */
  async keepBeginning({ name, start, bytes }: Segment, position: bigint): Promise<void> {
    const filled = Number(position - start);
    if (filled <= 0) return;
    if (this.#open?.name !== name) {
      await this.close();
      const path = join(this.#folder, `${name}.open-${Date.now()}`);
      const sealer = createSealer(this.#place.key, `${this.#systemId}/${name}.open`);
      const file = await open(path, "wx", 0o600);
      await file.write(sealer.header);
      this.#open = { name, path, file, sealer, kept: 0 };
      flushFolder(this.#folder);
    }
    const present = this.#open;
    await present.file.write(present.sealer.frame(bytes.subarray(present.kept, filled), false));
    await present.file.datasync();
    present.kept = filled;
  }

  async close(): Promise<void> {
    await this.#open?.file.close();
    this.#open = undefined;
  }

  async #removeBeginnings(name: string, but: string | undefined): Promise<void> {
    for (const beginning of beginningsOf(this.#folder, name)) {
      const path = join(this.#folder, beginning);
      if (path !== but) await rm(path, { force: true });
    }
  }
}

/** Files that hold the beginning of a segment. */
export function beginningsOf(folder: string, name: string): string[] {
  return readdirSync(folder).filter((file) => file.startsWith(`${name}.open-`));
}

async function* asSource(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
