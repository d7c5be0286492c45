import { AT_ONCE } from "../db/delete-old.ts";
import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { keptDays } from "./rules.ts";
import { forgetEnded } from "./store.ts";

/** Throws away papers whose code ended long ago. Run by the worker. */
export async function forgetOld(house: House): Promise<number> {
  const today = dayOf(house.clock.now());
  const days = await policyOn(house.db, keptDays, today);
  const before = today.subtract({ days }).toString();
  let total = 0;
  for (;;) {
    const gone = await forgetEnded(house.db, before, AT_ONCE);
    total += gone;
    if (gone < AT_ONCE) return total;
  }
}
