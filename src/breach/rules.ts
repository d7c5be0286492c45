import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";
import type { DataKind } from "./rules-kinds.ts";

/** The clocks of a breach, and what must be known to open one. Pure. */
const hours = z.number().int().min(1).max(720);

export const notifyHours = definePolicy({
  name: "breach.notify_hours",
  meaning: "Hours from the detection of a breach in which the authority for personal data is told",
  schema: hours,
  values: [{ from: "2021-01-01", value: 72, source: "Luật 91/2025/QH15, art. 23; NĐ 356/2025/NĐ-CP, art. 28" }],
});

export const seriousHours = definePolicy({
  name: "breach.serious_hours",
  meaning: "Hours from the detection in which a serious incident is told to the authority for cyber-security",
  schema: hours,
  values: [{ from: "2021-01-01", value: 24, source: "NĐ 331/2026/NĐ-CP, art. 31.2.d" }],
});

export const tellHours = definePolicy({
  name: "breach.tell_hours",
  meaning: "Hours from the detection in which the persons are told",
  schema: hours,
  values: [{ from: "2021-01-01", value: 72, source: "NĐ 356/2025/NĐ-CP, art. 29; for other data a proposal" }],
});

export const breachPolicies = [notifyHours, seriousHours, tellHours];

const HOUR_MS = 3_600_000;

export interface BreachClocks {
  notifyBy: Date;
  cyberBy: Date;
  tellBy: Date;
}

/** From the detection, not from the end of the inquiry; hours run on through nights and holidays. */
export function clocksOf(
  detectedAt: Date,
  isSerious: boolean,
  within: { notify: number; serious: number; tell: number },
): BreachClocks {
  const after = (count: number) => new Date(detectedAt.getTime() + count * HOUR_MS);
  return {
    notifyBy: after(within.notify),
    cyberBy: after(isSerious ? within.serious : within.notify),
    tellBy: after(within.tell),
  };
}

export interface Answers extends BreachClocks {
  notifiedAt: Date | null;
  cyberNotifiedAt: Date | null;
  toldAt: Date | null;
}

export interface Running {
  clock: "authority" | "cyber" | "persons";
  by: Date;
  /** Cut down: 0 in the last hour, negative when it is over. */
  hoursLeft: number;
}

/** Clocks that nobody has answered yet, the one that ends first on top. */
export function runningClocks(breach: Answers, now: Date): Running[] {
  const all = [
    { clock: "authority" as const, by: breach.notifyBy, at: breach.notifiedAt },
    { clock: "cyber" as const, by: breach.cyberBy, at: breach.cyberNotifiedAt },
    { clock: "persons" as const, by: breach.tellBy, at: breach.toldAt },
  ];
  return all
    .filter(({ at }) => at === null)
    .map(({ clock, by }) => ({ clock, by, hoursLeft: Math.floor((by.getTime() - now.getTime()) / HOUR_MS) }))
    .toSorted((one, other) => one.by.getTime() - other.by.getTime());
}

/** Whom a breach touched; one id is "0": a person of the register, or the declarer of a file that belongs to none yet. */
export interface Subject {
  personId: string;
  declarationId: string;
  kinds: DataKind[];
  firstAt: Date;
  lastAt: Date;
  times: number;
}

/** Ids only, as they are kept with the breach. */
export interface ResolvedSearch {
  staffIds?: string[] | undefined;
  accountIds?: string[] | undefined;
  actions?: string[] | undefined;
  tables: string[];
  persons: number;
}
