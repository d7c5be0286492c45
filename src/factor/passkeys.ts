import { randomBytes } from "node:crypto";
import type { RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";
import { hashSecret } from "../account/hash-lane.ts";
import { needProof } from "../account/proof.ts";
import { refuseLimited } from "../account/refuse-limited.ts";
import { dropPassword, lockAccount } from "../account/store.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import { Conflict, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { boundMarks, challengeMarks } from "./marks.ts";
import { relyingParty } from "./passkey-ask.ts";
import { readJson, refusedPasskey } from "./passkey-proof.ts";
import { PASSKEYS_MOST, parseName } from "./rules.ts";
import { openKey, sealKey } from "./sealed-key.ts";
import { deletePasskey, insertPasskey, type PasskeyRow, passkeysOf, renamePasskey, takeChallenge } from "./store.ts";
import { tellFactorChanged } from "./tell-changed.ts";
import { webauthn } from "./webauthn.ts";

/** A person's passkeys: added, named, removed; and the password dropped by who has one. */

const text = z.string().max(16_384);
const newShape = z.object({
  id: text,
  rawId: text,
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).optional(),
  clientExtensionResults: z.looseObject({}).default({}),
  response: z.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
});

export interface NewPasskeyAnswer {
  /** JSON of the browser's answer. */
  response: string;
  name: string;
  boundTo: string;
  now: Date;
}

export async function addPasskey(house: House, citizen: Citizen, asked: NewPasskeyAnswer): Promise<void> {
  const { personId } = citizen;
  const { now } = asked;
  refuseLimited(citizen, now);
  await needProof(house.db, citizen, now);
  const name = parseName(asked.name);
  if (!name) throw refusedPasskey("passkey_name");
  const made = await verifiedNew(house, asked);
  await inTransaction(house.db, async (tx) => {
    if (!(await lockAccount(tx, personId))) throw new NotSignedIn();
    if ((await passkeysOf(tx, personId)).length >= PASSKEYS_MOST) throw refusedPasskey("passkeys_many");
    const sealed_key = sealKey(house, whose(personId, made.credential_id), made.public_key);
    const isNew = await insertPasskey(tx, { ...made, sealed_key, person_id: personId, name, created_at: now });
    if (!isNew) throw refusedPasskey("passkey_taken");
    await tellFactorChanged(tx, house, { personId, what: "passkey_added", now });
    await record(tx, { at: now, actor: citizen, action: "passkey_added", purpose: "account", personId });
  });
}

/** A new passkey whose answer fits our own, still open challenge. Throws Invalid. */
export async function verifiedNew(
  house: House,
  { response, boundTo, now }: Pick<NewPasskeyAnswer, "response" | "boundTo" | "now">,
) {
  const parsed = newShape.safeParse(readJson(response));
  if (!parsed.success) throw refusedPasskey();
  const party = relyingParty(house);
  const bound = boundMarks(house, boundTo);
  try {
    const { verifyRegistrationResponse } = await webauthn();
    const { registrationInfo: made } = await verifyRegistrationResponse({
      response: parsed.data as RegistrationResponseJSON,
      expectedChallenge: async (challenge) => {
        const which = { challengeMarks: challengeMarks(house, challenge), purpose: "add", boundMarks: bound } as const;
        return (await takeChallenge(house.db, which, now)) !== undefined;
      },
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    });
    if (!made) throw new Error("not verified");
    return {
      credential_id: Buffer.from(made.credential.id, "base64url"),
      public_key: Buffer.from(made.credential.publicKey),
      counter: made.credential.counter,
      transports: made.credential.transports ?? [],
      is_synced: made.credentialBackedUp,
    };
  } catch (error) {
    house.log.info({ reason: (error as Error).name }, "a new passkey was refused");
    throw refusedPasskey();
  }
}

const whose = (ownerId: string, credentialId: Buffer) => ({ kind: "passkey", ownerId, credentialId }) as const;

/** It would sign its owner in: nobody has a copy, and its key is our own. */
const isUsable = (house: House, one: PasskeyRow) =>
  !one.copied_at && openKey(house, whose(one.person_id, one.credential_id), one.sealed_key) !== undefined;

type Which = { credentialId: string; now: Date };

export async function namePasskey(house: House, citizen: Citizen, which: Which & { name: string }): Promise<void> {
  const name = parseName(which.name);
  if (!name) throw refusedPasskey("passkey_name");
  const { personId } = citizen;
  const credentialId = Buffer.from(which.credentialId, "base64url");
  if (!(await renamePasskey(house.db, { personId, credentialId }, name))) throw new NotFound("passkey");
}

/** The last passkey of somebody without a password stays: nothing else would open the account. */
export async function removePasskey(house: House, citizen: Citizen, { credentialId, now }: Which): Promise<void> {
  const { personId } = citizen;
  refuseLimited(citizen, now);
  await needProof(house.db, citizen, now);
  await inTransaction(house.db, async (tx) => {
    const account = await lockAccount(tx, personId);
    if (!account) throw new NotSignedIn();
    const others = (await passkeysOf(tx, personId)).filter(
      (one) => one.credential_id.toString("base64url") !== credentialId && isUsable(house, one),
    );
    if (account.password_dropped_at && others.length === 0) throw new Conflict("last_passkey");
    const isGone = await deletePasskey(tx, { personId, credentialId: Buffer.from(credentialId, "base64url") });
    if (!isGone) return;
    await tellFactorChanged(tx, house, { personId, what: "passkey_removed", now });
    await record(tx, { at: now, actor: citizen, action: "passkey_removed", purpose: "account", personId });
  });
}

/** From now on the account opens by passkey alone; the duty of six months has no object. */
export async function dropOwnPassword(house: House, citizen: Citizen, now: Date): Promise<void> {
  const { personId } = citizen;
  refuseLimited(citizen, now);
  await needProof(house.db, citizen, now);
  const hash = await hashSecret(randomBytes(32).toString("base64url"));
  await inTransaction(house.db, async (tx) => {
    const account = await lockAccount(tx, personId);
    if (!account) throw new NotSignedIn();
    const usable = (await passkeysOf(tx, personId)).filter((one) => isUsable(house, one));
    if (usable.length === 0) throw new Conflict("no_passkey");
    if (account.password_dropped_at) return;
    if (!(await dropPassword(tx, account, hash, now))) throw new Conflict("password_changed_meanwhile");
    await tellFactorChanged(tx, house, { personId, what: "password_dropped", now });
    await record(tx, { at: now, actor: citizen, action: "password_dropped", purpose: "account", personId });
  });
}
