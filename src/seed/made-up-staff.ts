import { identify } from "../account/identify.ts";
import { openSession } from "../account/open-session.ts";
import { addStaff, type NewMember } from "../account/staff.ts";
import { findStaffByUsername } from "../account/store-staff.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { digitsAt, stepOf } from "../factor/rules-totp.ts";
import type { Staff } from "../kernel/actor.ts";
import { beginStaffAuthenticator, switchOnStaffAuthenticator } from "../staff-factor/authenticator.ts";
import { openStaffSecret } from "../staff-factor/marks.ts";
import { findStaffAuthenticator } from "../staff-factor/store.ts";
import type { CastMember } from "./rules-cast.ts";
import { addToCast, findCast } from "./store.ts";

/** Made-up staff of the demo: with a password of their own choice and an authenticator, so that anybody can sign in. */

/** Every made-up member of staff chose this one. */
const STAFF_PASSWORD = "ban mau quay so mot Con 52";

export interface MadeUp {
  username: string;
  password: string;
}

function needDemo(house: House): void {
  if (house.settings.profile !== "demo") throw new Error("there are no made-up people here");
}

/** Adds one, who has gone through the first sign-in already. Throws unless this is the demo. */
export async function hireMadeUp(house: House, member: NewMember): Promise<MadeUp> {
  needDemo(house);
  const made = await addStaff(house, { ...member, password: STAFF_PASSWORD });
  const now = house.clock.now();
  const staffId = (await findStaffByUsername(house.db, made.username))?.staff_id ?? "";
  const asked = { scope: "full", kind: "cookie", device: "Trình duyệt mẫu", now, proofs: ["password"] } as const;
  const { token } = await inTransaction(house.db, (tx) => openSession(tx, { staffId }, asked));
  const half = await identify(house, { cookie: token });
  if (half.kind !== "staff") throw new Error("a signed-in member is staff");
  const secret = await beginStaffAuthenticator(house, half, now);
  // Of the step before: whoever looks at the demo at once can use the present digits.
  await switchOnStaffAuthenticator(house, half, {
    code: digitsAt(secret, stepOf(now) - 1),
    device: "Trình duyệt mẫu",
    now,
  });
  return made;
}

/** The same by the operator's command, introduced on the pages of the demo. */
export async function introduceMadeUp(house: House, member: NewMember): Promise<MadeUp> {
  const made = await hireMadeUp(house, member);
  const introduced = { name: member.name, part: member.role, signIn: made.username, password: made.password };
  await addToCast(house.db, { ...introduced, isStaff: true });
  return made;
}

/** As if they had just signed in: for what the stories do at the desk. */
export async function atTheDesk(house: House, username: string): Promise<Staff> {
  needDemo(house);
  const staffId = (await findStaffByUsername(house.db, username))?.staff_id ?? "";
  const proofs = ["password", "authenticator"] as const;
  const asked = { scope: "full", kind: "bearer", device: "Trình duyệt mẫu", now: house.clock.now(), proofs } as const;
  const { token } = await inTransaction(house.db, (tx) => openSession(tx, { staffId }, asked));
  const staff = await identify(house, { bearer: token });
  if (staff.kind !== "staff") throw new Error("a signed-in officer is staff");
  return staff;
}

export interface MadeUpAuthenticator {
  name: string;
  part: string;
  username: string;
  secret: string;
  /** What it shows now. */
  digits: string;
}

/** The authenticators of the cast's staff. Nobody else's secret is ever opened for a reader. */
export async function madeUpAuthenticators(house: House): Promise<MadeUpAuthenticator[]> {
  needDemo(house);
  const cast = (await findCast(house.db)) ?? [];
  const shown = await Promise.all(
    cast.filter(({ isStaff }) => isStaff).map((member) => authenticatorOf(house, member)),
  );
  return shown.flatMap((one) => (one ? [one] : []));
}

async function authenticatorOf(house: House, member: CastMember): Promise<MadeUpAuthenticator | undefined> {
  const staff = await findStaffByUsername(house.db, member.signIn);
  const held = staff && (await findStaffAuthenticator(house.db, staff.staff_id));
  if (!held?.sealed_secret) return undefined;
  const secret = openStaffSecret(house, held.staff_id, held.sealed_secret);
  const { name, part, signIn: username } = member;
  return { name, part, username, secret, digits: digitsAt(secret, stepOf(house.clock.now())) };
}
