import { createHash, randomBytes } from "node:crypto";
import type { Db, Tx } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import type { Scope } from "./rules.ts";
import { elevatedUntil, isTwoFactor, type Proof } from "./rules-proof.ts";
import { HALF_SESSION_MINUTES, type SessionMinutes, sessionMinutes, staffFreshMinutes } from "./rules-session.ts";
import { hasSecondFactor } from "./rules-staff.ts";
import { insertSession, type NewSession, type Subject } from "./store-session.ts";
import { noteStaffSeen } from "./store-staff-review.ts";

/** The name under which a browser keeps its session. */
export const COOKIE = "vssid_session";

const TOKEN_BYTES = 32;
const MINUTE_MS = 60_000;
const tokenShape = /^[A-Za-z0-9_-]{43}$/;

export interface OpenedSession {
  /** Goes to the client once; only its hash is kept. */
  token: string;
  sessionId: string;
  expiresAt: Date;
}

interface Opening {
  scope: Scope;
  kind: "cookie" | "bearer";
  device: string;
  now: Date;
  /** By what they got in; two factors raise the session for its first minutes. Staff with one have a few minutes. */
  proofs?: readonly Proof[];
  /** What was switched on there ends when the session is signed out. */
  deviceMark?: Buffer | undefined;
}

export async function openSession(tx: Tx, subject: Subject, opening: Opening): Promise<OpenedSession> {
  const { row, opened } = await newSession(tx, subject, opening);
  await insertSession(tx, row);
  if ("staffId" in subject && hasSecondFactor(opening.proofs ?? [])) {
    await noteStaffSeen(tx, subject.staffId, dayOf(opening.now).toString());
  }
  return opened;
}

/** A session that is still to be written. `minutes`: where they were asked for already. */
export async function newSession(
  db: Db | Tx,
  subject: Subject,
  { scope, kind, device, now, proofs = [], deviceMark }: Opening,
  minutes?: SessionMinutes,
): Promise<{ row: NewSession; opened: OpenedSession }> {
  const { token, hash } = drawToken();
  const isStaff = "staffId" in subject;
  const { citizen, staff } = minutes ?? (await policyOn(db, sessionMinutes, dayOf(now)));
  const half = { idle: HALF_SESSION_MINUTES, whole: HALF_SESSION_MINUTES };
  const { idle, whole } = !isStaff ? citizen : hasSecondFactor(proofs) ? staff : half;
  const expiresAt = new Date(now.getTime() + whole * MINUTE_MS);
  const row: NewSession = {
    token_sha256: hash,
    subject_kind: isStaff ? "staff" : "citizen",
    person_id: isStaff ? null : subject.personId,
    staff_id: isStaff ? subject.staffId : null,
    scope,
    kind,
    created_at: now,
    seen_at: now,
    idle_until: new Date(now.getTime() + Math.min(idle, whole) * MINUTE_MS),
    ends_at: expiresAt,
    device,
    proofs: [...proofs],
    elevated_until: !isTwoFactor(proofs) ? null : isStaff ? await freshUntil(db, now) : elevatedUntil(now),
    device_mark: deviceMark ?? null,
  };
  return { row, opened: { token, sessionId: hash.toString("hex"), expiresAt } };
}

/** A token that nobody has had before, and what is kept of it. */
export function drawToken(): { token: string; hash: Buffer } {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  return { token, hash: hashOf(token) };
}

/** The end of the minutes for which a member's second factor counts as just shown. */
export async function freshUntil(db: Db | Tx, now: Date): Promise<Date> {
  return new Date(now.getTime() + (await policyOn(db, staffFreshMinutes, dayOf(now))) * MINUTE_MS);
}

/** The SHA-256 of a token, or undefined when the text cannot be one of ours. */
export function tokenHash(token: string | undefined): Buffer | undefined {
  return token && tokenShape.test(token) ? hashOf(token) : undefined;
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
