import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { anyone } from "../kernel/actor.ts";
import { proveStaffCode } from "../staff-factor/prove-code.ts";
import { hasStaffFactor } from "../staff-factor/store.ts";
import { refusal, takeTryOrWait } from "./guard.ts";
import { isSecret } from "./hash-lane.ts";
import { deviceCookie, knownDevice, newDevice, staffMarks } from "./marks.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { secretOf } from "./rules-password.ts";
import type { Proof } from "./rules-proof.ts";
import { hasSecondFactor, parseUsername } from "./rules-staff.ts";
import { findStaffByUsername } from "./store-staff.ts";
import { clearWindow } from "./store-window.ts";

export interface StaffSignIn {
  username: string;
  password: string;
  /** Of the authenticator or a spare code. Without one, or before there is one, a half session begins. */
  code?: string | undefined;
  device: string;
  /** The cookie of a desk where this member signed in before. */
  deviceCookie?: string | undefined;
  now: Date;
}

export interface StaffSignedIn extends OpenedSession {
  deviceCookie: string;
  /** A second factor is still to be shown or to be got: until then the session opens only that. */
  isHalf: boolean;
}

/** Opens a staff session. A name that nobody has, and a member who left, are answered like a wrong password. */
export async function staffSignIn(house: House, asked: StaffSignIn): Promise<StaffSignedIn> {
  const { now, device } = asked;
  const username = parseUsername(asked.username) ?? "";
  const staff = await findStaffByUsername(house.db, username);
  const who = `staff:${staff?.staff_id ?? "0"}`;
  const desk = knownDevice(house, who, asked.deviceCookie);
  const window = { subjectMarks: staffMarks(house, username || asked.username), device: desk };
  const triesLeft = await takeTryOrWait(house, window, now);
  const known = staff?.is_active ? staff : undefined;
  const isRight = await isSecret(known?.password_hash, secretOf(asked.password), desk !== "");
  if (!known || !isRight) {
    const action = triesLeft > 0 ? "staff_sign_in_refused" : "staff_sign_in_locked";
    await record(house.db, { at: now, actor: anyone, action, purpose: "account" });
    throw refusal(triesLeft);
  }
  await clearWindow(house.db, window);
  const staffId = known.staff_id;
  const proofs = await proofsBy(house, staffId, asked);
  const isHalf = !hasSecondFactor(proofs);
  return inTransaction(house.db, async (tx) => {
    const session = await openSession(tx, { staffId }, { scope: "full", kind: "cookie", device, now, proofs });
    const actor = { kind: "staff", staffId, name: known.full_name, sessionId: session.sessionId, roles: [] } as const;
    const action = isHalf ? "staff_sign_in_begun" : "staff_sign_in";
    await record(tx, { at: now, actor, action, purpose: "account", detail: { by: [...proofs] } });
    return { ...session, isHalf, deviceCookie: deviceCookie(house, who, desk || newDevice()) };
  });
}

/** A code counts only where there is an authenticator: nobody is told that a member has none yet. */
async function proofsBy(house: House, staffId: string, { code, now }: StaffSignIn): Promise<Proof[]> {
  if (!code?.trim() || !(await hasStaffFactor(house.db, staffId))) return ["password"];
  await proveStaffCode(house, staffId, code, now);
  return ["password", "authenticator"];
}
