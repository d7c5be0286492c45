/**
 * F6: the disk of the database is full while people live on, and then has room again. The folder lies on a small file
 * system of its own, which takes the right to mount one; without it this says so and counts as short.
 */
import { rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fault, wellAgain } from "./lives-faults.ts";
import { playLives } from "./lives-play.ts";
import { NoPrivilege } from "./lives-stand.ts";
import { mountMemory, unmountAll } from "./small-disk.ts";

const SIZE_MB = 700;
const FULL_MS = 5000;
const BACK_GOAL_MS = 30_000;

try {
  const isHeld = await playLives({
    title: "F6 the disk of the database full, and with room again",
    ...{ small: 3, usual: 20, asked: 50 },
    stand: {
      database: { settings: { max_wal_size: "128MB", min_wal_size: "32MB" } },
      lay: (folder) => mountMemory(folder, SIZE_MB),
    },
    faults: (stand) => [
      fault(`disk full for ${FULL_MS} ms`, FULL_MS + BACK_GOAL_MS, async () => {
        const disk = join(stand.folder, "disk");
        const startedAt = performance.now();
        fill(disk);
        await wait(FULL_MS);
        rmSync(join(disk, "filler"), { force: true });
        await wellAgain(stand);
        return performance.now() - startedAt;
      }),
    ],
  });
  process.exitCode = isHeld ? 0 : 1;
} catch (error) {
  if (!(error instanceof NoPrivilege)) throw error;
  console.log("F6 disk full: no privilege to mount a small file system: short");
  process.exitCode = 1;
} finally {
  unmountAll();
}

/** Everything that is left, to the last page. */
function fill(disk: string): void {
  let part = 2 ** 24;
  while (part >= statfsSync(disk).bsize) {
    try {
      writeFileSync(join(disk, "filler"), Buffer.alloc(part), { flag: "a" });
    } catch {
      part /= 2;
    }
  }
}
