import type { ZodType } from "zod";

/**
 * What an operator may change by date: lengths, ages, choices that no law fixes, or that a law fixes by date.
 * The product holds a first value with its source; `bin/vssid policy set` adds later ones.
 */
export interface Policy<T> {
  /** "feature.what_units", as in the table of settings. */
  readonly name: string;
  readonly meaning: string;
  readonly schema: ZodType<T>;
  /** In the order of their days; the first holds from the beginning of the system. */
  readonly values: readonly { from: string; value: T; source: string }[];
}

export function definePolicy<T>(policy: Policy<T>): Policy<T> {
  return policy;
}

/** The product's own value on an ISO day, with the day from which it holds. */
export function ownValueOn<T>(policy: Policy<T>, on: string): { from: string; value: T } {
  const held = policy.values.findLast(({ from }) => from <= on) ?? policy.values[0];
  if (!held) throw new RangeError(`${policy.name} has no value`);
  return held;
}
