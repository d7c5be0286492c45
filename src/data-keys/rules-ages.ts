import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** The plan of keys (docs/security/cryptography.md) as data: how long each may be what it is. Pure. */
const PLAN = {
  ring: 365,
  ring_old: 400,
  password: 183,
  VSSID_SECRET: 730,
  VSSID_SECRETS_KNOWN: 0,
  VSSID_SECRETS_LEAKED: 0,
  VSSID_BACKUP_KEY_FILE: 365,
  VSSID_CARD_KEY_FILE: 365,
  VSSID_PUSH_KEY_FILE: 0,
  VSSID_DKIM_KEY_FILE: 365,
  VSSID_KMS_TOKEN_FILE: 0,
};
type Kind = keyof typeof PLAN;
export type KeyPlan = Partial<Record<Kind, number>>;

export const keyLifetimes = definePolicy<KeyPlan>({
  name: "keys.lifetimes",
  meaning:
    "Days after which a key is turned over, by kind (ring: the newest version of the ring; ring_old: one that was replaced, from then until it is retired; password: every password to another side); 0: on no plan; a kind left out: as the product has it",
  schema: z.partialRecord(z.enum(Object.keys(PLAN) as [Kind, ...Kind[]]), z.number().int().min(0).max(3650)),
  values: [{ from: "2021-01-01", value: PLAN, source: "docs/security/cryptography.md" }],
});

export const keyWarnDays = definePolicy({
  name: "keys.warn_days",
  meaning: "Days before the planned end of a key at which the alarm is raised anew",
  schema: z.array(z.number().int().min(0).max(400)).min(1).max(8),
  values: [{ from: "2021-01-01", value: [30, 7, 0], source: "proposal: a month to plan the day on which it is done" }],
});

export const keyPolicies = [keyLifetimes, keyWarnDays];

/** A key with its age. Both days are absent where nobody knows since when it is what it is. */
export interface KeyAge {
  /** What the alarm is about: "ring", "facility_token", or the setting that holds it. */
  kind: string;
  /** One of its kind: a version, a facility. */
  of?: string | undefined;
  since?: Date | undefined;
  /** Absent, too, where it is on no plan. */
  plannedEnd?: Date | undefined;
}

const DAY_MS = 86_400_000;

export function plannedEnd(plan: KeyPlan, kind: string, since: Date | undefined): Date | undefined {
  const known = kind in PLAN ? (kind as Kind) : "password";
  const days = plan[known] ?? PLAN[known];
  return since && days > 0 ? new Date(since.getTime() + days * DAY_MS) : undefined;
}

/** Versions of the ring, the oldest first. One that was replaced ends when the last backup that needs it is gone. */
export function agesOfVersions(
  versions: readonly { version: number; madeAt: Date }[],
  plan: KeyPlan,
): readonly KeyAge[] {
  return versions.map(({ version, madeAt }, nth) => {
    const next = versions[nth + 1];
    const end = next ? plannedEnd(plan, "ring_old", next.madeAt) : plannedEnd(plan, "ring", madeAt);
    return { kind: next ? "ring_old" : "ring", of: String(version), since: madeAt, plannedEnd: end };
  });
}

/** Its planned end is as near as the widest mark, or past. */
export function isDue({ plannedEnd }: KeyAge, now: Date, marks: readonly number[]): boolean {
  return plannedEnd !== undefined && plannedEnd.getTime() - now.getTime() < (Math.max(...marks) + 1) * DAY_MS;
}

/** Of the keys that are due, of each kind the one that ends first. */
export function dueFirst(ages: readonly KeyAge[], now: Date, marks: readonly number[]): readonly KeyAge[] {
  const due = ages.filter((age) => isDue(age, now, marks)).toSorted((one, other) => endOf(one) - endOf(other));
  return due.filter(({ kind }, nth) => due.findIndex((age) => age.kind === kind) === nth);
}

const endOf = ({ plannedEnd }: KeyAge) => plannedEnd?.getTime() ?? Number.POSITIVE_INFINITY;
