import type { Db } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { blockRest, HOUR_MS, MINUTE_MS } from "./rules.ts";

/** After how many minutes a code may be asked for again: the rest of a block, or the hour by which a telephone is counted. */
export const askAgainMinutes = async (db: Db, now: Date): Promise<number> =>
  (await policyOn(db, blockRest, dayOf(now))) || HOUR_MS / MINUTE_MS;
