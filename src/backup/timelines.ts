/** Which backups lie on the way to where the server stands now: a restore to an earlier moment gives up what came after it. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { baseFolder, logFolder, type Manifest, readSealed } from "./folder.ts";
import { historyName, isHistoryName, leftAt, positionOf } from "./rules.ts";
import type { BackupPlace } from "./take.ts";

/** The newest timeline of a server, and where each one before it was left. */
export interface Line {
  systemId: string;
  timeline: number;
  leftAt: ReadonlyMap<number, bigint>;
}

/** As the log that was followed says it. */
export async function followedLine({ key, dir }: BackupPlace, systemId: string): Promise<Line> {
  const folder = logFolder(dir, systemId);
  const newest = existsSync(folder) ? readdirSync(folder).filter(isHistoryName).toSorted().at(-1) : undefined;
  if (!newest) return { systemId, timeline: 1, leftAt: new Map() };
  const history = await textOf(readSealed(key, join(folder, newest), `${systemId}/${newest}`));
  return { systemId, timeline: Number.parseInt(newest, 16), leftAt: leftAt(history) };
}

/** What a backup knows besides: the log of a later timeline may not have been followed. `known`: from newer backups. */
export async function lineWith(place: BackupPlace, { name, server }: Manifest, known: Line | undefined): Promise<Line> {
  const { systemId, timeline } = server;
  const line = known?.systemId === systemId ? known : await followedLine(place, systemId);
  if (timeline <= line.timeline) return line;
  const file = historyName(timeline);
  const history = await textOf(readSealed(place.key, join(baseFolder(place.dir), name, file), `${name}/${file}`));
  return { systemId, timeline, leftAt: leftAt(history) };
}

/** Its mark was set after the server, restored to an earlier moment, had gone on from there. */
export function isGivenUp({ server, positions }: Manifest, line: Line): boolean {
  if (server.timeline >= line.timeline) return false;
  const left = line.leftAt.get(server.timeline);
  return left === undefined || positionOf(positions.mark) > left;
}

async function textOf(source: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}
