import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

export const passMinutes = definePolicy({
  name: "card.pass_minutes",
  meaning: "Minutes for which a card's signed code holds; a shorter time makes a photograph of it worth less",
  schema: z.number().int().min(1).max(60),
  values: [
    { from: "2021-01-01", value: 5, source: "proposal: long enough for a queue at a desk, short enough for a copy" },
  ],
});

export const passPolicies = [passMinutes];
