/** One territory as it stands on a day: the total, each unit with its share, and which of them are truly different. */
import type { House } from "../db/house.ts";
import type { PlainDate } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import {
  type Base,
  type Expected,
  expectedOf,
  leastShown,
  needsHelp,
  type Share,
  type Standing,
  shareOf,
  standingOf,
} from "./rules.ts";
import { hiddenGroups } from "./rules-hidden.ts";
import type { Counts, Moment } from "./rules-moments.ts";
import { type Sight, territoryOf, unitsUnder } from "./scopes.ts";
import { countsOn, rolledAt, type Target, targetsOf, type UnitRow } from "./store.ts";

export const KINDS = ["commune", "hamlet", "enterprise", "agency", "school", "district", "province"] as const;
export type Kind = (typeof KINDS)[number];

export interface Asked {
  territory: string | undefined;
  moment: Moment;
  base: Base;
  /** Undefined: the first kind there is. */
  kind: Kind | undefined;
}

export interface UnitLook extends UnitRow {
  now: Share;
  weekAgo: Share;
  monthAgo: Share;
  standing: Standing;
  target: Target | undefined;
}

export interface Look {
  territory: Sight["territories"][number];
  moment: Moment;
  base: Base;
  kind: Kind | undefined;
  /** How many units of each kind stand here. */
  kinds: readonly { kind: Kind; count: number }[];
  today: PlainDate;
  rolledAt: Date | undefined;
  counts: Counts;
  now: Share;
  weekAgo: Share;
  monthAgo: Share;
  target: Target | undefined;
  /** Too few people in all to show anything. */
  isTooSmall: boolean;
  /** Of the chosen kind, those that may be shown and have people; lowest share last. */
  units: readonly UnitLook[];
  /** Of the chosen kind: units whose figures are hidden, and units without people. */
  hidden: number;
  empty: number;
  expected: Expected | undefined;
}

const WEEK = 7;

export async function lookAt(house: House, sight: Sight, asked: Asked, today: PlainDate): Promise<Look> {
  const { db } = house;
  const { moment, base } = asked;
  const territory = territoryOf(sight, asked.territory);
  const all = unitsUnder(sight, territory.code);
  const kinds = kindsIn(all);
  const kind = kinds.find((one) => one.kind === asked.kind)?.kind ?? kinds[0]?.kind;
  const ofKind = all.filter((unit) => unit.kind === kind);
  const days = [0, WEEK, 4 * WEEK].map((back) => today.subtract({ days: back }).toString());
  const [day = "", weekBefore = "", monthBefore = ""] = days;
  const scopes = [territory.code, ...ofKind.map(({ code }) => code)];
  const [counts, people, targets, least, rolled] = await Promise.all([
    countsOn(db, scopes, days),
    countsOn(
      db,
      all.map(({ code }) => code),
      [day],
    ),
    targetsOf(db, scopes),
    policyOn(db, leastShown, today),
    rolledAt(db),
  ]);
  const peopleOf = (code: string) => people.get(`${code} ${day}`)?.people ?? 0;
  const hidden = hiddenGroups(
    all.map(({ code, parent }) => ({ code, parent, people: peopleOf(code) })),
    least,
  );
  const shareOn = (code: string, headcount: number | null, on: string) =>
    shareOf(counts.get(`${code} ${on}`) ?? nobody, moment, headcount, base);
  const targetOf = (code: string) => targets.find((one) => one.scopeCode === code && one.moment === moment);
  const shown = ofKind
    .filter(({ code }) => !hidden.has(code) && peopleOf(code) > 0)
    .map((unit) => ({
      ...unit,
      now: shareOn(unit.code, unit.headcount, day),
      weekAgo: shareOn(unit.code, unit.headcount, weekBefore),
      monthAgo: shareOn(unit.code, unit.headcount, monthBefore),
      target: targetOf(unit.code),
    }));
  const expected = expectedOf(shown.map(({ now }) => now));
  const own = counts.get(`${territory.code} ${day}`) ?? nobody;
  return {
    territory,
    moment,
    base,
    kind,
    kinds,
    today,
    rolledAt: rolled,
    counts: own,
    now: shareOn(territory.code, territory.headcount, day),
    weekAgo: shareOn(territory.code, territory.headcount, weekBefore),
    monthAgo: shareOn(territory.code, territory.headcount, monthBefore),
    target: targetOf(territory.code),
    isTooSmall: own.people < least,
    units: shown
      .map((unit) => ({ ...unit, standing: expected ? standingOf(unit.now, expected) : ("expected" as const) }))
      .sort((a, b) => (b.now.share ?? 0) - (a.now.share ?? 0) || (a.name < b.name ? -1 : 1)),
    hidden: ofKind.filter(({ code }) => hidden.has(code) && peopleOf(code) > 0).length,
    empty: ofKind.filter(({ code }) => peopleOf(code) === 0).length,
    expected,
  };
}

const kindsIn = (units: readonly UnitRow[]) =>
  KINDS.map((kind) => ({ kind, count: units.filter((unit) => unit.kind === kind).length })).filter(
    ({ count }) => count > 0,
  );

export const nobody: Counts = { people: 0, declared: 0, handed_in: 0, approved: 0, signed_in: 0, installed: 0 };

/** Those truly below what is expected, the farthest first. */
export function inNeed({ units, expected }: Pick<Look, "units" | "expected">): UnitLook[] {
  if (!expected) return [];
  const distance = ({ now }: UnitLook) => ((now.share ?? 0) - expected.overall) * Math.sqrt(now.of);
  return units.filter(({ standing }) => needsHelp(standing)).toSorted((a, b) => distance(a) - distance(b));
}
