import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** "Chậm nhất 15 phút kể từ khi nhận đủ hồ sơ" (letter 330, annex 1, step 4), as it is measured. Pure. */
export const warnMinutes = definePolicy({
  name: "promise.warn_minutes",
  meaning: "Minutes after reception at which a file without a sent result raises the alarm",
  schema: z.number().int().min(1).max(14),
  values: [{ from: "2021-01-01", value: 10, source: "proposal: five minutes are left to send the result" }],
});

export const promisePolicies = [warnMinutes];

/** The views of the page; the count of each and its list come from one predicate. */
export const SHOWS = ["all", "kept", "late", "open", "endangered"] as const;
export type Show = (typeof SHOWS)[number];

export interface PromiseCounts {
  all: number;
  /** The result left in time. */
  kept: number;
  /** It left too late, or its time is over. */
  late: number;
  /** Not sent yet, and there is time. */
  open: number;
  /** Of these the ones whose time is nearly over. */
  endangered: number;
  medianSeconds: number | null;
}

/** Of the files whose fifteen minutes are told or over; undefined where there is none. */
export function shareKept({ kept, late }: Pick<PromiseCounts, "kept" | "late">): number | undefined {
  return kept + late === 0 ? undefined : kept / (kept + late);
}

/** A share is never rounded up to 100%: one late file is seen. */
export function percentOf(share: number): number {
  return Math.floor(share * 1000) / 10;
}

/** Minutes and seconds: 3:07. */
export function minutesText(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export const PERIODS = [1, 7, 30] as const;
export type Period = (typeof PERIODS)[number];
