import type { House } from "../db/house.ts";
import { dropOldChallenges } from "./store.ts";
import { dropOldTickets } from "./store-totp.ts";

/** Throws away challenges and half sign-ins that have ended. Run by the worker. */
export async function forgetOld(house: House): Promise<{ challenges: number; tickets: number }> {
  const now = house.clock.now();
  return { challenges: await dropOldChallenges(house.db, now), tickets: await dropOldTickets(house.db, now) };
}
