import type { House } from "../db/house.ts";
import { SESSION_KEPT_MS } from "./rules.ts";
import { dropOldSessions } from "./store-session.ts";
import { dropOldWindows } from "./store-window.ts";

/** Throws away counts of tries after a day, ended sessions after thirty. Run by the worker. */
export async function forgetOld(house: House): Promise<{ windows: number; sessions: number }> {
  const now = house.clock.now();
  return {
    windows: await dropOldWindows(house.db, now),
    sessions: await dropOldSessions(house.db, new Date(now.getTime() - SESSION_KEPT_MS)),
  };
}
