import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { refusalsKeptDays } from "./rules-policies.ts";
import { forgetRefusals } from "./store-upload.ts";

/** Refused lines of lists that nobody mended in time. */
export async function forgetOld(house: House): Promise<number> {
  const now = house.clock.now();
  const days = await policyOn(house.db, refusalsKeptDays, dayOf(now));
  return forgetRefusals(house.db, new Date(now.getTime() - days * 86_400_000));
}
