import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { type Named, takeStep } from "./take-step.ts";

/** The author hands a version to a second person. */
export async function propose(house: House, staff: Staff, named: Named): Promise<void> {
  await takeStep(house, staff, named, "propose");
}
