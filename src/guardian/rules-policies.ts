import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** Ages at which acting for somebody changes, by date. Pure. */
const age = z.number().int().min(0).max(120);

export const endsAtAge = definePolicy({
  name: "guardian.ends_at_age_years",
  meaning: "Years of age at which a link to a child ends by itself, at 00:00 of that birthday",
  schema: age,
  values: [{ from: "2017-01-01", value: 18, source: "Bộ luật Dân sự 2015, điều 20 và 21" }],
});

export const ownSignInFromAge = definePolicy({
  name: "guardian.own_sign_in_from_age_years",
  meaning: "Years of age from which a child may get a sign-in of its own at the counter",
  schema: age,
  values: [{ from: "2024-07-01", value: 14, source: "Luật Căn cước 2023, điều 19: căn cước từ đủ 14 tuổi; proposal" }],
});

export const sensitiveHiddenFromAge = definePolicy({
  name: "guardian.sensitive_hidden_from_age_years",
  meaning: "Years of age of the child from which its private visits are not shown to guardians",
  schema: age,
  values: [{ from: "2017-01-01", value: 16, source: "unsourced: to be set by the operator" }],
});

export const guardianPolicies = [endsAtAge, ownSignInFromAge, sensitiveHiddenFromAge];
