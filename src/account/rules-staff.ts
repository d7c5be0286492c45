import type { Owed, StaffRole } from "../kernel/actor.ts";
import { plainDate } from "../kernel/calendar.ts";
import type { Fault } from "../kernel/outcome.ts";
import { isPasswordOutlived } from "./rules.ts";
import type { Proof } from "./rules-proof.ts";

/** Names and roles of staff, and what they owe before they work. */

/** As used to sign in: small letters, digits, dots and dashes, 3 to 32 of them. */
export function parseUsername(text: string): string | undefined {
  const username = text.normalize("NFKC").trim().toLowerCase();
  return /^[a-z][a-z0-9._-]{2,31}$/.test(username) ? username : undefined;
}

export const staffRoles: readonly StaffRole[] = [
  "officer",
  "supervisor",
  "hotline",
  "coordinator",
  "leader",
  "auditor",
  "operator",
];

const atAnOffice: readonly StaffRole[] = ["officer", "supervisor"];

export interface RoleAsked {
  role: string;
  office?: string | undefined;
  unit?: string | undefined;
}

/** What is wrong with a role as asked for: officers and supervisors always belong to an office. */
export function roleFaults({ role, office }: RoleAsked): Fault[] {
  const known = staffRoles.find((one) => one === role);
  if (!known) return [{ field: "role", key: "role_unknown" }];
  return atAnOffice.includes(known) && !office ? [{ field: "office", key: "office_missing" }] : [];
}

const seconds: readonly Proof[] = ["authenticator", "passkey"];

/** Was this session proved by more than the password? */
export function hasSecondFactor(proofs: readonly string[]): boolean {
  return proofs.some((proof) => seconds.some((one) => one === proof));
}

/** The months that a password of somebody with these roles lives. */
export function monthsOf(roles: readonly { role: string }[], months: { operator: number; others: number }): number {
  return roles.some(({ role }) => role === "operator") ? months.operator : months.others;
}

/**
 * What a member of staff must do before anything else opens: show the second factor, or get one; then choose a password
 * in the place of the operator's or of one that has outlived its months.
 */
export function owedBy(
  member: { hasFactor: boolean; password_kind: string; password_set_on: string },
  proofs: readonly string[],
  months: number,
  now: Date,
): Owed | undefined {
  if (!hasSecondFactor(proofs)) return member.hasFactor ? "proof" : "factor";
  if (member.password_kind === "issued") return "password";
  return isPasswordOutlived(plainDate(member.password_set_on), now, months) ? "password" : undefined;
}
