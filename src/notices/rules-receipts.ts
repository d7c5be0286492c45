import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";
import type { ChannelName, NoticeClass } from "./rules.ts";

/** Taken by a provider is not delivered: how long its report is waited for, and what is told twice then. Pure. */
export const receiptWait = definePolicy({
  name: "notices.receipt_wait_seconds",
  meaning:
    "Seconds after which a text without a report of delivery counts as not confirmed and goes once through another provider",
  schema: z.number().int().min(30).max(3600),
  values: [{ from: "2021-01-01", value: 180, source: "proposal: a fifth of the fifteen minutes" }],
});

export const noticePolicies = [receiptWait];

/** A second copy of an outcome says the same thing. An old code beside a new one misleads, and reminders can be missed. */
export function isSafeTwice(notice: { channel: ChannelName; class: NoticeClass }): boolean {
  return notice.channel === "sms" && notice.class === "outcome";
}
