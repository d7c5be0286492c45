import type { House } from "../db/house.ts";
import { KEPT_MS } from "./rules.ts";
import { dropOldCodes } from "./store.ts";

/** Codes are kept as long as budgets count them, then go. */
export async function forgetOld(house: House): Promise<void> {
  await dropOldCodes(house.db, new Date(house.clock.now().getTime() - KEPT_MS));
}
