import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** What no law fixes about passwords, by date. */

export const activationHours = definePolicy({
  name: "account.activation_hours",
  meaning: "Hours for which an activation code is good",
  schema: z
    .number()
    .int()
    .min(1)
    .max(21 * 24),
  values: [
    { from: "2021-01-01", value: 24, source: "proposal after NIST SP 800-63A-4: a day where a message carries it" },
  ],
});

/** No warning begins earlier. */
export const WARNED_MOST_DAYS = 90;

export const warningDays = definePolicy({
  name: "account.password_warning_days",
  meaning: "Days before the end of the six months on which the person is told to change the password",
  schema: z.array(z.number().int().min(0).max(WARNED_MOST_DAYS)).max(8),
  values: [{ from: "2021-01-01", value: [30, 14, 7, 1], source: "proposal after OWASP ASVS 5.0, 6.4.5" }],
});

/** So many are kept, so that the policy may be tightened one day. */
export const PASSWORDS_KEPT = 24;

export const passwordsRemembered = definePolicy({
  name: "account.passwords_remembered",
  meaning: "How many earlier passwords may not be used again",
  schema: z.number().int().min(5).max(PASSWORDS_KEPT),
  values: [{ from: "2021-01-01", value: 10, source: "proposal: twice the five that are usual" }],
});

export const smsResetLimitHours = definePolicy({
  name: "account.sms_reset_limits_hours",
  meaning:
    "Hours after a password was set again by SMS alone in which nothing of health is shown, and contacts, ways to sign in and rights of others stay as they are",
  schema: z
    .number()
    .int()
    .min(0)
    .max(30 * 24),
  values: [{ from: "2021-01-01", value: 72, source: "proposal: a stolen SIM is noticed within three days" }],
});

/** No password of staff ends earlier. */
export const STAFF_PASSWORD_LEAST_MONTHS = 1;
const months = z.number().int().min(STAFF_PASSWORD_LEAST_MONTHS).max(6);

export const staffPasswordMonths = definePolicy({
  name: "account.staff_password_months",
  meaning: "Months after which staff must change the password: operators of the system, everybody else",
  schema: z.object({ operator: months, others: months }),
  values: [
    {
      from: "2021-01-01",
      value: { operator: 2, others: 6 },
      source: "letter 330/UBND-VX: six months; TCVN 14423:2026: administrators two",
    },
  ],
});

export const staffIdleDays = definePolicy({
  name: "account.staff_idle_days",
  meaning: "Days without a sign-in after which an account of staff is stopped",
  schema: z.number().int().min(7).max(366),
  values: [{ from: "2021-01-01", value: 45, source: "TCVN 14423:2026, level 4" }],
});

export const staffReviewDays = definePolicy({
  name: "account.staff_review_days",
  meaning: "Days after which somebody must confirm again what a member of staff may do",
  schema: z.number().int().min(7).max(366),
  values: [{ from: "2021-01-01", value: 92, source: "TCVN 14423:2026, level 4: each quarter" }],
});

export const staffReviewGraceDays = definePolicy({
  name: "account.staff_review_grace_days",
  meaning: "Days after which the operator is told of an office that has not confirmed what its staff may do",
  schema: z.number().int().min(0).max(366),
  values: [{ from: "2021-01-01", value: 14, source: "ours: two weeks, for holidays and illness" }],
});

export const accountPolicies = [
  staffIdleDays,
  staffReviewDays,
  staffReviewGraceDays,
  staffPasswordMonths,
  activationHours,
  warningDays,
  passwordsRemembered,
  smsResetLimitHours,
];
