import { compareNames } from "../kernel/names.ts";
import type { IdPaperKind } from "../kernel/numbers.ts";
import { type Answers, isSameBirth } from "./rules-answers.ts";

/** What the register holds of the person that a number leads to. */
export interface Known {
  personId: string;
  fullName: string;
  birthOn: string;
  birthPrecision: "day" | "month" | "year";
}

/** `unmatched` tells a stranger nothing: the number may be unknown, or may belong to somebody else. */
export type RegisterMatch = "matched" | "unmatched";

/** The register's name for the number of an ID paper. */
export const keyKindOf: Record<IdPaperKind, "personal_id" | "cmnd" | "passport"> = {
  cccd: "personal_id",
  cmnd: "cmnd",
  passport: "passport",
};

/** Do all the numbers lead to one person, of this name and this birth date? The officer decides what follows. */
export function matchRegister(answers: Answers, found: readonly Known[]): RegisterMatch {
  const [person, ...others] = found;
  const { name, birth } = answers;
  if (!person || !name || !birth || others.some((other) => other.personId !== person.personId)) return "unmatched";
  const difference = compareNames(name.full, person.fullName);
  if (difference === "real" || difference === "missing_one_side") return "unmatched";
  return isSameBirth(birth, { on: person.birthOn, precision: person.birthPrecision }) ? "matched" : "unmatched";
}
