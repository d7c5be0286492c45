/** Reads every byte of what is kept: sizes and digests of the manifest, every seal, every length. */
import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { backupNames, baseFolder, type Manifest, readManifest, readSealed } from "./folder.ts";
import { isHistoryName, isSegmentName } from "./rules.ts";
import { opened } from "./seal.ts";
import type { BackupPlace } from "./take.ts";

export interface Verdict {
  backups: number;
  files: number;
  bytes: number;
  /** One sentence each; empty: everything is as it was written. */
  faults: string[];
}

export async function verifyBackups(place: BackupPlace, only?: string): Promise<Verdict> {
  const verdict: Verdict = { backups: 0, files: 0, bytes: 0, faults: [] };
  const names = backupNames(place.dir).filter((name) => only === undefined || name === only);
  for (const name of names) {
    verdict.backups += 1;
    await check(verdict, name, async () => verifyOne(place, await readManifest(place.key, place.dir, name), verdict));
  }
  if (only === undefined) await verifyLog(place, verdict);
  return verdict;
}

async function verifyOne({ key, dir }: BackupPlace, { name, files }: Manifest, verdict: Verdict): Promise<void> {
  const folder = join(baseFolder(dir), name);
  for (const fact of files) {
    await check(verdict, `${name}/${fact.name}`, async () => {
      const path = join(folder, fact.name);
      const { sha256, bytes } = await digestOf(path);
      verdict.files += 1;
      verdict.bytes += bytes;
      if (bytes !== fact.bytes || sha256 !== fact.sha256) throw new Error("is not the file that the manifest names");
      const plainBytes = await lengthOf(readSealed(key, path, `${name}/${fact.name}`));
      if (plainBytes !== fact.plainBytes) throw new Error(`holds ${plainBytes} bytes and not ${fact.plainBytes}`);
    });
  }
  const known = new Set(["manifest", ...files.map((fact) => fact.name)]);
  for (const stray of readdirSync(folder).filter((file) => !known.has(file))) {
    verdict.faults.push(`${name}/${stray}: is in no manifest`);
  }
}

async function verifyLog({ key, dir }: BackupPlace, verdict: Verdict): Promise<void> {
  const wal = join(dir, "wal");
  if (!existsSync(wal)) return;
  for (const systemId of readdirSync(wal)) {
    for (const file of readdirSync(join(wal, systemId))) {
      const path = join(wal, systemId, file);
      const [name = ""] = file.split(".open-");
      await check(verdict, `${systemId}/${file}`, async () => {
        if (isSegmentName(file) || isHistoryName(file)) await lengthOf(readSealed(key, path, `${systemId}/${file}`));
        else if (isSegmentName(name)) {
          const bytes = createReadStream(path) as AsyncIterable<Buffer>;
          await lengthOf(opened(key, `${systemId}/${name}.open`, bytes, true));
        } else return;
        verdict.files += 1;
      });
    }
  }
}

async function check(verdict: Verdict, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { message } = error as Error;
    verdict.faults.push(message.startsWith(what) ? message : `${what}: ${message}`);
  }
}

async function digestOf(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest("hex"), bytes };
}

async function lengthOf(source: AsyncIterable<Buffer>): Promise<number> {
  let length = 0;
  for await (const chunk of source) length += chunk.length;
  return length;
}
