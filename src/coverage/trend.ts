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
  /** Oldest first, each seven days after the one before. */
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
  const [counts, people, targets, least] = await Promise.all([
    countsOn(db, [code], days.map(String)),
    comeOn(
      db,
      sight.units.map((one) => one.code),
      moment,
      day,
    ),
    targetsOf(db, [code]),
    policyOn(db, leastShown, today),
  ]);
  const groups = sight.units.map((one) => ({
    code: one.code,
    parent: one.parent,
    people: people.get(one.code)?.people ?? 0,
  }));
  const weeks = days
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
    isHidden: hiddenGroups(groups, least).has(code) || (groups.find((one) => one.code === code)?.people ?? 0) < least,
    outlook: forecast(
      weeks.map(({ share }) => share.share ?? 0),
      weeksAhead,
    ),
    forecastOn: today.add({ days: 7 * weeksAhead }),
    weeksAhead,
  };
}
