/** The wire between product and database, and what is done to it while people live on. */
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Connection } from "../src/db/connection.ts";
import { openWire, type Wire } from "./cut-wire.ts";
import { fault, type Injection, wellAgain } from "./lives-faults.ts";
import type { LivesStand } from "./lives-stand.ts";

const SHORT_MS = 1000;
/** Longer than a statement may take. */
const LONG_MS = 4000;
const PART_BYTES = 3000;

export class WireBetween {
  #wire: Wire | undefined;

  /** For `between` of a stand: answers where the product finds the database from now on. */
  readonly open = async (connection: Connection): Promise<Connection> => {
    if (!("host" in connection)) throw new Error("the trial's own database is on a socket");
    this.#wire = await openWire(join(connection.host, ".s.PGSQL.5432"));
    return { connectionString: `postgres://${connection.user}@127.0.0.1:${this.#wire.port}/${connection.database}` };
  };

  faults(stand: LivesStand): Injection[] {
    const held = (name: string, how: "cut" | "frozen" | "half", ms: number) =>
      fault(name, 0, async () => {
        this.#wire?.set(how);
        await wait(ms);
        this.#wire?.set("whole");
        return ms + (await wellAgain(stand));
      });
    return [
      held("wire cut", "cut", SHORT_MS),
      held("wire frozen", "frozen", LONG_MS),
      held("answers of the database do not arrive", "half", LONG_MS),
      fault("wire cut in the middle of an answer", 0, async (random) => {
        this.#wire?.cutAfter(random.below(PART_BYTES));
        await wait(SHORT_MS);
        this.#wire?.set("whole");
        return wellAgain(stand);
      }),
    ];
  }

  close(): void {
    this.#wire?.close();
  }
}
