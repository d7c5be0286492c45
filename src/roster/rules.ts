/** Lists of a unit's people: stages, filters, what a list is called. Pure. */
import type { CellFault } from "./rules-cells.ts";

export const MATCHES = ["found", "differs", "several", "none"] as const;
export type Match = (typeof MATCHES)[number];
export const DIFFERENCES = ["name", "birth", "number", "number_missing"] as const;
export type Differing = (typeof DIFFERENCES)[number];
export const BASES = ["duty", "consent"] as const;
/** Luật 91/2025/QH15: on what the unit may send its people's data here. */
export type Basis = (typeof BASES)[number];

export type LineReason = CellFault | "repeated" | "on_list_already";

/** Counted apart and never mixed: each has its own column and its own count. */
export const MOMENTS = ["declared", "handed_in", "approved", "signed_in", "installed"] as const;
export type Moment = (typeof MOMENTS)[number];
export type Moments = Record<Moment, Date | null>;

/** What is left to do first: the furthest moment that has come, as a place from 0 (nothing) to 5 (installed). */
export const STAGES = ["to_declare", "to_hand_in", "to_approve", "to_sign_in", "to_install", "done"] as const;
export type Stage = (typeof STAGES)[number];

export function stageOf(moments: Moments): Stage {
  const furthest = MOMENTS.findLastIndex((moment) => moments[moment] !== null);
  return STAGES[furthest + 1] ?? "to_declare";
}

export const FILTERS = [...STAGES, "unclear"] as const;
export type Filter = (typeof FILTERS)[number];

export const readFilter = (text: string | undefined): Filter | undefined => FILTERS.find((one) => one === text);

export const REASON_AT_MOST = 300;
export const ROWS_MAX = 200_000;
export const UPLOAD_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Refused lines of a whole list count as present: once they are forgotten, nobody knows any more who is missing from it.
 */
export const isTooOldToEnd = (list: { refused: number; at: Date }, now: Date, keptDays: number): boolean =>
  list.refused > 0 && now.getTime() - list.at.getTime() > keptDays * 86_400_000;

export interface RosterUnit {
  code: string;
  name: string;
  kind: string;
  parentCode: string | null;
  officeCode: string;
}

/**
 * Whose names a coordinator sees: their own units, and the hamlets of their commune, which have no office of their
 * own. An enterprise or school below is a unit that sees its people itself.
 */
export function namedUnits(units: readonly RosterUnit[], own: readonly string[]): RosterUnit[] {
  const isOwn = (code: string | null) => code !== null && own.includes(code);
  return units
    .filter(({ code, kind, parentCode }) => isOwn(code) || (kind === "hamlet" && isOwn(parentCode)))
    .toSorted((a, b) => Number(isOwn(b.code)) - Number(isOwn(a.code)) || a.name.localeCompare(b.name, "vi"));
}
