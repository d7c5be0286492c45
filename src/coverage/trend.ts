/** One unit by week: what it was at the end of each of the last weeks, and where it is heading. */
import type { House } from "../db/house.ts";
import type { UnitRow } from "../drive/store-scope.ts";
import { daysBetween, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { NotFound } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { nobody } from "./look.ts";
import { type Base, type Forecast, forecast, leastShown, type Share, shareOf } from "./rules.ts";
import { hiddenGroups } from "./rules-hidden.ts";
import type { Counts, Moment } from "./rules-moments.ts";
import type { Sight } from "./scopes.ts";
import { comeOn, countsOn, type Target, targetsOf } from "./store.ts";

export interface Week {
  /** Its last day; of the week under way, today. */
  day: PlainDate;
  share: Share;
}

export interface UnitTrend {
  unit: UnitRow;
  moment: Moment;
  base: Base;
  today: PlainDate;
  counts: Counts;
  /** Oldest first, each seven days after the one before; from the last on at whose end the unit was hidden, none. */
  weeks: readonly Week[];
  target: Target | undefined;
  isHidden: boolean;
  /** Undefined with too few weeks. */
  outlook: Forecast | undefined;
  forecastOn: PlainDate;
  weeksAhead: number;
}

const WEEKS = 13;
/** Where there is no target, and at the farthest. */
const AHEAD = { usual: 4, most: 26 };

export async function trendOf(
  { db }: House,
  sight: Sight,
  { code, moment, base }: { code: string; moment: Moment; base: Base },
  today: PlainDate,
): Promise<UnitTrend> {
  const unit = sight.units.find((one) => one.code === code);
  if (!unit) throw new NotFound("unit");
  const days = Array.from({ length: WEEKS }, (_, week) => today.subtract({ days: 7 * (WEEKS - 1 - week) }));
  const day = today.toString();
  const beside = besideAnd(sight.units, unit);
  const codes = beside.map((one) => one.code);
  const [counts, targets, least, ...peopleOn] = await Promise.all([
    countsOn(db, [code], days.map(String)),
    targetsOf(db, [code]),
    policyOn(db, leastShown, today),
    ...days.map((on) => comeOn(db, codes, moment, on.toString())),
  ]);
  const isHiddenOn = peopleOn.map((people) =>
    hiddenGroups(
      beside.map((one) => ({ code: one.code, parent: one.parent, people: people.get(one.code)?.people ?? 0 })),
      least,
    ).has(code),
  );
  const weeks = days
    .slice(isHiddenOn.lastIndexOf(true) + 1)
    .map((on) => ({ day: on, share: shareOf(counts.get(`${code} ${on}`) ?? nobody, moment, unit.headcount, base) }))
    .filter(({ share }) => share.share !== undefined);
  const target = targets.find((one) => one.moment === moment);
  const due = target && target.dueOn > day ? plainDate(target.dueOn) : undefined;
  const weeksAhead = Math.min(AHEAD.most, due ? Math.max(1, Math.ceil(daysBetween(today, due) / 7)) : AHEAD.usual);
  return {
    unit,
    moment,
    base,
    today,
    counts: counts.get(`${code} ${day}`) ?? nobody,
    weeks,
    target,
    isHidden: (isHiddenOn.at(-1) ?? true) || (counts.get(`${code} ${day}`) ?? nobody).people < least,
    outlook: forecast(
      weeks.map(({ share }) => share.share ?? 0),
      weeksAhead,
    ),
    forecastOn: today.add({ days: 7 * weeksAhead }),
    weeksAhead,
  };
}

/** The unit and those above it, each with those beside it: they say whether it is hidden. */
function besideAnd(units: readonly UnitRow[], unit: UnitRow): UnitRow[] {
  const byCode = new Map(units.map((one) => [one.code, one]));
  const parentOf = ({ parent }: UnitRow) => (parent === null ? undefined : byCode.get(parent));
  const parents = new Set<UnitRow | undefined>();
  for (let one: UnitRow | undefined = unit; one; one = parentOf(one)) parents.add(parentOf(one));
  return units.filter((one) => parents.has(parentOf(one)));
}
