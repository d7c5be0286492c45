import type { TestHouse } from "../../test/house.ts";
import {
  citizenOf,
  enter,
  firstChoice,
  hoaNumbers,
  lastCode,
  secondChoice,
  settleHoa,
} from "../account/account.fixture.ts";
import { proveByPassword } from "../account/proof.ts";
import { recover } from "../account/recover.ts";
import { requestRecovery } from "../account/request-recovery.ts";
import type { Citizen } from "../kernel/actor.ts";
import { Failure, Invalid } from "../kernel/failures.ts";
import { beginAuthenticator, switchOnAuthenticator } from "./authenticator.ts";
import { Device } from "./device.fixture.ts";
import { askForNewPasskey, relyingParty } from "./passkey-ask.ts";
import { addPasskey } from "./passkeys.ts";
import { digitsAt, stepOf } from "./rules-totp.ts";

/** Hòa, signed in, with another way to sign in: for the tests of factors. */

export interface Settled {
  personId: string;
  citizen: Citizen;
  token: string;
}

/** Signed in by password, not proved again. */
export async function signedInHoa(house: TestHouse, email?: string): Promise<Settled> {
  const personId = await settleHoa(house, email);
  const { token } = await enter(house, hoaNumbers.insurance, firstChoice);
  return { personId, token, citizen: await citizenOf(house, token) };
}

/** The same, and proved again by password. */
export async function provedHoa(house: TestHouse, email?: string): Promise<Settled> {
  const settled = await signedInHoa(house, email);
  await proveByPassword(house, settled.citizen, firstChoice, house.clock.now());
  return settled;
}

/** As whoever holds the SIM alone: has set the password again, signed in and proved it once more. */
export async function resetBySms(house: TestHouse): Promise<Pick<Settled, "citizen" | "token">> {
  const now = house.clock.now();
  const { requestId } = await requestRecovery(house, { login: hoaNumbers.insurance, channel: "sms", lang: "vi", now });
  await recover(house, { requestId, code: await lastCode(house), newPassword: secondChoice, now });
  const { token } = await enter(house, hoaNumbers.insurance, secondChoice);
  const citizen = await citizenOf(house, token);
  await proveByPassword(house, citizen, secondChoice, now);
  return { citizen, token };
}

export function newDevice(house: TestHouse, isCounting = true): Device {
  const { id, origin } = relyingParty(house);
  return new Device({ rpId: id, origin, isCounting });
}

/** As whoever may write in the database puts a passkey there; the version before writes the same, without a seal. */
export async function putPasskey(house: TestHouse, personId: string, device: Device, sealed: Buffer | null = null) {
  await house.pool.query(
    `with one as (
       insert into passkey (person_id, credential_id, public_key, sealed_key, counter, name, is_synced, created_at)
       values ($1, $2, $3, $4, 0, 'Máy lạ', false, $5) returning credential_id, person_id)
     insert into passkey_key select credential_id, person_id from one`,
    [personId, device.id, device.publicKey, sealed, house.clock.now()],
  );
}

export async function giveHerPasskey(house: TestHouse, citizen: Citizen, device: Device, name = "Máy của Hòa") {
  const now = house.clock.now();
  const asked = await askForNewPasskey(house, citizen, "browser", now);
  await addPasskey(house, citizen, { response: device.make(asked), name, boundTo: "browser", now });
}

/** Switches the authenticator on; answers its secret and the spare codes. The step used is behind it. */
export async function giveHerAuthenticator(house: TestHouse, citizen: Citizen) {
  const now = house.clock.now();
  const secret = await beginAuthenticator(house, citizen, now);
  const code = digitsAt(secret, stepOf(now));
  const spare = await switchOnAuthenticator(house, citizen, { code, now });
  return { secret, spare };
}

export function later(house: TestHouse, milliseconds: number): void {
  house.clock.moveTo(new Date(house.clock.now().getTime() + milliseconds));
}

/** "right", the key of the first fault, or the code of the failure. */
export async function keyOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "right";
  } catch (error) {
    if (error instanceof Invalid) return error.faults[0]?.key ?? "";
    if (error instanceof Failure) return error.code;
    throw error;
  }
}
