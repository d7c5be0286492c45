import type { TestHouse } from "../../test/house.ts";
import { identify } from "../account/identify.ts";
import { type OpenedSession, openSession } from "../account/open-session.ts";
import { addStaff, type NewMember } from "../account/staff.ts";
import { findStaffByUsername } from "../account/store-staff.ts";
import { inTransaction } from "../db/transaction.ts";
import { digitsAt, stepOf } from "../factor/rules-totp.ts";
import type { Staff } from "../kernel/actor.ts";
import { beginStaffAuthenticator, switchOnStaffAuthenticator } from "./authenticator.ts";

/** Members of staff at their desks, for every test that needs one: signed in with both factors, in one statement. */

/** What a member typed to get in, both factors; or the password alone. */
export const bothFactors = ["password", "authenticator"] as const;
export const ownPassword = "quầy gỗ mưa rào đèn lồng";

/** A session as the sign-in opens it, without the work of it. */
export function openStaffSession(
  house: TestHouse,
  staffId: string,
  proofs: readonly ("password" | "authenticator")[] = bothFactors,
): Promise<OpenedSession> {
  const asked = { scope: "full", kind: "cookie", device: "", now: house.clock.now(), proofs } as const;
  return inTransaction(house.db, (tx) => openSession(tx, { staffId }, asked));
}

export async function staffBehind(house: TestHouse, token: string): Promise<Staff> {
  const actor = await identify(house, { cookie: token });
  if (actor.kind !== "staff") throw new Error(`signed in as ${actor.kind}`);
  return actor;
}

/** Hired with a password of their own choice, and signed in. */
export async function hired(
  house: TestHouse,
  member: NewMember,
): Promise<{ staff: Staff; token: string; username: string; password: string }> {
  const { username, password } = await addStaff(house, { password: ownPassword, ...member });
  const staffId = (await findStaffByUsername(house.db, username))?.staff_id ?? "";
  const { token } = await openStaffSession(house, staffId);
  return { staff: await staffBehind(house, token), token, username, password };
}

/** Switches an authenticator on for who signed in by the password alone; the step used is behind it. */
export async function enrolAuthenticator(house: TestHouse, staff: Staff) {
  const now = house.clock.now();
  const secret = await beginStaffAuthenticator(house, staff, now);
  const code = digitsAt(secret, stepOf(now) - 1);
  const { codes, opened } = await switchOnStaffAuthenticator(house, staff, { code, device: "", now });
  return { secret, spare: codes, token: opened?.token ?? "" };
}
