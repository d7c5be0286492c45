/** Whose record is it? Every number that is known must name one person, and name and year must agree. */
import { bad, good, type Outcome } from "../kernel/outcome.ts";

export interface Named {
  /** As keyOf writes them. */
  keys: readonly string[];
  foldedName: string;
  birthYear: number;
}

export interface Holder {
  personId: string;
  foldedName: string;
  birthYear: number;
}

export type PersonsByKey = ReadonlyMap<string, Holder>;
export const keyOf = ({ kind, key }: { kind: string; key: string }): string => `${kind} ${key}`;

export function keyFrom(text: string): { kind: string; key: string } {
  const at = text.indexOf(" ");
  return { kind: text.slice(0, at), key: text.slice(at + 1) };
}

export function matchPerson(
  claim: Named,
  known: PersonsByKey,
): Outcome<string, "person_unknown" | "person_conflict" | "person_mismatch"> {
  let holder: Holder | undefined;
  for (const key of claim.keys) {
    const found = known.get(key);
    if (!found) continue;
    if (holder && holder.personId !== found.personId) return bad("person_conflict");
    holder = found;
  }
  if (!holder) return bad("person_unknown");
  const isSame = holder.foldedName === claim.foldedName && holder.birthYear === claim.birthYear;
  return isSame ? good(holder.personId) : bad("person_mismatch");
}
