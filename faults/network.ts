/**
 * R1, R9 (F3, network): the wire between the product and its database is cut, frozen, cut in one direction, or cut in
 * the middle of an answer while people live on. --kills=200 for more, --small a short one.
 */
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openWire, type Wire } from "./cut-wire.ts";
import { fault, wellAgain } from "./lives-faults.ts";
import { playLives } from "./lives-play.ts";

const SHORT_MS = 1000;
/** Longer than a statement may take. */
const LONG_MS = 4000;
const PART_BYTES = 3000;

let wire: Wire | undefined;
const isHeld = await playLives({
  title: "R1 the network between product and database cut, frozen or cut in one direction",
  ...{ small: 8, full: 60 },
  stand: {
    between: async (connection) => {
      if (!("host" in connection)) throw new Error("the trial's own database is on a socket");
      wire = await openWire(join(connection.host, ".s.PGSQL.5432"));
      return { connectionString: `postgres://${connection.user}@127.0.0.1:${wire.port}/${connection.database}` };
    },
  },
  faults: (stand) => {
    const held = (name: string, how: "cut" | "frozen" | "half", ms: number) =>
      fault(name, 0, async () => {
        wire?.set(how);
        await wait(ms);
        wire?.set("whole");
        return ms + (await wellAgain(stand));
      });
    return [
      held("wire cut", "cut", SHORT_MS),
      held("wire frozen", "frozen", LONG_MS),
      held("answers of the database do not arrive", "half", LONG_MS),
      fault("wire cut in the middle of an answer", 0, async (random) => {
        wire?.cutAfter(random.below(PART_BYTES));
        await wait(SHORT_MS);
        wire?.set("whole");
        return wellAgain(stand);
      }),
    ];
  },
});
wire?.close();
process.exitCode = isHeld ? 0 : 1;
