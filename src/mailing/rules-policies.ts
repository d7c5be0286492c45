import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** What an operator sets of message campaigns, by date. NĐ 91/2020/NĐ-CP asks for a way to refuse; the figures are ours. */
export const mailingHours = definePolicy({
  name: "mailing.hours",
  meaning: "Hours in Viet Nam within which messages of campaigns go out, on every day: from, and until",
  schema: z
    .object({ from: z.number().int().min(0).max(23), until: z.number().int().min(1).max(24) })
    .refine(({ from, until }) => from < until),
  values: [{ from: "2021-01-01", value: { from: 8, until: 20 }, source: "proposal: nobody is woken" }],
});

export const mailingDays = definePolicy({
  name: "mailing.lasting_days",
  meaning: "Days, the first one counted, on which a campaign may go out; what is left after the last one is not sent",
  schema: z.number().int().min(1).max(14),
  values: [{ from: "2021-01-01", value: 2, source: "proposal" }],
});

export const replyNumber = definePolicy({
  name: "mailing.reply_number",
  meaning: "Number to which TC is sent to refuse campaigns; empty: campaigns go out by e-mail only",
  schema: z.string().regex(/^(\d{3,8})?$/),
  values: [{ from: "2021-01-01", value: "", source: "none until the networks have registered one" }],
});

export const mailingPolicies = [mailingHours, mailingDays, replyNumber];

export interface Hours {
  from: number;
  until: number;
}
