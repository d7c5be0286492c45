import { hash } from "node:crypto";

/** The hash before the first link. */
export const GENESIS = Buffer.alloc(32);

/** One look or change, as it is written. */
export interface AuditRow {
  at: Date;
  actor_kind: string;
  actor_id: string | null;
  action: string;
  purpose: string;
  person_id: string | null;
  object_kind: string | null;
  object_id: string | null;
  office_code: string | null;
  detail: Record<string, string | number | boolean | string[]>;
}

/** A written event, its detail as the database prints it: the same text whoever reads it. */
export interface ChainedEvent extends Omit<AuditRow, "detail"> {
  event_id: string;
  detail: string;
}

/** SHA-256 of the previous hash, the link's number and every column of the event, in a fixed order. */
export function linkHash(previous: Buffer, linkNo: string, event: ChainedEvent): Buffer {
  const text = JSON.stringify([
    linkNo,
    event.event_id,
    event.at.toISOString(),
    event.actor_kind,
    event.actor_id,
    event.action,
    event.purpose,
    event.person_id,
    event.object_kind,
    event.object_id,
    event.office_code,
    event.detail,
  ]);
  const bytes = Buffer.allocUnsafe(previous.length + Buffer.byteLength(text));
  previous.copy(bytes);
  bytes.write(text, previous.length);
  return hash("sha256", bytes, "buffer");
}
