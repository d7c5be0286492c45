/**
 * R2 (F4): the power fails while people live on. The database lies on a file system in an image; at a random moment
 * every process of the database stands still, the image is copied as it is – it holds what was flushed, and nothing of
 * what the kernel still had in memory – and a second database opens on the copy: everything that was acknowledged until
 * then must be in it. --kills=200 for the full figure.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verdictAt } from "./amount.ts";
import { fault } from "./lives-faults.ts";
import { playLives } from "./lives-play.ts";
import { NoPrivilege } from "./lives-stand.ts";
import { cutPower, noCuts } from "./power-cut.ts";
import { makeImage, mountImage, unmountAll } from "./small-disk.ts";

const IMAGE_MB = 1200;
const OPEN_GOAL_MS = 5000;
const CUTS = 200;

const seen = noCuts();
const images = mkdtempSync(join(tmpdir(), "vssid-power-"));
try {
  const isHeld = await playLives({
    title: "R1 the database standing still while its disk is copied",
    ...{ small: 4, usual: 40, asked: CUTS },
    stand: {
      database: { settings: { max_wal_size: "96MB", min_wal_size: "32MB" } },
      lay: (folder) => makeImage(join(images, "disk.img"), IMAGE_MB) && mountImage(join(images, "disk.img"), folder),
    },
    faults: (stand) => [
      fault("power cut by copy of the image", 0, () => cutPower(stand, join(images, "disk.img"), seen)),
    ],
  });
  const isWhole = seen.lost.length + seen.twice.length === 0 && seen.cuts > 0 && seen.slowest <= OPEN_GOAL_MS;
  for (const one of [...seen.lost.map((what) => `lost: ${what}`), ...seen.twice].slice(0, 20)) console.log(`  ${one}`);
  console.log(
    `R2 power cut, ${seen.cuts} times at random moments, ${seen.acknowledged} acknowledged acts looked for: acknowledged and lost: ${seen.lost.length}, ` +
      `done twice: ${seen.twice.length}, opens in at most ${seen.slowest.toFixed(0)} ms (goal ${OPEN_GOAL_MS}): ${verdictAt(isWhole, seen.cuts, CUTS)}`,
  );
  process.exitCode = isHeld && isWhole ? 0 : 1;
} catch (error) {
  if (!(error instanceof NoPrivilege)) throw error;
  console.log("R2 power cut: no privilege to mount an image: short");
  process.exitCode = 1;
} finally {
  unmountAll();
  rmSync(images, { recursive: true, force: true });
}
