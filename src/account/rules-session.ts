import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** How long a session lives, as an operator may set it by date. */

const minutes = z.object({ idle: z.number().int().min(1), whole: z.number().int().min(1) });
const schema = z.object({ citizen: minutes, staff: minutes });
export type SessionMinutes = z.infer<typeof schema>;

export const sessionMinutes = definePolicy({
  name: "account.session_minutes",
  meaning: "Minutes after which a session ends unused, and at the latest: of a citizen, of staff",
  schema,
  values: [
    {
      from: "2021-01-01",
      value: { citizen: { idle: 30, whole: 12 * 60 }, staff: { idle: 15, whole: 8 * 60 } },
      source: "proposal, after OWASP ASVS 5.0 §7.3",
    },
  ],
});

export const staffFreshMinutes = definePolicy({
  name: "account.staff_fresh_minutes",
  meaning:
    "Minutes after a second factor was shown in which staff may merge, change contacts, issue codes and give rights",
  schema: z.number().int().min(1).max(60),
  values: [{ from: "2021-01-01", value: 15, source: "proposal, after NIST SP 800-63B-4 §2.2.3" }],
});

/** After the right password the second factor, or the enrolment of one, may take this long. */
export const HALF_SESSION_MINUTES = 10;

export const sessionPolicies = [sessionMinutes, staffFreshMinutes];
