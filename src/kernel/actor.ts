import type { PlainDate } from "./calendar.ts";

/** Who does something. Ids are text: they are bigint in the database and never counted with. */
export type Actor = Anyone | Citizen | Staff | Facility | System;

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
  /**
   * The password was set again by SMS alone, and this session has shown nothing stronger: until then nothing of health,
   * no change of contact or of ways in, no act for others.
   */
  limitedUntil?: Date | undefined;
  /** When the session ends if nothing more is asked for, to the minute. */
  unusedUntil?: Date | undefined;
  /** The child or ward for whom this guardian acts now; checked with the session. */
  actingFor?: Ward | undefined;
}

/** Somebody for whom a guardian may act, as of the moment of the check. */
export interface Ward {
  personId: string;
  publicId: string;
  name: string;
  /** mother, father, adoptive_parent, guardian: what the guardian is to them. */
  relation: string;
  /** The child is old enough that private visits are not shown to guardians. */
  hidesSensitive: boolean;
  /** From here on nothing of this holds; undefined: no end is known. */
  until: Date | undefined;
}

/** Whose record is read, and by whom: `personId` is the owner's, `readBy` the reader's, the same unless acting for. */
export interface Reader extends Citizen {
  readBy: string;
  hidesSensitive: boolean;
}

/** Whoever sits in the session of this citizen may be a thief of the SIM. */
export function isLimitedAt({ limitedUntil }: Pick<Citizen, "limitedUntil">, now: Date): boolean {
  return limitedUntil !== undefined && now < limitedUntil;
}

/** Whose facts a read takes, and whether those are left out which are shown to nobody but the owner. */
export type RecordOwner = Pick<Reader, "personId" | "hidesSensitive">;

export type StaffRole = "officer" | "supervisor" | "hotline" | "coordinator" | "leader" | "auditor" | "operator";

export interface Staff {
  kind: "staff";
  staffId: string;
  name: string;
  sessionId: string;
  /** None while something is owed. */
  roles: readonly { role: StaffRole; officeCode?: string; unitCode?: string }[];
  /** What must be done before anything else opens; undefined: nothing. */
  owes?: Owed | undefined;
  /** Until then the second factor counts as just shown. */
  provedUntil?: Date | undefined;
  /** When the session ends if nothing more is asked for, to the minute. */
  unusedUntil?: Date | undefined;
}

/** factor: has none yet; proof: has one and has not shown it in this session; password: the operator's, or outlived. */
export type Owed = "factor" | "proof" | "password";

/** A care facility's program, with a token that an operator made for it. */
export interface Facility {
  kind: "facility";
  facilityCode: string;
  tokenId: string;
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

/** The offices in whose files and records a member of staff works. */
export function officesAtWork(staff: Staff): string[] {
  return [...new Set([...officesOf(staff, "officer"), ...officesOf(staff, "supervisor")])];
}

/** Where staff begin their work: a page that their roles may open. */
export function homeOfStaff(roles: Staff["roles"]): string {
  const holds = (...some: StaffRole[]) => roles.some(({ role }) => some.includes(role));
  if (roles.length === 0 || holds("officer", "supervisor")) return "/console";
  if (holds("coordinator", "leader")) return "/console/units";
  return holds("hotline") ? "/console/hotline" : "/console/me";
}
