/**
 * R48: a day in which something breaks every two minutes – processes, the database, the wire between them – while people
 * live on and others sign in and read their record. A telephone asks again what was not answered: so many of its
 * requests are right and in time; of writes none is lost and none is done twice. --hours=24, --every=120 (seconds
 * between two faults), --small some minutes.
 */
import { optionOf } from "../bench/harness.ts";
import { openReading } from "./budget-readers.ts";
import { injections } from "./lives-faults.ts";
import { playLives } from "./lives-play.ts";
import { WireBetween } from "./lives-wire.ts";

const isSmall = process.argv.includes("--small");
const hours = optionOf("hours") ?? (isSmall ? 0.05 : 24);
const everySeconds = optionOf("every") ?? (isSmall ? 12 : 120);
const REST_MS = 10_000;
/** One every two minutes of a day. */
const DAY_OF_FAULTS = 720;

const wire = new WireBetween();
const isHeld = await playLives({
  title: "R48 everything broken in turn",
  ...{ small: 0, usual: 0, asked: DAY_OF_FAULTS, kills: Math.max(1, Math.round((hours * 3600) / everySeconds)) },
  stand: { between: wire.open },
  faults: (stand) => [...injections(stand), ...wire.faults(stand)],
  pauseMs: (random) => 1000 * (everySeconds / 2 + random.below(everySeconds)),
  restMs: REST_MS,
  beside: openReading,
});
wire.close();
process.exitCode = isHeld ? 0 : 1;
