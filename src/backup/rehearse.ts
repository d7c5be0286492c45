/** The newest backup restored into a folder that goes again, and every table compared with what was recorded, if it was. */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { backupNames, readManifest } from "./folder.ts";
import { binariesFor, ownerFor, recover } from "./recover.ts";
import { differing } from "./rules.ts";
import { countAll } from "./store-mark.ts";
import type { BackupPlace } from "./take.ts";
import { unpackBackup } from "./unpack.ts";

export interface Rehearsal {
  backup: string;
  tables: number;
  rows: number;
  /** False: the copy was taken without counting its rows, so that only that it opens and answers is known. */
  isCompared: boolean;
  /** Tables that are not as they were at the mark. */
  differing: string[];
  /** From the first byte read to the server that answers; without the counting. */
  restoreSeconds: number;
  countSeconds: number;
  bytes: number;
}

/** Needs room under `workFolder` for the whole database. The server there opens one socket and no port. */
export async function rehearse(
  place: BackupPlace,
  { workFolder, pgBin }: { workFolder: string; pgBin?: string | undefined },
): Promise<Rehearsal> {
  const name = backupNames(place.dir).at(-1);
  if (!name) throw new Error(`there is no backup in ${place.dir}`);
  const home = mkdtempSync(join(workFolder, "vssid-rehearsal-"));
  try {
    const beganAt = performance.now();
    const manifest = await readManifest(place.key, place.dir, name);
    const binDir = binariesFor(manifest, pgBin);
    const into = join(home, "into");
    const { bytes } = await unpackBackup(place, name, into, { withLog: false, onMade: ownerFor(binDir) });
    const server = await recover(into, manifest, "mark", binDir);
    try {
      const restoredAt = performance.now();
      const found = await countAll(server.connection);
      return {
        backup: name,
        tables: Object.keys(found).length,
        rows: Object.values(found).reduce((sum, { rows }) => sum + Number(rows), 0),
        isCompared: manifest.tables !== undefined,
        differing: manifest.tables ? differing(manifest.tables, found) : [],
        restoreSeconds: (restoredAt - beganAt) / 1000,
        countSeconds: (performance.now() - restoredAt) / 1000,
        bytes,
      };
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
