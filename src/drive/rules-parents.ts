import { plainDate } from "../kernel/calendar.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import { codeOf, isoDay, type ParsedUnit, parseUnit, type Unit, type UnitForm } from "./rules.ts";

/** What a unit stood under until a day, and moving it under another one. Pure. */
export interface PastParent {
  /** Null: it stood on top. */
  parentCode: string | null;
  /** ISO day, counted. */
  validTo: string;
}

export interface PlacedUnit extends ParsedUnit {
  /** The oldest first; undefined: not said, so that they stay as they are. */
  pastParents: PastParent[] | undefined;
}

/** A unit as in rules.ts, with what it stood under before. */
export function parsePlacedUnit(form: UnitForm): Outcome<PlacedUnit, Fault[]> {
  const parsed = parseUnit(form);
  if (!parsed.ok || form.past_parents === undefined) {
    return parsed.ok ? good({ ...parsed.value, pastParents: undefined }) : parsed;
  }
  const past = parsePastParents(form.past_parents, parsed.value.unit);
  return past.ok ? good({ ...parsed.value, pastParents: past.value }) : bad([past.faults]);
}

const ON_TOP = "-";

/** "HUYEN:30/06/2025 -:31/12/2025": codes with their last days, `-` for nothing above; spaces or + between. */
function parsePastParents(text: string, unit: Pick<Unit, "validFrom" | "validTo">): Outcome<PastParent[], Fault> {
  const past: PastParent[] = [];
  for (const part of text.split(/[\s+]+/u).filter(Boolean)) {
    const [, typed, day] = /^([^:]+):([^:]+)$/.exec(part) ?? [];
    const parentCode = typed === ON_TOP ? null : codeOf(typed);
    const validTo = isoDay(day ?? "");
    if (parentCode === undefined || !validTo) return bad({ field: "past_parents", key: "past_parents_shape" });
    past.push({ parentCode, validTo });
  }
  past.sort((a, b) => (a.validTo < b.validTo ? -1 : 1));
  const first = unit.validFrom;
  const isInOrder = past.every(({ validTo }, at) => validTo >= first && validTo !== past[at - 1]?.validTo);
  const isOver = past.some(({ validTo }) => unit.validTo !== null && validTo >= unit.validTo);
  return isInOrder && !isOver ? good(past) : bad({ field: "past_parents", key: "past_parents_days" });
}

interface Move {
  /** What it stands under until then; null: nothing. */
  from: string | null;
  to: string | null;
  /** As typed: the first day under the new one. */
  day: string;
  past: readonly PastParent[];
  unit: Pick<Unit, "validFrom" | "validTo">;
  today: string;
}

/** What a unit stood under before, once it is moved; a day that lies ahead is refused: pages show the tree of today. */
export function moved({ from, to, day, past, unit, today }: Move): Outcome<PastParent[], Fault> {
  const fault = (key: string) => bad({ field: "parent_from", key });
  const since = isoDay(day);
  if (!since) return fault("day_shape");
  if (from === to) return fault("move_same");
  if (since > today) return fault("move_ahead");
  const validTo = plainDate(since).subtract({ days: 1 }).toString();
  const last = past.at(-1);
  const isEarly = since <= unit.validFrom || (last !== undefined && last.validTo >= validTo);
  if (isEarly || (unit.validTo !== null && since > unit.validTo)) return fault("move_too_early");
  return good([...past, { parentCode: from, validTo }]);
}

/** The first day on which a unit stands under what it stands under now. */
export function standsSince({ validFrom }: Pick<Unit, "validFrom">, past: readonly PastParent[]): string {
  const last = past.at(-1);
  return last ? plainDate(last.validTo).add({ days: 1 }).toString() : validFrom;
}
