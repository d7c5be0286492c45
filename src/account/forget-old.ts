import type { House } from "../db/house.ts";
import { recovery, SESSION_KEPT_MS } from "./rules.ts";
import { dropOldWindows } from "./store.ts";
import { dropOldRecoveries } from "./store-recovery.ts";
import { dropOldSessions } from "./store-session.ts";

/** Throws away counts of tries after a day, codes after two, ended sessions after thirty. Run by the worker. */
export async function forgetOld(house: House): Promise<{ windows: bigint; codes: bigint; sessions: bigint }> {
  const now = house.clock.now();
  return {
    windows: await dropOldWindows(house.db, now),
    codes: await dropOldRecoveries(house.db, new Date(now.getTime() - recovery.keptMs)),
    sessions: await dropOldSessions(house.db, new Date(now.getTime() - SESSION_KEPT_MS)),
  };
}
