/** The life of an account at the counter: grounds, and what may follow what. Pure. */

/** Why an officer closes an account: the person asked, the account is abused, or there are two of one person. */
export const CLOSE_GROUNDS = ["asked", "abused", "double"] as const;
export type CloseGrounds = (typeof CLOSE_GROUNDS)[number];

export type EventKind =
  | "phone_changed"
  | "email_changed"
  | "address_changed"
  | "change_stopped"
  | "stopped"
  | "closed"
  | "reopened"
  | "factors_removed";

/** What may be done at the counter with an account in this state. */
export function actsOn(status: string): readonly ("reissue" | "phone" | "close" | "reopen" | "factors")[] {
  return status === "active" ? ["reissue", "phone", "factors", "close"] : ["reopen"];
}

export const groundsOf = (text: string | undefined) => CLOSE_GROUNDS.find((one) => one === text);

/** Why an account is opened at the counter. */
export const REASONS = ["phone", "access", "close", "reopen", "check"] as const;
export type Reason = (typeof REASONS)[number];
export const reasonOf = (text: string | undefined) => REASONS.find((one) => one === text);
