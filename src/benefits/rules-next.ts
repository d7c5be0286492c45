/**
 * What has become of a paper that a facility gave for a benefit, and until when it is handed in. A paper and a benefit
 * belong together when their days meet: no file says which decision rests on which paper. Pure.
 */
import { z } from "zod";
import { type PlainDate, plainDate } from "../kernel/calendar.ts";
import { definePolicy, type Policy } from "../kernel/policy.ts";
import type { Benefit } from "./rules.ts";

export const handInDays = definePolicy({
  name: "benefits.hand_in_days",
  meaning: "Days after returning to work within which papers for sickness or maternity go to the employer",
  schema: z.number().int().min(1).max(365),
  values: [
    { from: "2007-01-01", value: 45, source: "Luật BHXH 2024 and 2014, giải quyết hưởng ốm đau, thai sản (unsourced)" },
  ],
});

export const benefitPolicies: readonly Policy<unknown>[] = [handInDays];

/** Papers that are handed in within that time; the others are shown when somebody asks for them. */
const HANDED_IN = new Set(["CT03", "CT06", "CT07", "GIAYDIEUTRINOITRU"]);

/** How long a paper without a decision is told as waiting: older ones came to nothing or were settled elsewhere. */
const WAITS_DAYS = 365;

export interface PaperDays {
  kind: string;
  fromOn: string | undefined;
  toOn: string | undefined;
  issuedOn: string | undefined;
}

export type PaperState =
  | { state: "paid" | "decided"; benefit: Benefit }
  /** Not decided as far as the register knows; `handInBy` supposes a return to work on the day after the last one. */
  | { state: "waiting"; handInBy: PlainDate; isOver: boolean }
  /** Nothing is waited for: another kind of paper, or too long ago. */
  | { state: "kept" };

export function stateOf(paper: PaperDays, benefits: readonly Benefit[], days: number, today: PlainDate): PaperState {
  const from = paper.fromOn ?? paper.issuedOn;
  const to = paper.toOn ?? from;
  if (!from || !to) return { state: "kept" };
  const benefit = benefits.find((one) => one.kind === "short_term" && one.fromOn <= to && from <= (one.toOn ?? to));
  if (benefit) return { state: benefit.status === "paid" ? "paid" : "decided", benefit };
  if (!HANDED_IN.has(paper.kind)) return { state: "kept" };
  const last = plainDate(to);
  if (last.add({ days: WAITS_DAYS }).toString() < today.toString()) return { state: "kept" };
  const handInBy = last.add({ days: 1 + days });
  return { state: "waiting", handInBy, isOver: handInBy.toString() < today.toString() };
}

/** Decided and not paid yet, by the register. */
export function awaitingPayment(benefits: readonly Benefit[]): Benefit[] {
  return benefits.filter(({ status }) => status === "decided");
}
