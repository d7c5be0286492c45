import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { getReason, type Named, takeStep } from "./take-step.ts";

/**
 * Wrong words must stop quickly: one person takes a version out of use, with a reason, and the version before it (which
 * two persons approved, or which is built in) is in use again.
 */
export async function retire(house: House, staff: Staff, named: Named, reason: string): Promise<void> {
  const said = getReason(reason);
  await takeStep(house, staff, named, "retire", () => ({ reason: said, effectiveFrom: null }));
}
