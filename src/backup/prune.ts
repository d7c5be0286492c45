import { existsSync, readdirSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { backupNames, baseFolder, flushFolder, holdToMakeRoom, logFolder, readManifest } from "./folder.ts";
import { isSegmentName, type KeepRules, kept, oldestByDay, positionOf, segmentStart } from "./rules.ts";
import type { BackupPlace } from "./take.ts";

export interface Pruned {
  kept: string[];
  removed: string[];
  /** Files of the log that lie before the oldest backup kept by day. */
  segments: number;
}

/** Takes away what the rules do not keep, and only where the newest backup can be read. */
export async function pruneBackups(place: BackupPlace, rules: KeepRules): Promise<Pruned> {
  const letGo = holdToMakeRoom(place.dir);
  try {
    const names = backupNames(place.dir);
    const newest = names.at(-1);
    if (!newest) return { kept: [], removed: [], segments: 0 };
    await readManifest(place.key, place.dir, newest);
    const stays = kept(names, rules);
    const removed = names.filter((name) => !stays.has(name));
    for (const name of removed) {
      // Out of its place at once: half a backup never looks like one.
      const aside = join(baseFolder(place.dir), `${name}.gone`);
      await rename(join(baseFolder(place.dir), name), aside);
      await rm(aside, { recursive: true });
    }
    flushFolder(baseFolder(place.dir));
    return {
      kept: [...stays].toSorted(),
      removed,
      segments: await pruneLog(place, oldestByDay(names, rules) ?? newest),
    };
  } finally {
    letGo?.();
  }
}

async function pruneLog(place: BackupPlace, oldest: string): Promise<number> {
  const { server, positions } = await readManifest(place.key, place.dir, oldest);
  const folder = logFolder(place.dir, server.systemId);
  if (!existsSync(folder)) return 0;
  const start = positionOf(positions.start);
  const isBefore = (name: string) =>
    segmentStart(name, server.segmentBytes).position + BigInt(server.segmentBytes) <= start;
  const old = readdirSync(folder).filter((file) => isSegmentName(file.slice(0, 24)) && isBefore(file.slice(0, 24)));
  for (const file of old) await rm(join(folder, file), { force: true });
  return old.length;
}
