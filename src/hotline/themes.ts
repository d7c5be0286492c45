/** What recurs: read by the hotline and offices of all, by coordinators and leaders of their own units. */
import type { House } from "../db/house.ts";
import { unitNames } from "../drive/store-person-unit.ts";
import { unitsInSight } from "../drive/store-scope.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf, endOf, plainDate, startOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { smallestGroup } from "./rules-policies.ts";
import { type Cell, hideSmall, isPartlyHidden, themeTable, weeksTo } from "./rules-themes.ts";
import { type GroupFigures, groupFigures, type ThemeScope, weekCounts } from "./store-themes.ts";

export interface Group {
  /** Code of the category or unit; null: no unit is known. */
  of: string | null;
  name: string | undefined;
  count: Cell;
  medianMinutes: number | undefined;
}

export interface Themes {
  weeks: string[];
  rows: { category: string; cells: Cell[] }[];
  totals: Cell[];
  byCategory: Group[];
  byUnit: Group[];
  least: number;
}

export async function themesFor(house: House, staff: Staff): Promise<Themes> {
  const today = dayOf(house.clock.now());
  const weeks = weeksTo(today);
  const least = await policyOn(house.db, smallestGroup, today);
  const scope = await scopeOfThemes(house, staff, weeks);
  const categories = await groupFigures(house.db, "category", scope);
  const units = await groupFigures(house.db, "unit_code", scope);
  const names = await unitNames(
    house.db,
    units.flatMap(({ of }) => of ?? []),
  );
  const codes = categories.flatMap(({ of }) => of ?? []);
  const table = themeTable(await weekCounts(house.db, scope), codes, weeks, least);
  const hidden = table.rows.map(({ cells }) => isPartlyHidden(cells));
  return {
    weeks,
    ...table,
    byCategory: groups(categories, new Map(), least, hidden),
    byUnit: groups(units, names, least),
    least,
  };
}

async function scopeOfThemes(house: House, staff: Staff, weeks: readonly string[]): Promise<ThemeScope> {
  const today = dayOf(house.clock.now());
  const seesAll = staff.roles.some(({ role }) => role === "hotline" || role === "officer" || role === "supervisor");
  return {
    from: startOf(plainDate(weeks[0] ?? today.toString())),
    to: endOf(today),
    unitCodes: seesAll ? undefined : await unitsInSight(house.db, staff, today.toString()),
  };
}

/** A median of few answers tells of few people: it goes with its count. */
function groups(
  figures: readonly GroupFigures[],
  names: ReadonlyMap<string, string>,
  least: number,
  also: readonly boolean[] = [],
): Group[] {
  const counts = hideSmall(
    figures.map(({ count }) => count),
    least,
    also,
  );
  return figures.map(({ of, answered, medianMinutes }, at) => ({
    of,
    name: of ? names.get(of) : undefined,
    count: counts[at] ?? "hidden",
    medianMinutes: counts[at] === "hidden" || answered < least ? undefined : medianMinutes,
  }));
}
