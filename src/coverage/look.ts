/** One territory as it stands on a day: the total, each unit with its share, and which of them are truly different. */
import type { House } from "../db/house.ts";
import type { UnitRow } from "../drive/store-scope.ts";
import type { PlainDate } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import {
  type Base,
  type Come,
  comeOf,
  type Expected,
  expectedOf,
  leastShown,
  needsHelp,
  type Share,
  type Standing,
  shareOf,
  shareOfCome,
  shareThen,
  standingOf,
} from "./rules.ts";
import { hiddenGroups } from "./rules-hidden.ts";
import type { Counts, Moment } from "./rules-moments.ts";
import { type Sight, territoryOf, unitsUnder } from "./scopes.ts";
import { comeOn, countsOn, rolledAt, type Target, targetsOf } from "./store.ts";

export const KINDS = ["commune", "hamlet", "enterprise", "agency", "school", "district", "province"] as const;
export type Kind = (typeof KINDS)[number];

export interface Asked {
  territory: string | undefined;
  moment: Moment;
  base: Base;
  /** Undefined: the first kind there is. */
  kind: Kind | undefined;
  /** How many units are shown in rows, with what they were four weeks ago. */
  rowsAtMost?: number | undefined;
}

export interface UnitLook extends UnitRow {
  now: Share;
  standing: Standing;
  target: Target | undefined;
}

export interface RowLook extends UnitLook {
  monthAgo: Share;
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
  /** Groups of fewer people are hidden. */
  least: number;
  /** Too few people in all to show anything. */
  isTooSmall: boolean;
  /** Of the chosen kind, those that may be shown and have people; lowest share last. */
  units: readonly UnitLook[];
  /** All of them, or those that differ and the largest, in their order. */
  rows: readonly RowLook[];
  /** Of the chosen kind: units whose figures are hidden, and units without people. */
  hidden: number;
  empty: number;
  expected: Expected | undefined;
}

const WEEK = 7;
const ROWS_AT_MOST = 150;

export async function lookAt(house: House, sight: Sight, asked: Asked, today: PlainDate): Promise<Look> {
  const { db } = house;
  const { moment, base, rowsAtMost = ROWS_AT_MOST } = asked;
  const territory = territoryOf(sight, asked.territory);
  const all = unitsUnder(sight, territory.code);
  const kinds = kindsIn(all);
  const kind = kinds.find((one) => one.kind === asked.kind)?.kind ?? kinds[0]?.kind;
  const ofKind = all.filter((unit) => unit.kind === kind);
  const days = [0, WEEK, 4 * WEEK].map((back) => today.subtract({ days: back }).toString());
  const [day = "", weekBefore = "", monthBefore = ""] = days;
  const codesOf = (units: readonly UnitRow[]) => units.map(({ code }) => code);
  const [counts, presentOf, targets, least, rolled] = await Promise.all([
    countsOn(db, [territory.code], days),
    comeOn(db, codesOf(all), moment, day),
    targetsOf(db, [territory.code, ...codesOf(ofKind)]),
    policyOn(db, leastShown, today),
    rolledAt(db),
  ]);
  const peopleOf = (code: string) => presentOf.get(code)?.people ?? 0;
  const hidden = hiddenGroups(
    all.map(({ code, parent }) => ({ code, parent, people: peopleOf(code) })),
    least,
  );
  const targetOf = new Map(targets.flatMap((one) => (one.moment === moment ? [[one.scopeCode, one] as const] : [])));
  const shown = ofKind
    .filter(({ code }) => !hidden.has(code) && peopleOf(code) > 0)
    .map((unit) => ({
      ...unit,
      now: shareOfCome(presentOf.get(unit.code) ?? NONE, unit.headcount, base),
      target: targetOf.get(unit.code),
    }));
  const countsOf = (on: string) => counts.get(`${territory.code} ${on}`) ?? nobody;
  const shareBefore = (on: string) => shareThen(comeOf(countsOf(on), moment), territory.headcount, base, least);
  const expected = expectedOf(shown.map(({ now }) => now));
  const units = shown
    .map((unit) => ({ ...unit, standing: expected ? standingOf(unit.now, expected) : ("expected" as const) }))
    .sort((a, b) => (b.now.share ?? 0) - (a.now.share ?? 0) || (a.name < b.name ? -1 : 1));
  const chosen = chosenOf(units, rowsAtMost);
  const pastOf = await comeOn(db, codesOf(chosen), moment, monthBefore);
  return {
    territory,
    moment,
    base,
    kind,
    kinds,
    today,
    rolledAt: rolled,
    counts: countsOf(day),
    now: shareOf(countsOf(day), moment, territory.headcount, base),
    weekAgo: shareBefore(weekBefore),
    monthAgo: shareBefore(monthBefore),
    target: targetOf.get(territory.code),
    least,
    isTooSmall: countsOf(day).people < least,
    units,
    rows: chosen.map((unit) => ({
      ...unit,
      monthAgo: shareThen(pastOf.get(unit.code) ?? NONE, unit.headcount, base, least),
    })),
    hidden: ofKind.filter(({ code }) => hidden.has(code) && peopleOf(code) > 0).length,
    empty: ofKind.filter(({ code }) => peopleOf(code) === 0).length,
    expected,
  };
}

/** All of them, or those that differ and the largest, in their order. */
function chosenOf(units: readonly UnitLook[], most: number): readonly UnitLook[] {
  if (units.length <= most) return units;
  const differs = units.filter(({ standing }) => standing !== "expected");
  const rest = units.filter(({ standing }) => standing === "expected").toSorted((a, b) => b.now.of - a.now.of);
  const kept = new Set([...differs, ...rest].slice(0, most));
  return units.filter((unit) => kept.has(unit));
}

const NONE: Come = { people: 0, come: 0 };

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
