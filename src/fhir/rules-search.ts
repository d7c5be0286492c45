/** What a FHIR search may ask of a list: how many a page, changed since when, from which cursor. Pure. */
import { bad, good, type Outcome } from "../kernel/outcome.ts";

export const COUNT_DEFAULT = 20;
/** More than this is not refused: the page is shorter, and `next` leads on (FHIR R4, 3.1.1.4.5). */
export const COUNT_MAX = 50;

export interface Bound {
  is: ">=" | ">" | "<=" | "<";
  at: Date;
}

export interface SearchAsked {
  /** 0: only how many there are. */
  count: number;
  updated: Bound[];
}

/** The parameter that cannot be read. */
export type Unread = "_count" | "_lastUpdated";

export function parseSearch(count: string | undefined, updated: readonly string[]): Outcome<SearchAsked, Unread> {
  if (count !== undefined && !/^\d{1,9}$/.test(count)) return bad("_count");
  const bounds = updated.map(boundOf);
  const known = bounds.filter((bound) => bound !== undefined);
  if (known.length < bounds.length) return bad("_lastUpdated");
  return good({
    count: Math.min(count === undefined ? COUNT_DEFAULT : Number(count), COUNT_MAX),
    updated: known.flat(),
  });
}

const DAY = 24 * 60 * 60 * 1000;

/** "ge2026-11-01", "lt2026-11-26T08:00:00+07:00", "2026-11-01" (that day); a day is one of Viet Nam. */
function boundOf(text: string): Bound[] | undefined {
  const [, prefix = "eq", day, time] =
    /^(eq|ge|gt|le|lt|sa|eb)?(\d{4}-\d\d-\d\d)(T\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d))?$/.exec(text) ?? [];
  const from = new Date(`${day}${time ?? "T00:00:00+07:00"}`);
  if (Number.isNaN(from.getTime())) return undefined;
  const end = new Date(from.getTime() + (time ? 1 : DAY));
  switch (prefix) {
    case "ge":
      return [{ is: ">=", at: from }];
    case "lt":
    case "eb":
      return [{ is: "<", at: from }];
    case "gt":
    case "sa":
      return [{ is: ">=", at: end }];
    case "le":
      return [{ is: "<", at: end }];
    default:
      return [
        { is: ">=", at: from },
        { is: "<", at: end },
      ];
  }
}
