import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** What the operator may change of looking at persons. No law fixes these figures: all are proposals. */

const stretch = z
  .object({ soft: z.number().int().min(1), hard: z.number().int().min(1) })
  .refine(({ soft, hard }) => soft <= hard, "soft must not be above hard");
const ceiling = z.object({ hour: stretch, day: stretch });

/** Distinct persons (or files of persons not yet known) that one member of staff opens or finds. */
export type Ceiling = z.infer<typeof ceiling>;

export const COUNTED_ROLES = [
  "officer",
  "supervisor",
  "hotline",
  "coordinator",
  "leader",
  "auditor",
  "operator",
] as const;

const own = (hour: [number, number], day: [number, number]): Ceiling => ({
  hour: { soft: hour[0], hard: hour[1] },
  day: { soft: day[0], hard: day[1] },
});

export const ceilings = definePolicy({
  name: "looks.ceilings",
  meaning:
    "Distinct persons at whom a member of staff may look in an hour and on a day, by role: over the soft number it is flagged, over the hard one refused",
  schema: z.record(z.enum(COUNTED_ROLES), ceiling),
  values: [
    {
      from: "2021-01-01",
      value: {
        officer: own([60, 120], [150, 200]),
        supervisor: own([60, 120], [150, 200]),
        hotline: own([40, 80], [150, 200]),
        coordinator: own([20, 40], [60, 100]),
        leader: own([20, 40], [60, 100]),
        auditor: own([20, 40], [60, 100]),
        operator: own([20, 40], [60, 100]),
      },
      source: "proposal: a file takes some minutes; a program that leafs through people stops at two hundred",
    },
  ],
});

export const lookHabits = definePolicy({
  name: "looks.habits",
  meaning:
    "What is told as unusual: one person looked at without a case on so many of the last days, matters opened at the counter by one member on a day, and the minutes of a working day within which looking is usual",
  schema: z.object({
    repeats: z.number().int().min(2),
    repeatDays: z.number().int().min(1).max(90),
    mattersADay: z.number().int().min(1),
    usualFrom: z.number().int().min(0).max(1440),
    usualTo: z.number().int().min(0).max(1440),
  }),
  values: [
    {
      from: "2021-01-01",
      value: { repeats: 3, repeatDays: 7, mattersADay: 20, usualFrom: 390, usualTo: 1110 },
      source: "proposal: from 6:30 to 18:30, an hour on both sides of office hours",
    },
  ],
});

export const caseDays = definePolicy({
  name: "looks.case_days",
  meaning: "Days after its end for which an accepted file or a merge still opens the person's record to its office",
  schema: z.number().int().min(0).max(365),
  values: [{ from: "2021-01-01", value: 30, source: "proposal" }],
});

export const breakGlass = definePolicy({
  name: "looks.break_glass",
  meaning: "Minutes for which a record opened in an emergency stays open, and days within which it must be reviewed",
  schema: z.object({ minutes: z.number().int().min(5).max(480), reviewDays: z.number().int().min(1).max(30) }),
  values: [{ from: "2021-01-01", value: { minutes: 60, reviewDays: 3 }, source: "proposal" }],
});

export const lookPolicies = [ceilings, lookHabits, caseDays, breakGlass];
