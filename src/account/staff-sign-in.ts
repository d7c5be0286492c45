import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { anyone } from "../kernel/actor.ts";
import { refusal, takeTryOrWait } from "./guard.ts";
import { isSecret } from "./hash-lane.ts";
import { deviceCookie, knownDevice, newDevice, staffMark } from "./marks.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { secretOf } from "./rules-password.ts";
import { parseUsername } from "./rules-staff.ts";
import { clearWindow } from "./store.ts";
import { findStaffByUsername } from "./store-staff.ts";

export interface StaffSignIn {
  username: string;
  password: string;
  device: string;
  /** The cookie of a desk where this member signed in before. */
  deviceCookie?: string | undefined;
  now: Date;
}

export interface StaffSignedIn extends OpenedSession {
  deviceCookie: string;
}

/** Opens a staff session. A name that nobody has, and a member who left, are answered like a wrong password. */
export async function staffSignIn(house: House, asked: StaffSignIn): Promise<StaffSignedIn> {
  const { now, device } = asked;
  const username = parseUsername(asked.username) ?? "";
  const staff = await findStaffByUsername(house.db, username);
  const who = `staff:${staff?.staff_id ?? "0"}`;
  const desk = knownDevice(house, who, asked.deviceCookie);
  const window = { subjectMark: staffMark(house, username || asked.username), device: desk };
  const triesLeft = await takeTryOrWait(house, window, now);
  const known = staff?.is_active ? staff : undefined;
  const isRight = await isSecret(known?.password_hash, secretOf(asked.password), desk !== "");
  if (!known || !isRight) {
    const action = triesLeft > 0 ? "staff_sign_in_refused" : "staff_sign_in_locked";
    await record(house.db, { at: now, actor: anyone, action, purpose: "account" });
    throw refusal(triesLeft);
  }
  const staffId = known.staff_id;
  return inTransaction(house.db, async (tx) => {
    await clearWindow(tx, window);
    const session = await openSession(tx, { staffId }, { scope: "full", kind: "cookie", device, now });
    const actor = { kind: "staff", staffId, name: known.full_name, sessionId: session.sessionId, roles: [] } as const;
    await record(tx, { at: now, actor, action: "staff_sign_in", purpose: "account" });
    return { ...session, deviceCookie: deviceCookie(house, who, desk || newDevice()) };
  });
}
