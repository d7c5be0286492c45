import type { OpenedSession } from "../account/open-session.ts";
import { findStaffById } from "../account/store-staff.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { newChallenge, relyingParty } from "../factor/passkey-ask.ts";
import { readAnswer, refusedPasskey, verified } from "../factor/passkey-proof.ts";
import { verifiedNew } from "../factor/passkeys.ts";
import { CHALLENGE_MS, isCopied, isOvertaken, PASSKEYS_MOST, parseName } from "../factor/rules.ts";
import { keyToJudgeBy, openKey, sealKey } from "../factor/sealed-key.ts";
import { webauthn } from "../factor/webauthn.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict } from "../kernel/failures.ts";
import { forgetHere, goOn, needFactorRight } from "./go-on.ts";
import { staffHandle } from "./marks.ts";
import {
  countStaffUse,
  deleteStaffPasskey,
  findStaffAuthenticator,
  insertStaffPasskey,
  lockStaff,
  markStaffCopied,
  passkeysOfStaff,
} from "./store.ts";
import { tellStaff } from "./tell.ts";

/** Passkeys of staff: the second factor after the password, at the same address and by the same rules as people's. */

const boundTo = (staff: Staff) => `staff-session:${staff.sessionId}`;
const whose = ({ staff_id, credential_id }: { staff_id: string; credential_id: Buffer }) =>
  ({ kind: "staff-passkey", ownerId: staff_id, credentialId: credential_id }) as const;
const idOf = ({ credential_id }: { credential_id: Buffer }) => credential_id.toString("base64url");

interface Answer {
  /** JSON of the browser's answer. */
  response: string;
  device: string;
  now: Date;
}

export async function askForNewStaffPasskey(house: House, staff: Staff, now: Date) {
  needFactorRight(staff, now);
  const held = await passkeysOfStaff(house.db, staff.staffId);
  const username = (await findStaffById(house.db, staff.staffId))?.username ?? "";
  return (await webauthn()).generateRegistrationOptions({
    rpName: "VssID",
    rpID: relyingParty(house).id,
    userID: staffHandle(house, staff.staffId),
    userName: username,
    userDisplayName: staff.name,
    challenge: await newChallenge(house, "add", boundTo(staff), now),
    timeout: CHALLENGE_MS,
    attestationType: "none",
    excludeCredentials: held.map((one) => ({ id: idOf(one) })),
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
  });
}

/** Adds a passkey; where it is the first factor, the session that begins with it. Throws Invalid. */
export async function addStaffPasskey(
  house: House,
  staff: Staff,
  { response, name: typed, device, now }: Answer & { name: string },
): Promise<OpenedSession | undefined> {
  const { staffId } = staff;
  needFactorRight(staff, now);
  const name = parseName(typed);
  if (!name) throw refusedPasskey("passkey_name");
  const made = await verifiedNew(house, { response, boundTo: boundTo(staff), now });
  const { is_synced: _, ...kept } = made;
  const opened = await inTransaction(house.db, async (tx) => {
    await lockStaff(tx, staffId);
    if ((await passkeysOfStaff(tx, staffId)).length >= PASSKEYS_MOST) throw refusedPasskey("passkeys_many");
    const sealed_key = sealKey(house, whose({ staff_id: staffId, ...kept }), kept.public_key);
    if (!(await insertStaffPasskey(tx, { ...kept, sealed_key, staff_id: staffId, name, created_at: now }))) {
      throw refusedPasskey("passkey_taken");
    }
    await tellStaff(tx, house, { staffId, what: "passkey_added", now });
    await record(tx, { at: now, actor: staff, action: "staff_passkey_added", purpose: "account" });
    return goOn(tx, staff, { proof: "passkey", device, now });
  });
  forgetHere(house, staff);
  return opened;
}

export async function askForStaffPasskey(house: House, staff: Staff, now: Date) {
  const held = (await passkeysOfStaff(house.db, staff.staffId)).filter((one) => !one.copied_at);
  return (await webauthn()).generateAuthenticationOptions({
    rpID: relyingParty(house).id,
    challenge: await newChallenge(house, "prove", boundTo(staff), now),
    timeout: CHALLENGE_MS,
    allowCredentials: held.map((one) => ({ id: idOf(one) })),
    userVerification: "required",
  });
}

/** The member's own passkey, as the second half of a sign-in or before a heavy act. Throws Invalid. */
export async function showPasskey(
  house: House,
  staff: Staff,
  { response, device, now }: Answer,
): Promise<OpenedSession | undefined> {
  const answer = readAnswer(response);
  const held = (await passkeysOfStaff(house.db, staff.staffId)).find((one) => idOf(one) === answer.id);
  const asked = { response, purpose: "prove" as const, boundTo: boundTo(staff), now };
  const key = held && keyToJudgeBy(house, whose(held), held.sealed_key);
  const { counter, askedAt } = await verified(house, answer, key, asked);
  if (!askedAt || !held) throw refusedPasskey("passkey_unknown");
  if (held.copied_at) throw refusedPasskey("passkey_copied");
  if (isCopied(Number(held.counter), counter)) {
    if (isOvertaken(askedAt, held.last_used_at)) throw refusedPasskey();
    await markStaffCopied(house.db, held.credential_id, now);
    await record(house.db, { at: now, actor: staff, action: "staff_passkey_copied", purpose: "account" });
    throw refusedPasskey("passkey_copied");
  }
  if (!(await countStaffUse(house.db, held, counter, now))) throw refusedPasskey();
  const opened = await inTransaction(house.db, (tx) => goOn(tx, staff, { proof: "passkey", device, now }));
  forgetHere(house, staff);
  return opened;
}

/** The last factor stays: without one nothing opens but the page for another. */
export async function removeStaffPasskey(house: House, staff: Staff, credentialId: string, now: Date): Promise<void> {
  const { staffId } = staff;
  needFactorRight(staff, now);
  await inTransaction(house.db, async (tx) => {
    await lockStaff(tx, staffId);
    const others = (await passkeysOfStaff(tx, staffId)).filter(
      (one) => idOf(one) !== credentialId && !one.copied_at && openKey(house, whose(one), one.sealed_key),
    );
    const hasOther = others.length > 0 || Boolean((await findStaffAuthenticator(tx, staffId))?.confirmed_at);
    if (!hasOther) throw new Conflict("last_factor");
    if ((await deleteStaffPasskey(tx, staffId, Buffer.from(credentialId, "base64url"))) === 0) return;
    await tellStaff(tx, house, { staffId, what: "passkey_removed", now });
    await record(tx, { at: now, actor: staff, action: "staff_passkey_removed", purpose: "account" });
  });
}
