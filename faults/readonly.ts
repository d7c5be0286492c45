/**
 * F7: the disk of the database may only be read for a while, as after `mount -o remount,ro` (a library of the trial's
 * own before PostgreSQL's programs says so: a disk in use cannot be remounted). What was acknowledged is there, and all
 * comes back by itself. First the plain fact that nothing can be written then; needs gcc. --kills=20.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { embeddedBinaries } from "../src/db/binaries.ts";
import { fault, type Injection, wellAgain } from "./lives-faults.ts";
import { playLives } from "./lives-play.ts";
import { type LivesStand, NoPrivilege } from "./lives-stand.ts";
import { flushShim, type Shim } from "./shim.ts";

const READS_MS = 4000;
const BACK_GOAL_MS = 30_000;

const home = mkdtempSync(join(tmpdir(), "vssid-readonly-"));
const seen = { times: 0, written: 0 };
try {
  const shim = flushShim(home, embeddedBinaries());
  if (!shim) throw new NoPrivilege();
  const isHeld = await playLives({
    title: "F7 the disk of the database may only be read",
    ...{ small: 3, usual: 20, asked: 20 },
    stand: { database: { binDir: shim.binDir } },
    faults: (stand) => [onlyReads(stand, shim)],
  });
  const isReal = seen.times > 0 && seen.written === 0;
  console.log(
    `F7 planted: ${seen.written} of ${seen.times} times something could be written all the same: ${isReal ? "held" : "short"}`,
  );
  process.exitCode = isHeld && isReal ? 0 : 1;
} catch (error) {
  if (!(error instanceof NoPrivilege)) throw error;
  console.log("F7 a disk that may only be read: no gcc: short");
  process.exitCode = 1;
} finally {
  rmSync(home, { recursive: true, force: true });
}

function onlyReads(stand: LivesStand, shim: Shim): Injection {
  return fault(`only reads for ${READS_MS} ms`, READS_MS + BACK_GOAL_MS, async () => {
    const startedAt = performance.now();
    shim.set("reads");
    const isWritten = await stand.owner.query("create table if not exists trial_readonly (n int)").then(
      () => true,
      () => false,
    );
    seen.times += 1;
    if (isWritten) seen.written += 1;
    await wait(READS_MS);
    shim.set("well");
    await wellAgain(stand);
    return performance.now() - startedAt;
  });
}
