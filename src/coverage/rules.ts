/** What the counts say: shares, which units are truly different, where a unit is heading. Pure. */
import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";
import type { Counts, Moment } from "./rules-moments.ts";

export const leastShown = definePolicy({
  name: "coverage.least_shown",
  meaning: "Groups of fewer people than this are not shown, nor what they could be computed from",
  schema: z.number().int().min(1).max(100),
  values: [{ from: "2021-01-01", value: 5, source: "proposal: usual for counts of people; no rule found" }],
});

export const reportTime = definePolicy({
  name: "coverage.report_time",
  meaning: "Weekday (1 Monday … 7 Sunday) and hour in Viet Nam at which the week's report is made and sent",
  schema: z.object({ weekday: z.number().int().min(1).max(7), hour: z.number().int().min(0).max(23) }),
  values: [{ from: "2021-01-01", value: { weekday: 1, hour: 7 }, source: "proposal: before the week's meeting" }],
});

export type ReportTime = (typeof reportTime.values)[number]["value"];

export const coveragePolicies = [leastShown, reportTime];

/** Of whom the share is taken: people on rosters, or as many as the unit said that it has to reach. */
export const BASES = ["roster", "headcount"] as const;
export type Base = (typeof BASES)[number];

/** People to reach; a unit without a headcount, or with more people on its roster than that, is taken by its roster. */
export function peopleToReach(counts: Pick<Counts, "people">, headcount: number | null, base: Base): number {
  return base === "headcount" && headcount !== null ? Math.max(headcount, counts.people) : counts.people;
}

export interface Share {
  come: number;
  of: number;
  /** 0 … 1; undefined where there is nobody to reach. */
  share: number | undefined;
}

export function shareOf(counts: Counts, moment: Moment, headcount: number | null, base: Base): Share {
  return shareOfCome(comeOf(counts, moment), headcount, base);
}

/** People of whom nothing is told; a group without people hides nobody. */
export const isTooFew = (people: number, least: number): boolean => people > 0 && people < least;

/** As a group was on a day: no share where it was too small then. */
export function shareThen(counted: Come, headcount: number | null, base: Base, least: number): Share {
  return isTooFew(counted.people, least) ? { come: 0, of: 0, share: undefined } : shareOfCome(counted, headcount, base);
}

/** How many there are, and how many of them had come to a moment. */
export interface Come {
  people: number;
  come: number;
}

export const comeOf = (counts: Counts, moment: Moment): Come => ({ people: counts.people, come: counts[moment] });

export function shareOfCome(counted: Come, headcount: number | null, base: Base): Share {
  const of = peopleToReach(counted, headcount, base);
  return { come: counted.come, of, share: of === 0 ? undefined : counted.come / of };
}

/** z of the two limits within which chance alone keeps 95 % and 99.8 % of units. */
export const LIMITS = { usual: 1.96, rare: 3.09 } as const;

export interface Expected {
  /** The share of all together. */
  overall: number;
  /** Units differ by more than chance (other work, other people): the limits are so much wider. 1: not wider. */
  spread: number;
}

/**
 * What is expected of a unit, from all of them: binomial limits around the common share, widened by the spread
 * beyond chance (Spiegelhalter 2005: mean of z², the tenths at both ends drawn in).
 */
export function expectedOf(shares: readonly Share[]): Expected | undefined {
  const peopled = shares.filter(({ of }) => of > 0);
  const of = peopled.reduce((sum, one) => sum + one.of, 0);
  if (of === 0) return undefined;
  const overall = peopled.reduce((sum, one) => sum + one.come, 0) / of;
  const error = Math.sqrt(overall * (1 - overall));
  if (error === 0) return { overall, spread: 1 };
  const scores = peopled.map((one) => (((one.share ?? 0) - overall) * Math.sqrt(one.of)) / error).sort((a, b) => a - b);
  const tenth = Math.floor(scores.length / 10);
  const [low = 0, high = 0] = [scores[tenth], scores[scores.length - 1 - tenth]];
  const drawn = scores.map((score) => Math.min(high, Math.max(low, score)));
  const mean = drawn.reduce((sum, score) => sum + score * score, 0) / drawn.length;
  return { overall, spread: Math.max(1, Math.sqrt(mean)) };
}

/** Within what a unit of so many people is expected, each end between 0 and 1. */
export function limitsFor({ overall, spread }: Expected, of: number, z: number): [number, number] {
  const half = of > 0 ? z * spread * Math.sqrt((overall * (1 - overall)) / of) : 1;
  return [Math.max(0, overall - half), Math.min(1, overall + half)];
}

export type Standing = "far_below" | "below" | "expected" | "above" | "far_above";

export function standingOf(share: Share, expected: Expected): Standing {
  if (share.share === undefined) return "expected";
  const [usualLow, usualHigh] = limitsFor(expected, share.of, LIMITS.usual);
  const [rareLow, rareHigh] = limitsFor(expected, share.of, LIMITS.rare);
  if (share.share < rareLow) return "far_below";
  if (share.share < usualLow) return "below";
  if (share.share > rareHigh) return "far_above";
  return share.share > usualHigh ? "above" : "expected";
}

export const needsHelp = (standing: Standing): boolean => standing === "below" || standing === "far_below";

/** 0.612 → "61"; a tenth where `digits` is 1. Never 100 while somebody is missing, never 0 while somebody has come. */
export function percentOf(share: number, digits = 0): number {
  const scale = 10 ** digits;
  const rounded = Math.round(share * 100 * scale) / scale;
  if (rounded === 100 && share < 1) return 100 - 1 / scale;
  return rounded === 0 && share > 0 ? 1 / scale : rounded;
}

export interface Forecast {
  /** 0 … 1. */
  share: number;
  low: number;
  high: number;
}

export const WEEKS_NEEDED = 6;
/** Two-sided 80 % of Student's t by degrees of freedom, 4 … 11. */
const T80 = [1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372, 1.363];

/**
 * Where the share will be `weeksAhead` weeks on if weeks go on as the last ones went: the mean of their gains, and
 * between which ends it lies four times in five (a walk with drift). Undefined with fewer than six gains.
 */
export function forecast(shares: readonly number[], weeksAhead: number): Forecast | undefined {
  const gains = shares.slice(1).map((share, at) => share - (shares[at] ?? share));
  const last = shares.at(-1);
  if (last === undefined || gains.length < WEEKS_NEEDED) return undefined;
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (gains.length - 1);
  const t = T80[Math.min(T80.length - 1, gains.length - 5)] ?? 1.282;
  const half = t * Math.sqrt(variance * (weeksAhead + weeksAhead ** 2 / gains.length));
  const within = (share: number) => Math.min(1, Math.max(0, share));
  const share = last + mean * weeksAhead;
  return { share: within(share), low: within(share - half), high: within(share + half) };
}
