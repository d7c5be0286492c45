import type { Db, Tx } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { codeLifeMinutes } from "./rules.ts";

/** For how many minutes a code of this day is good. */
export const codeMinutes = (db: Db | Tx, now: Date): Promise<number> => policyOn(db, codeLifeMinutes, dayOf(now));
