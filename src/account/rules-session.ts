import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** How long a session lives, as an operator may set it by date. */

const minutes = z.object({ idle: z.number().int().min(1), whole: z.number().int().min(1) });

export const sessionMinutes = definePolicy({
  name: "account.session_minutes",
  meaning: "Minutes after which a session ends unused, and at the latest: of a citizen, of staff",
  schema: z.object({ citizen: minutes, staff: minutes }),
  values: [
    {
      from: "2021-01-01",
      value: { citizen: { idle: 30, whole: 12 * 60 }, staff: { idle: 15, whole: 8 * 60 } },
      source: "proposal, after OWASP ASVS 5.0 §7.3",
    },
  ],
});

export const sessionPolicies = [sessionMinutes];
