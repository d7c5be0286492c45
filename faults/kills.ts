/**
 * R1, R9, R47 (F1, F2, F3, F13, F14): SIGKILL of web, worker, database and single connections, and standing still, at
 * random moments. --kills=1000 for the full figure, --small a short one.
 */
import { injections } from "./lives-faults.ts";
import { playLives } from "./lives-play.ts";

const isHeld = await playLives({
  title: "R1 web, worker and database killed or stopped",
  ...{ small: 14, usual: 70, asked: 1000 },
  faults: injections,
});
process.exitCode = isHeld ? 0 : 1;
