import { createHash, randomBytes } from "node:crypto";
import type { Tx } from "../db/house.ts";
import { type Scope, sessionLimits } from "./rules.ts";
import { insertSession, type Subject } from "./store-session.ts";

/** The name under which a browser keeps its session. */
export const COOKIE = "vssid_session";

const TOKEN_BYTES = 32;
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
}

export async function openSession(
  tx: Tx,
  subject: Subject,
  { scope, kind, device, now }: Opening,
): Promise<OpenedSession> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const hash = hashOf(token);
  const isStaff = "staffId" in subject;
  const limits = isStaff ? sessionLimits.staff : sessionLimits.citizen;
  const expiresAt = new Date(now.getTime() + limits.wholeMs);
  await insertSession(tx, {
    token_sha256: hash,
    subject_kind: isStaff ? "staff" : "citizen",
    person_id: isStaff ? null : subject.personId,
    staff_id: isStaff ? subject.staffId : null,
    scope,
    kind,
    created_at: now,
    seen_at: now,
    idle_until: new Date(now.getTime() + limits.idleMs),
    ends_at: expiresAt,
    device,
  });
  return { token, sessionId: hash.toString("hex"), expiresAt };
}

/** The SHA-256 of a token, or undefined when the text cannot be one of ours. */
export function tokenHash(token: string | undefined): Buffer | undefined {
  return token && tokenShape.test(token) ? hashOf(token) : undefined;
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
