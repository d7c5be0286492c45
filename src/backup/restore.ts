/** Data come back into a new folder, and are made fit to be used: nobody stays signed in, nothing is sent twice. */
import { record } from "../audit/record.ts";
import { sealAudit } from "../audit/seal.ts";
import { verifyAudit } from "../audit/verify.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { replayErasures } from "./erasures.ts";
import { backupNames, type Manifest, readManifest } from "./folder.ts";
import { binariesFor, ownerFor, type Recovered, recover } from "./recover.ts";
import { countHeld, endSecrets, holdNotices, releaseNotices, restoredTo } from "./store.ts";
import type { BackupPlace } from "./take.ts";
import { followedLine, isGivenUp, type Line, lineWith } from "./timelines.ts";
import { type Unpacked, unpackBackup } from "./unpack.ts";

export interface Restoring extends BackupPlace {
  into: string;
  /** The last moment whose changes come back; undefined: all that there is. */
  until: Date | undefined;
  /** The operator's choice; undefined: the newest that ended before the moment and was not given up since. */
  backup?: string | undefined;
  pgBin?: string | undefined;
}

/** Unpacks a backup and plays the log. The server runs until it is stopped. */
export async function restoreInto(restoring: Restoring): Promise<{ unpacked: Unpacked; server: Recovered }> {
  const { into, until, backup } = restoring;
  const manifest = backup === undefined ? await newestBefore(restoring, until) : await named(restoring, backup);
  const isLeft = isGivenUp(manifest, await followedLine(restoring, manifest.server.systemId));
  const binDir = binariesFor(manifest, restoring.pgBin);
  const unpacked = await unpackBackup(restoring, manifest.name, into, { withLog: true, onMade: ownerFor(binDir) });
  const timeline = isLeft ? "current" : "latest";
  return { unpacked, server: await recover(into, manifest, { ...(until && { until }), timeline }, binDir) };
}

async function named({ key, dir }: BackupPlace, name: string): Promise<Manifest> {
  if (!backupNames(dir).includes(name)) throw new Error(`there is no backup ${name} in ${dir}`);
  return readManifest(key, dir, name);
}

async function newestBefore(place: BackupPlace, until: Date | undefined): Promise<Manifest> {
  let line: Line | undefined;
  for (const name of backupNames(place.dir).reverse()) {
    const manifest = await readManifest(place.key, place.dir, name);
    line = await lineWith(place, manifest, line);
    if (!isGivenUp(manifest, line) && (!until || new Date(manifest.markedAt) <= until)) return manifest;
  }
  throw new Error(until ? `no backup in ${place.dir} ended before that moment` : `there is no backup in ${place.dir}`);
}

export interface Aftercare {
  restoredTo: Date | undefined;
  audit: { isWhole: boolean; links: number };
  ended: Record<string, number>;
  erasedAgain: number;
  heldNotices: number;
}

/**
 * `runDue` does what happens by itself and is due, so that reminders of the lost time are made now and held with the
 * others. The record of who looked is walked before anything is added to it. What fails of it is thrown once all is held
 * and recorded.
 */
export async function careFor(house: House, place: BackupPlace, runDue: () => Promise<void>): Promise<Aftercare> {
  const now = house.clock.now();
  const reached = await restoredTo(house.db);
  // Whoever chains them was some seconds behind when the disk died, however long ago that is.
  const { isWhole, links } = await verifyAudit(house.db, reached ?? now);
  const ended = await inTransaction(house.db, (tx) => endSecrets(tx, now));
  const erasedAgain = await replayErasures(house, place);
  await inTransaction(house.db, (tx) => holdNotices(tx, now));
  const failure = await runDue().then(
    () => undefined,
    (error: Error) => error,
  );
  const heldNotices = await inTransaction(house.db, async (tx) => {
    await holdNotices(tx, now);
    const held = await countHeld(tx);
    await record(tx, {
      ...{ at: now, actor: { kind: "operator" }, action: "backup.restored", purpose: "operation" },
      detail: { to: reached?.toISOString() ?? "", wasWhole: isWhole, links, erasedAgain, heldNotices: held },
    });
    return held;
  });
  await sealAudit(house);
  if (failure) throw failure;
  return { restoredTo: reached, audit: { isWhole, links }, ended, erasedAgain, heldNotices };
}

/** The operator has seen what was held and wants it sent. */
export async function releaseHeld(house: House): Promise<number> {
  const now = house.clock.now();
  return inTransaction(house.db, async (tx) => {
    const released = await releaseNotices(tx, now);
    await record(tx, {
      ...{ at: now, actor: { kind: "operator" }, action: "backup.notices_released", purpose: "operation" },
      detail: { released },
    });
    return released;
  });
}
