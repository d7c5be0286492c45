/**
 * A code is not a name: 52 was Bình Định to 30/06/2025 and is Gia Lai since (QĐ 19/2025/QĐ-TTg).
 * What a province or an office was called on a day, and what it is called now. docs/laws/old-names.md.
 */
import type { Clause } from "../kernel/laws.ts";

export interface NamedUnit {
  code: string;
  name: string;
  /** ISO days, both counted; no `to` while it exists. */
  from: string;
  to: string | undefined;
  /** Code of what took over. */
  next: string | undefined;
}

export const provinceClause: Clause = { act: "units19" };
export const officeClause: Clause = { act: "offices2286" };

/**
 * The name on a day.
 * @law old-names
 */
export function nameOn(units: readonly NamedUnit[], code: string, day: string): string | undefined {
  return unitOn(units, code, day)?.name;
}

/**
 * The name on a day and, when it is another by now, today's: Bình Định, now Gia Lai.
 * @law old-names
 */
export function nameThenAndNow(
  units: readonly NamedUnit[],
  code: string,
  day: string,
  today: string,
): { was: string; isNow: string | undefined } | undefined {
  const was = unitOn(units, code, day);
  if (!was) return undefined;
  let last = was;
  for (let steps = 0; last.to !== undefined && last.to < today && steps < units.length; steps += 1) {
    const end = last.to;
    const next = units.find((unit) => unit.code === (last.next ?? last.code) && unit.from > end);
    if (!next) break;
    last = next;
  }
  return { was: was.name, isNow: last.name === was.name ? undefined : last.name };
}

/**
 * The code that was in force on a day, of what is `code` by now: an office is known by today's code. Undefined where
 * it took over several: which of them it was then is not known.
 * @law old-names
 */
export function codeOn(units: readonly NamedUnit[], code: string, day: string): string | undefined {
  if (unitOn(units, code, day)) return code;
  const [before, ...others] = units.filter((unit) => unit.next === code && isThereOn(unit, day));
  return others.length > 0 ? undefined : before?.code;
}

function unitOn(units: readonly NamedUnit[], code: string, day: string): NamedUnit | undefined {
  return units.find((unit) => unit.code === code && isThereOn(unit, day));
}

const isThereOn = ({ from, to }: NamedUnit, day: string) => from <= day && (to === undefined || day <= to);
