import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** Which messages a person finds in the account, and for how long. Pure. */
export const keptDays = definePolicy({
  name: "inbox.kept_days",
  meaning: "Days for which a message can be read in the account",
  schema: z.number().int().min(30).max(3660),
  values: [{ from: "2021-01-01", value: 730, source: "proposal: two years, so that last year's notices are found" }],
});

export const inboxPolicies = [keptDays];

const DAY_MS = 86_400_000;

export const keptFrom = (now: Date, days: number) => new Date(now.getTime() - days * DAY_MS);

/** A code is never unread: it is of use for minutes only. */
export function isUnread(message: { id: string; class: string }, read: ReadonlySet<string>): boolean {
  return message.class !== "code" && !read.has(message.id);
}
