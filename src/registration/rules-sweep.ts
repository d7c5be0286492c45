import { z } from "zod";
import { isWorkingDay, type PlainDate, type WorkingCalendar } from "../kernel/calendar.ts";
import { definePolicy } from "../kernel/policy.ts";

/** When the sweep of lapsed files stops and asks. Pure. */
export const unusualLapse = definePolicy({
  name: "registration.unusual_lapse",
  meaning:
    "The sweep asks first when more files than `atLeast` and than `times` a usual day would lapse, and a day more for each day off just before",
  schema: z.object({ atLeast: z.number().int().min(1), times: z.number().min(1) }),
  values: [
    {
      from: "2021-01-01",
      value: { atLeast: 200, times: 5 },
      source: "proposal: a clock that jumped ends more than five usual days at once",
    },
  ],
});

/** Ending far more files than usual is more likely a wrong clock or table than a truth: a person must look first. */
export function isUnusualSweep(
  overdue: number,
  usualADay: number,
  { atLeast, times }: { atLeast: number; times: number },
): boolean {
  return overdue > Math.max(atLeast, Math.ceil(usualADay * times));
}

/**
 * Days off just before the last working day that is over: their files end with it. After Tết eight days end at once, and
 * nothing ended in the seven before.
 */
export function daysHeldBack(today: PlainDate, calendar: WorkingCalendar): number {
  const isOff = (day: PlainDate) => calendar.years.has(day.year) && !isWorkingDay(day, calendar);
  let day = today.subtract({ days: 1 });
  while (isOff(day)) day = day.subtract({ days: 1 });
  let held = 0;
  while (isOff(day.subtract({ days: held + 1 }))) held += 1;
  return held;
}
