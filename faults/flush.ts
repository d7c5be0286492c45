/**
 * R3 (F5): flushes to disk fail while people live on: the database must stop rather than say yes, what it said yes to is
 * in a copy of the disk taken meanwhile, and with a disk that works all comes back by itself. A disk that lies – it
 * says yes and keeps nothing – is played first, and must be seen. Needs gcc and the right to mount. --kills=40.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { embeddedBinaries } from "../src/db/binaries.ts";
import { fault, type Injection, wellAgain } from "./lives-faults.ts";
import { type LivesTrial, playLives } from "./lives-play.ts";
import { type LivesStand, NoPrivilege } from "./lives-stand.ts";
import { type Cuts, cutPower, noCuts } from "./power-cut.ts";
import { flushShim, type Shim } from "./shim.ts";
import { makeImage, mountImage, unmountAll } from "./small-disk.ts";

const IMAGE_MB = 1200;
const SICK_MS = 1500;
const BACK_GOAL_MS = 30_000;

const home = mkdtempSync(join(tmpdir(), "vssid-flush-"));
const image = join(home, "disk.img");
const seen = { failing: noCuts(), lying: noCuts(), refused: 0 };
try {
  const shim = flushShim(home, embeddedBinaries());
  if (!shim) throw new NoPrivilege();
  const planted = trialOf(shim, "planted: a disk that lies, seen from the running system", (stand) => [
    lies(stand, shim),
  ]);
  await playLives({ ...planted, kills: 2 });
  unmountAll();
  const isHeld = await playLives(trialOf(shim, "R1 F5 flushes that fail", (stand) => [fails(stand, shim)]));
  const isFound = seen.lying.lost.length > 0;
  console.log(
    `R3 planted: acts lost by a disk that lies: ${seen.lying.lost.length} of ${seen.lying.acknowledged}: ${isFound ? "held" : "short"}`,
  );
  const { lost, twice, cuts, acknowledged } = seen.failing;
  const isKept = lost.length + twice.length === 0 && cuts > 0 && seen.refused > 0;
  for (const one of [...lost.map((what) => `lost: ${what}`), ...twice].slice(0, 20)) console.log(`  ${one}`);
  console.log(
    `R3 failing flush, ${cuts} times, ${acknowledged} acknowledged acts looked for in what the disk holds: acknowledged and lost: ${lost.length}, ` +
      `done twice: ${twice.length}, answers of not ready meanwhile: ${seen.refused}: ${isKept ? "held" : "short"}`,
  );
  process.exitCode = isHeld && isFound && isKept ? 0 : 1;
} catch (error) {
  if (!(error instanceof NoPrivilege)) throw error;
  console.log("R3 failing flush: no gcc, or no privilege to mount an image: short");
  process.exitCode = 1;
} finally {
  unmountAll();
  rmSync(home, { recursive: true, force: true });
}

function trialOf(shim: Shim, title: string, faults: (stand: LivesStand) => Injection[]): LivesTrial {
  return {
    ...{ title, small: 2, usual: 30, asked: 30, faults },
    stand: {
      database: { binDir: shim.binDir, settings: { max_wal_size: "96MB", min_wal_size: "32MB" } },
      lay: (folder) => makeImage(image, IMAGE_MB) && mountImage(image, folder),
    },
  };
}

function fails(stand: LivesStand, shim: Shim): Injection {
  return fault(`flushes fail for ${SICK_MS} ms`, SICK_MS + BACK_GOAL_MS, async () => {
    const startedAt = performance.now();
    shim.set("fails");
    await wait(SICK_MS / 2);
    if (!(await isAnswering(stand))) seen.refused += 1;
    await copyOf(stand, seen.failing);
    await wait(SICK_MS / 2);
    shim.set("well");
    await wellAgain(stand);
    return performance.now() - startedAt;
  });
}

/** The kernel flushes by itself after half a minute: the copy comes before. */
function lies(stand: LivesStand, shim: Shim): Injection {
  return fault("flushes are left out", 0, async () => {
    shim.set("lies");
    await wait(SICK_MS * 2);
    await copyOf(stand, seen.lying);
    shim.set("well");
    return wellAgain(stand);
  });
}

async function copyOf(stand: LivesStand, into: Cuts): Promise<void> {
  await cutPower(stand, image, into);
}

/** The proxy before the product finds somebody who is ready. */
async function isAnswering({ balancer }: LivesStand): Promise<boolean> {
  const asked = { signal: AbortSignal.timeout(2000) };
  return fetch(`http://127.0.0.1:${balancer.port}/readyz?brief`, asked).then(
    ({ ok }) => ok,
    () => false,
  );
}
