import { z } from "zod";
import { definePolicy, type Policy } from "../kernel/policy.ts";

export const refusalsKeptDays = definePolicy<number>({
  name: "roster.refused_lines_kept_days",
  meaning: "Days for which refused lines of a unit's list are kept to be handed back",
  schema: z.int().min(1).max(365),
  values: [{ from: "2021-03-17", value: 30, source: "Ours: no rule names a term; long enough to mend a list" }],
});

export const rosterPolicies: readonly Policy<unknown>[] = [refusalsKeptDays];
