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

/** The link's number and every column of the event, in a fixed order: what is hashed. The database can say it too (`chunkAfter`). */
export const linkText = (linkNo: string, event: ChainedEvent): string =>
  JSON.stringify([
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

/** SHA-256 of the previous hash and the link's text. */
export function linkHash(previous: Buffer, linkNo: string, event: ChainedEvent): Buffer {
  return hash("sha256", Buffer.concat([previous, Buffer.from(linkText(linkNo, event))]), "buffer");
}

const HASH_BYTES = 32;
/** Grows to the longest text; nothing is awaited while it is in use. */
let scratch = Buffer.alloc(4096);

/**
 * How many of `texts`, from the first on, have the hash that stands beside them (hex), each behind the one before;
 * `head` (hex) stands before the first.
 */
export function fittingLinks(head: string, texts: readonly string[], hashes: readonly string[]): number {
  let previous = head;
  let at = 0;
  for (const text of texts) {
    const most = HASH_BYTES + text.length * 3;
    if (scratch.length < most) scratch = Buffer.alloc(most);
    scratch.write(previous, "hex");
    const length = HASH_BYTES + scratch.write(text, HASH_BYTES);
    const said = hashes[at];
    if (said === undefined || hash("sha256", scratch.subarray(0, length), "hex") !== said) return at;
    previous = said;
    at += 1;
  }
  return at;
}
