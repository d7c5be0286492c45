import { z } from "zod";
import { definePolicy, type Policy } from "../kernel/policy.ts";

/** Which data end after which time. Pure. */
export const CLASSES = [
  "id_papers",
  "guardian_papers",
  "disputes",
  "tickets",
  "calls",
  "contact_changes",
  "invitations",
] as const;
export type RetentionClass = (typeof CLASSES)[number];

export interface RetentionRule {
  /** What orders the work that the data were kept for. */
  basis: string;
  /** From which event the period runs. */
  from: string;
  /** Since when the basis is in force (ISO day). */
  since: string;
  /** Days; null: none was found in law or decided, and nothing of the class is deleted. */
  days: Policy<number | null>;
}

const DAYS_MOST = 36_525;

/** No law found gives a period for any of these (BHXH's own list of periods was not found): none has a default. */
const daysOf = (name: RetentionClass, what: string) =>
  definePolicy<number | null>({
    name: `retention.${name}_days`,
    meaning: `Days for which ${what} are kept; null: no period, nothing is deleted`,
    schema: z.number().int().min(1).max(DAYS_MOST).nullable(),
    values: [{ from: "2021-01-01", value: null, source: "not found: the operator decides" }],
  });

export const RULES: Record<RetentionClass, RetentionRule> = {
  id_papers: {
    basis: "330/UBND-VX annex 1, step 4 (lưu cùng bản kê khai)",
    from: "the file was accepted or refused",
    since: "2021-03-17",
    days: daysOf("id_papers", "copies of ID papers and signed forms"),
  },
  guardian_papers: {
    basis: "Luật 91/2025/QH15 art. 24",
    from: "the last link that the paper shows ended, or it is seen that none comes of it",
    since: "2026-01-01",
    days: daysOf("guardian_papers", "copies of guardians' papers"),
  },
  disputes: {
    basis: "NĐ 356/2025/NĐ-CP art. 5",
    from: "the answer",
    since: "2026-01-01",
    days: daysOf("disputes", "answered reports of wrong facts"),
  },
  tickets: {
    basis: "330/UBND-VX (hotline of the roll-out)",
    from: "the ticket was closed",
    since: "2021-03-17",
    days: daysOf("tickets", "closed tickets of the hotline"),
  },
  calls: {
    basis: "330/UBND-VX (hotline of the roll-out)",
    from: "the call was closed and no ticket is left of it",
    since: "2021-03-17",
    days: daysOf("calls", "calls without a ticket"),
  },
  contact_changes: {
    basis: "330/UBND-VX annex 1, step 4",
    from: "the change was done, stopped, refused or forgotten",
    since: "2021-03-17",
    days: daysOf("contact_changes", "old and new telephones and addresses of ended changes"),
  },
  invitations: {
    basis: "330/UBND-VX (đầu mối)",
    from: "the invitation was accepted, withdrawn or ended",
    since: "2021-03-17",
    days: daysOf("invitations", "names and contacts of ended invitations"),
  },
};

export const retentionPolicies: readonly Policy<unknown>[] = CLASSES.map((one) => RULES[one].days as Policy<unknown>);

const DAY_MS = 86_400_000;

/** What happened before this instant is past its period. */
export function cutoffOf(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
