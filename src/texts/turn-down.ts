import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { getReason, type Named, takeStep } from "./take-step.ts";

/** Another person than the author says no, with the reason that the author reads. */
export async function turnDown(house: House, staff: Staff, named: Named, reason: string): Promise<void> {
  const said = getReason(reason);
  await takeStep(house, staff, named, "refuse", () => ({ reason: said, effectiveFrom: null }));
}
