/** Proving oneself again, before what a thief of a session would do first: pure figures and choices. */

export const PROOFS = ["password", "passkey", "authenticator", "code", "eid"] as const;
/** `code`: sent to the telephone on file. `eid`: the national electronic identity. */
export type Proof = (typeof PROOFS)[number];

const MINUTE_MS = 60_000;
/** After proving oneself, delicate changes stay open this long. */
export const ELEVATED_MINUTES = 10;

export function elevatedUntil(now: Date): Date {
  return new Date(now.getTime() + ELEVATED_MINUTES * MINUTE_MS);
}

/** Something held and something that only its holder can do, in one: a passkey with its screen lock, the eID. */
export const STRONG: readonly Proof[] = ["passkey", "eid"];

export function isStrong(proofs: readonly Proof[]): boolean {
  return proofs.some((proof) => STRONG.includes(proof));
}

/**
 * Whoever set the password again by SMS was the owner: the same session knows that password and has shown what no stolen
 * SIM brings. A passkey alone says nothing of it: its owner may not know yet what somebody did with the SIM.
 */
export function vouchesForReset(proofs: readonly Proof[]): boolean {
  return isStrong(proofs) && proofs.includes("password");
}

/** Does this open what a second way in decides on: the telephone? One strong proof, or two of different kinds. */
export function isTwoFactor(proofs: readonly Proof[]): boolean {
  return isStrong(proofs) || new Set(proofs).size >= 2;
}
