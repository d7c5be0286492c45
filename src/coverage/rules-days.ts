import type { Counts } from "./rules-moments.ts";

/** Days of a scope, or what is to be added to them. Pure. */
export interface DayCounts extends Counts {
  scopeCode: string;
  /** yyyy-mm-dd */
  day: string;
}

const NAMES = ["people", "declared", "handed_in", "approved", "signed_in", "installed"] as const;
const nothing: Counts = { people: 0, declared: 0, handed_in: 0, approved: 0, signed_in: 0, installed: 0 };

const plus = (one: Counts, other: Counts, sign: 1 | -1 = 1) =>
  Object.fromEntries(NAMES.map((name) => [name, one[name] + sign * other[name]])) as unknown as Counts;

/** What `after` has more than `before`, days without a difference left out. */
export function difference(before: readonly DayCounts[], after: readonly DayCounts[]): DayCounts[] {
  const at = new Map<string, DayCounts>();
  const add = (share: readonly DayCounts[], sign: 1 | -1) => {
    for (const one of share) {
      const { scopeCode, day } = one;
      const key = `${scopeCode} ${day}`;
      at.set(key, { scopeCode, day, ...plus(at.get(key) ?? nothing, one, sign) });
    }
  };
  add(before, -1);
  add(after, 1);
  return [...at.values()].filter((change) => NAMES.some((name) => change[name] !== 0));
}

/**
 * The days as they are after the changes, from the first changed day of each scope on. A change is to its own day and
 * to all that come after it. `kept`: the days that stand there, those from that day on and the last one before it.
 */
export function daysAfter(kept: readonly DayCounts[], changes: readonly DayCounts[]): DayCounts[] {
  const scopes = Map.groupBy(changes, ({ scopeCode }) => scopeCode);
  const known = Map.groupBy(kept, ({ scopeCode }) => scopeCode);
  return [...scopes].flatMap(([scopeCode, ofScope]) => {
    const changed = new Map(ofScope.map((change) => [change.day, change]));
    const stands = new Map((known.get(scopeCode) ?? []).map((row) => [row.day, row]));
    const days = [...new Set([...stands.keys(), ...changed.keys()])].sort();
    let base = nothing;
    let added = nothing;
    return days.flatMap((day) => {
      base = stands.get(day) ?? base;
      const change = changed.get(day);
      if (change) added = plus(added, change);
      return added === nothing ? [] : [{ scopeCode, day, ...plus(base, added) }];
    });
  });
}

/** The first changed day of each scope. */
export function firstDays(changes: readonly DayCounts[]): { scopeCode: string; day: string }[] {
  const first = new Map<string, string>();
  for (const { scopeCode, day } of changes) {
    const known = first.get(scopeCode);
    if (known === undefined || day < known) first.set(scopeCode, day);
  }
  return [...first].map(([scopeCode, day]) => ({ scopeCode, day }));
}
