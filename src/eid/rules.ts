import { parsePersonalId } from "../kernel/numbers.ts";

/** What an answer of the identity provider must hold before anybody is let in. Pure. */

const MINUTE_MS = 60_000;
/** Who went to the provider comes back within this time. */
export const REQUEST_MS = 10 * MINUTE_MS;
export const ANSWER_SECONDS = 5;
/** Who proves themselves by it must have signed in there within this time. */
export const PROOF_SECONDS = 300;

export interface ClaimNames {
  numberClaim: string;
  levelClaim: string;
  levels: readonly string[];
  leastLevel: string;
}

export type Identified = { number: string } | "low" | "unreadable";

/** The 12 digits of whoever signed in there, when they were identified well enough. */
export function readClaims(claims: Record<string, unknown>, names: ClaimNames): Identified {
  const given = names.levels.indexOf(String(claims[names.levelClaim] ?? ""));
  if (given < names.levels.indexOf(names.leastLevel)) return "low";
  const number = parsePersonalId(String(claims[names.numberClaim] ?? ""));
  return number ? { number } : "unreadable";
}
