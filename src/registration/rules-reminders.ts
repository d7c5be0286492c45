import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";
import { daysLeft } from "./rules.ts";
import { unusualLapse } from "./rules-sweep.ts";

/** When a person is reminded of the last day, and when a last day may move. Pure. */
export const reminderDays = definePolicy({
  name: "registration.reminder_days",
  meaning: "Days before the last day for handing in on which the person is reminded",
  schema: z.array(z.number().int().min(0).max(9)).max(5),
  values: [{ from: "2021-01-01", value: [3, 1], source: "proposal: twice, as the peers who lapse files do" }],
});

export const messageHours = definePolicy({
  name: "registration.message_hours",
  meaning: "Hours of the day in Viet Nam between which a reminder may reach a telephone: from, and until",
  schema: z
    .object({ from: z.number().int().min(0).max(23), until: z.number().int().min(1).max(24) })
    .refine(({ from, until }) => from < until),
  values: [{ from: "2021-01-01", value: { from: 8, until: 20 }, source: "proposal: nobody is woken by a reminder" }],
});

export const registrationPolicies = [reminderDays, messageHours, unusualLapse];

/** The reminder that stands for so many days left; a day that was missed is made up for on the next. */
export function reminderFor(left: number, days: readonly number[]): number | undefined {
  return days.filter((day) => day >= left).sort((one, other) => one - other)[0];
}

/** A told last day comes no nearer than this: whoever counts on it can still hand in. */
const LEAST_DAYS_AFTER_MOVE = 3;

/**
 * Where a last day moves when the holiday table has changed; undefined when it stays. Later always; earlier (a
 * holiday struck out again) only while enough days are left.
 */
export function movedDeadline(told: Date, byRule: Date, now: Date): Date | undefined {
  if (byRule.getTime() === told.getTime()) return undefined;
  if (byRule.getTime() > told.getTime()) return byRule;
  return daysLeft(now, byRule) >= LEAST_DAYS_AFTER_MOVE ? byRule : undefined;
}
