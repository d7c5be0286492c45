import type { House } from "../db/house.ts";
import { dropOldRequests } from "./store.ts";

/** Throws away requests of people who never came back from the provider. Run by the worker. */
export async function forgetOld(house: House): Promise<number> {
  return dropOldRequests(house.db, house.clock.now());
}
