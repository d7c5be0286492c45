import type { StaffRole } from "../kernel/actor.ts";
import type { Fault } from "../kernel/outcome.ts";

/** Names and roles of staff. */

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
