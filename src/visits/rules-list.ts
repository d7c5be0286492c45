/** What the list of one year shows: narrowed to a facility, cut into pages by cursor, on one scale. Pure. */
import type { Costs } from "./rules.ts";
import { shownCosts } from "./rules.ts";

export interface Asked {
  year: number | undefined;
  /** Code of the facility; undefined: all. */
  facility: string | undefined;
  /** Admission and id of the last visit of the page before. */
  after: { admittedAt: string; visitId: string } | undefined;
}

/** A visit as far as the list sorts and narrows it. */
export interface Listed {
  visitId: string;
  admittedAt: string;
  facilityCode: string;
  facilityName: string;
  isSensitive: boolean;
  costs: Costs;
}

export const PAGE_SIZE = 20;

export interface ListPage<V> {
  visits: V[];
  /** Place of the first one in the whole list, from 1. */
  first: number;
  total: number;
  /** After which visit the neighbouring pages begin; "start": at the top; undefined: there is none. */
  older: V | undefined;
  newer: V | "start" | undefined;
}

/** `visits` newest first. A cursor whose visit is gone begins where it would have stood. */
export function pageOf<V extends Listed>(visits: readonly V[], after: Asked["after"], size = PAGE_SIZE): ListPage<V> {
  const behind = after ? visits.findIndex((visit) => isAfter(visit, after)) : 0;
  const start = behind === -1 ? visits.length : behind;
  const shown = visits.slice(start, start + size);
  const before = start - size;
  return {
    visits: shown,
    first: start + 1,
    total: visits.length,
    older: start + size < visits.length ? shown.at(-1) : undefined,
    newer: start === 0 ? undefined : (visits[before - 1] ?? "start"),
  };
}

function isAfter(visit: Listed, { admittedAt, visitId }: NonNullable<Asked["after"]>): boolean {
  return visit.admittedAt < admittedAt || (visit.admittedAt === admittedAt && visit.visitId > visitId);
}

export interface FacilityChoice {
  code: string;
  name: string;
  visits: number;
}

/** Facilities of the year, most visited first. A private visit tells not even where it was. */
export function facilitiesOf(visits: readonly Listed[]): FacilityChoice[] {
  const found = new Map<string, FacilityChoice>();
  for (const { facilityCode: code, facilityName: name, isSensitive } of visits) {
    if (isSensitive) continue;
    const choice = found.get(code) ?? { code, name, visits: 0 };
    found.set(code, { ...choice, visits: choice.visits + 1 });
  }
  return [...found.values()].toSorted((a, b) => b.visits - a.visits || a.name.localeCompare(b.name, "vi"));
}

/** The dearest visit in whole đồng: every bar of the year is drawn against it, whatever page or facility is shown. */
export function longestOf(visits: readonly Listed[]): bigint {
  const totals = visits.map(({ costs }) => shownCosts(costs).total);
  return totals.toSorted((a, b) => (a < b ? 1 : -1))[0] ?? 0n;
}

/** "Of ten đồng the fund paid about n", for those who do not read amounts; nothing where it would mislead. */
export function tenthsOf(part: bigint, total: bigint): number | undefined {
  if (total <= 0n || part <= 0n || part >= total) return undefined;
  const tenths = Number((part * 20n + total) / (total * 2n));
  return tenths >= 1 && tenths <= 9 ? tenths : undefined;
}
