import { randomBytes } from "node:crypto";
import { needProof } from "../account/proof.ts";
import { refuseLimited } from "../account/refuse-limited.ts";
import type { House } from "../db/house.ts";
import type { Citizen } from "../kernel/actor.ts";
import { NotFound } from "../kernel/failures.ts";
import { maskNumber } from "../kernel/numbers.ts";
import { getPerson, numbersOf } from "../register/store.ts";
import { boundMark, challengeMarks } from "./marks.ts";
import { CHALLENGE_MS, type RelyingParty, relyingPartyOf } from "./rules.ts";
import { type Challenge, insertChallenge, passkeysOf } from "./store.ts";
import { webauthn } from "./webauthn.ts";

/** What a browser is asked for: a new passkey, or a signature by one. Each question is good once, for five minutes. */

export function relyingParty(house: House): RelyingParty {
  const party = relyingPartyOf(house.settings.baseUrl);
  if (!party) throw new NotFound("passkeys");
  return party;
}

/** `boundTo`: the session or browser that asks, from which alone the answer counts. */
export async function newChallenge(house: House, purpose: Challenge["purpose"], boundTo: string, now: Date) {
  const challenge = randomBytes(32);
  await insertChallenge(house.db, {
    challenge_mark: challengeMarks(house, challenge.toString("base64url"))[0],
    purpose,
    bound_mark: boundMark(house, boundTo),
    created_at: now,
    ends_at: new Date(now.getTime() + CHALLENGE_MS),
  });
  return new Uint8Array(challenge);
}

/** Options for a new passkey of this person, one that the device finds again without being told a number. */
export async function askForNewPasskey(house: House, citizen: Citizen, boundTo: string, now: Date) {
  refuseLimited(citizen, now);
  await needProof(house.db, citizen, now);
  const { personId } = citizen;
  const person = await getPerson(house.db, personId);
  const [number] = await numbersOf(house.db, personId);
  const held = await passkeysOf(house.db, personId);
  return (await webauthn()).generateRegistrationOptions({
    rpName: "VssID",
    rpID: relyingParty(house).id,
    userID: handleOf(person.publicId),
    userName: maskNumber(number?.number ?? ""),
    userDisplayName: person.fullName,
    challenge: await newChallenge(house, "add", boundTo, now),
    timeout: CHALLENGE_MS,
    attestationType: "none",
    excludeCredentials: held.map(({ credential_id }) => ({ id: credential_id.toString("base64url") })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

/** Options for a signature. A signed-in person is asked for one of their own passkeys. */
export async function askForPasskey(
  house: House,
  asked: { purpose: "sign_in" | "prove"; boundTo: string; personId?: string; now: Date },
) {
  const held = asked.personId ? await passkeysOf(house.db, asked.personId) : [];
  return (await webauthn()).generateAuthenticationOptions({
    rpID: relyingParty(house).id,
    challenge: await newChallenge(house, asked.purpose, asked.boundTo, asked.now),
    timeout: CHALLENGE_MS,
    allowCredentials: held.map(({ credential_id }) => ({ id: credential_id.toString("base64url") })),
    userVerification: "required",
  });
}

/** The person's random public id: the handle under which a device keeps the passkey. */
export function handleOf(publicId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(publicId.replaceAll("-", ""), "hex"));
}
