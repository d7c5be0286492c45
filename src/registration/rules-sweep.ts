import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** When the sweep of lapsed files stops and asks. Pure. */
export const unusualLapse = definePolicy({
  name: "registration.unusual_lapse",
  meaning: "The sweep ends nothing and asks when more files than `atLeast` and than `times` a usual day would lapse",
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
