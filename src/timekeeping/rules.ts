import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** Whether the clock of this machine may end anything: against the database's, and against when it was last seen. Pure. */
export const toleratedSeconds = definePolicy({
  name: "time.tolerated_seconds",
  meaning: "Seconds by which the clock may stand apart from where it should before nothing lapses, ends or is deleted",
  schema: z.number().int().min(10).max(3600),
  values: [{ from: "2021-01-01", value: 300, source: "proposal: corrections of a clock are smaller" }],
});

export const longestSilenceHours = definePolicy({
  name: "time.longest_silence_hours",
  meaning: "Hours without a sight of the clock, over a start of the machine, after which an operator must say go on",
  schema: z
    .number()
    .int()
    .min(1)
    .max(24 * 31),
  values: [{ from: "2021-01-01", value: 12, source: "proposal: longer than a night's work on the machine" }],
});

export const timePolicies = [toleratedSeconds, longestSilenceHours];

/** When the clock was believed, on which start of a machine, and for how long that machine had run. */
export interface Sighting {
  seenAt: Date;
  boot: string;
  uptimeSeconds: number;
}

export interface Times {
  /** What this process takes for now. */
  own: Date;
  database: Date;
  boot: string;
  uptimeSeconds: number;
}

/**
 * apart: not the database's time · set: the machine ran on and its clock went elsewhere · behind: before it was last
 * seen · long_silence: nobody saw it for so long that a set clock cannot be told from a rest.
 */
export type Distrust = "apart" | "set" | "behind" | "long_silence";

/** Undefined: it may be believed. Without a sighting there is nothing to hold against it. */
export function distrustOf(
  { own, database, boot, uptimeSeconds }: Times,
  last: Sighting | undefined,
  limits: { toleratedSeconds: number; longestSilenceHours: number },
): Distrust | undefined {
  const toleratedMs = limits.toleratedSeconds * 1000;
  if (Math.abs(own.getTime() - database.getTime()) > toleratedMs) return "apart";
  if (!last) return undefined;
  const sinceMs = own.getTime() - last.seenAt.getTime();
  if (boot === last.boot && boot !== "") {
    const ranMs = (uptimeSeconds - last.uptimeSeconds) * 1000;
    return Math.abs(sinceMs - ranMs) > toleratedMs ? "set" : undefined;
  }
  if (sinceMs < -toleratedMs) return "behind";
  return sinceMs > limits.longestSilenceHours * 3_600_000 ? "long_silence" : undefined;
}
