import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf, startOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { type Period, warnMinutes } from "./rules.ts";
import type { Scope } from "./store.ts";

const DAY_MS = 86_400_000;

/** Offices whose files one sees; undefined for an operator: all. */
export function officesSeen(staff: Staff): string[] | undefined {
  if (staff.roles.some(({ role }) => role === "operator")) return undefined;
  const held = staff.roles.filter(({ role }) => role === "officer" || role === "supervisor");
  return [...new Set(held.flatMap(({ officeCode }) => officeCode ?? []))];
}

/** Today and the days before it, whole days of Viet Nam. */
export async function lastDays(house: House, officeCodes: Scope["officeCodes"], days: Period): Promise<Scope> {
  return scopeFrom(house, officeCodes, firstOf(house, days), house.clock.now());
}

/** When the first of these days began. */
export function firstOf({ clock }: House, days: Period): Date {
  return startOf(dayOf(clock.now()).subtract({ days: days - 1 }));
}

export async function lastDayAndNight(house: House, officeCodes: Scope["officeCodes"]): Promise<Scope> {
  const now = house.clock.now();
  return scopeFrom(house, officeCodes, new Date(now.getTime() - DAY_MS), now);
}

async function scopeFrom(house: House, officeCodes: Scope["officeCodes"], from: Date, now: Date): Promise<Scope> {
  return { officeCodes, from, now, warnMinutes: await policyOn(house.db, warnMinutes, dayOf(now)) };
}
