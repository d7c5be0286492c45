import type { AuditEntry } from "../audit/record.ts";
import type { Reader } from "../kernel/actor.ts";

/** A person's look at the record that they read: their own, or that of whom they act for. */
export interface OwnLook extends AuditEntry {
  personId: string;
}

export function ownLook(actor: Reader, action: string, now: Date, object?: AuditEntry["object"]): OwnLook {
  const look = { at: now, actor, action, purpose: "own_record", personId: actor.personId };
  return object ? { ...look, object } : look;
}
