import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayFromParts, dayOf, startOf } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import { checkWords } from "./check.ts";
import { type Named, takeStep } from "./take-step.ts";

export interface TypedDay {
  day: string;
  month: string;
  year: string;
}

/**
 * Another person than the author approves: from now on, or from the beginning of a later day, messages are queued with
 * these words. Those that are queued already keep theirs. The words are checked once more: the rules may have grown.
 */
export async function approve(house: House, staff: Staff, named: Named, typed: TypedDay): Promise<void> {
  await takeStep(house, staff, named, "approve", (version, now) => {
    const faults = checkWords(named.template, named.lang, version);
    if (faults.length > 0) throw new Invalid(faults);
    return { reason: null, effectiveFrom: beginningOf(typed, now) };
  });
}

function beginningOf({ day, month, year }: TypedDay, now: Date): Date {
  const parts = [year, month, day].map((part) => part.trim());
  if (parts.every((part) => part === "")) return now;
  const isNumber = parts.every((part) => /^\d{1,4}$/.test(part));
  const [y = 0, m = 0, d = 0] = parts.map(Number);
  const from = isNumber ? dayFromParts(y, m, d) : undefined;
  if (!from) throw new Invalid([{ field: "from", key: "day_unknown" }]);
  const today = dayOf(now);
  const order = Number(from.toString() > today.toString()) - Number(from.toString() < today.toString());
  if (order < 0) throw new Invalid([{ field: "from", key: "day_past" }]);
  return order === 0 ? now : startOf(from);
}
