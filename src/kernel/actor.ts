import type { PlainDate } from "./calendar.ts";

/** Who does something. Ids are text: they are bigint in the database and never counted with. */
export type Actor = Anyone | Citizen | Staff | System;

export interface Anyone {
  kind: "anyone";
}

export interface Citizen {
  kind: "citizen";
  personId: string;
  /** change_password: signed in with an issued or outlived password; only the change page opens. */
  scope: "full" | "change_password";
  /** SHA-256 of the session token, hex: names the session, opens nothing. */
  sessionId: string;
  /** The last day of the password, while the person is being warned of it. */
  passwordEndsOn?: PlainDate | undefined;
  /** The password was set again by SMS alone: until then no change of contact and no act for others. */
  limitedUntil?: Date | undefined;
}

export type StaffRole = "officer" | "supervisor" | "hotline" | "coordinator" | "leader" | "auditor" | "operator";

export interface Staff {
  kind: "staff";
  staffId: string;
  name: string;
  sessionId: string;
  roles: readonly { role: StaffRole; officeCode?: string; unitCode?: string }[];
}

/** The worker's own deeds: lapses, reminders. */
export interface System {
  kind: "system";
}

export const anyone: Anyone = { kind: "anyone" };
export const system: System = { kind: "system" };

/** The offices in which a member of staff holds a role. */
export function officesOf(staff: Staff, role: StaffRole): string[] {
  return staff.roles.flatMap((held) => (held.role === role && held.officeCode ? [held.officeCode] : []));
}
