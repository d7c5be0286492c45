import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** What an operator may change about messages, by date. Pure. */
export const deadNumberDays = definePolicy({
  name: "notices.dead_number_days",
  meaning: "Days for which reminders are not tried at a number whose network says that it cannot be reached",
  schema: z.number().int().min(0).max(3660),
  values: [{ from: "2021-01-01", value: 90, source: "proposal: a number may be given to somebody else after a while" }],
});

export const deadNumberPolicies = [deadNumberDays];
