import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";
import { type Arrival, letIn, type SignedIn } from "../account/let-in.ts";
import { raise } from "../account/proof.ts";
import { findAccount } from "../account/store.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { anyone, type Citizen } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { getPerson } from "../register/store.ts";
import { wereOneRecord } from "../register/store-joined.ts";
import { boundMarks, challengeMarks } from "./marks.ts";
import { handleOf, relyingParty } from "./passkey-ask.ts";
import { isCopied, isOvertaken } from "./rules.ts";
import { keyToJudgeBy } from "./sealed-key.ts";
import { countUse, findPasskey, markCopied, type PasskeyRow, takeChallenge } from "./store.ts";
import { tellFactorChanged } from "./tell-changed.ts";
import { webauthn } from "./webauthn.ts";

const text = z.string().max(8192);
const answerShape = z.object({
  id: text,
  rawId: text,
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).optional(),
  clientExtensionResults: z.looseObject({}).default({}),
  response: z.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: text.optional(),
  }),
});

export interface PasskeyAnswer {
  /** JSON of the browser's answer. */
  response: string;
  purpose: "sign_in" | "prove";
  /** As it was asked for; several names of one browser count alike. */
  boundTo: string | readonly string[];
  now: Date;
}

export const refusedPasskey = (key = "passkey_refused") => new Invalid([{ field: "passkey", key }]);

/** Who signed: the person whose passkey answered our own, still open challenge. Throws Invalid. */
export async function provePasskey(house: House, answer: PasskeyAnswer): Promise<{ personId: string }> {
  const { now } = answer;
  const response = readAnswer(answer.response);
  const held = await findPasskey(house.db, Buffer.from(response.id, "base64url"));
  const { counter, askedAt } = await verified(house, response, held && keyOf(house, held), answer);
  if (!askedAt || !held) throw refusedPasskey("passkey_unknown");
  const personId = held.person_id;
  await needOwnHandle(house, personId, response.response.userHandle);
  if (held.copied_at) throw refusedPasskey("passkey_copied");
  const isCounting = !isCopied(Number(held.counter), counter);
  if (isCounting && (await countUse(house.db, held, counter, now))) return { personId };
  if (isCounting || isOvertaken(askedAt, held.last_used_at)) throw refusedPasskey();
  await tellCopied(house, held, now);
  throw refusedPasskey("passkey_copied");
}

/**
 * The challenge is taken whatever comes of the rest: no answer is tried twice. `askedAt`: when it went out; undefined:
 * nobody's passkey, or one whose `key` is none of ours.
 */
export async function verified(
  house: House,
  response: AuthenticationResponseJSON,
  key: Buffer | undefined,
  { purpose, boundTo, now }: PasskeyAnswer,
): Promise<{ counter: number; askedAt: Date | undefined }> {
  const party = relyingParty(house);
  let askedAt: Date | undefined;
  const take = async (challenge: string) => {
    const which = { challengeMarks: challengeMarks(house, challenge), purpose, boundMarks: boundMarks(house, boundTo) };
    askedAt = await takeChallenge(house.db, which, now);
    return askedAt !== undefined;
  };
  if (!key) return { counter: 0, askedAt };
  try {
    const { verifyAuthenticationResponse } = await webauthn();
    const done = await verifyAuthenticationResponse({
      response,
      expectedChallenge: take,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      // The count is judged by our own rule, which also tells the owner.
      credential: { id: response.id, publicKey: new Uint8Array(key), counter: 0 },
    });
    return { counter: done.authenticationInfo.newCounter, askedAt: done.verified ? askedAt : undefined };
  } catch (error) {
    house.log.info({ reason: (error as Error).name }, "a passkey's answer was refused");
    throw refusedPasskey();
  }
}

const keyOf = (house: House, held: PasskeyRow) => {
  const whose = { kind: "passkey", ownerId: held.person_id, credentialId: held.credential_id } as const;
  return keyToJudgeBy(house, whose, held.sealed_key);
};

/** A device keeps the handle under which the passkey was made, also when the account has gone to another record since. */
async function needOwnHandle(house: House, personId: string, handle: string | undefined): Promise<void> {
  if (handle === undefined) return;
  const { publicId } = await getPerson(house.db, personId);
  const given = Buffer.from(handle, "base64url");
  if (Buffer.from(handleOf(publicId)).equals(given)) return;
  if (given.length !== 16 || !(await wereOneRecord(house.db, personId, given.toString("hex")))) throw refusedPasskey();
}

async function tellCopied(house: House, held: PasskeyRow, now: Date): Promise<void> {
  const { person_id: personId, credential_id: credentialId } = held;
  await inTransaction(house.db, async (tx) => {
    await markCopied(tx, { personId, credentialId }, now);
    await tellFactorChanged(tx, house, { personId, what: "passkey_copied", now });
    await record(tx, { at: now, actor: anyone, action: "passkey_copied", purpose: "account", personId });
  });
}

export function readAnswer(json: string): AuthenticationResponseJSON {
  const parsed = answerShape.safeParse(readJson(json));
  if (!parsed.success) throw refusedPasskey();
  return parsed.data as AuthenticationResponseJSON;
}

export function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Opens a session with nothing typed: the device knows whose passkey it is. */
export async function signInByPasskey(
  house: House,
  { response, boundTo, ...arrival }: Arrival & Pick<PasskeyAnswer, "response" | "boundTo">,
): Promise<SignedIn> {
  const { now } = arrival;
  const { personId } = await provePasskey(house, { response, purpose: "sign_in", boundTo, now });
  const account = await findAccount(house.db, personId);
  if (!account) throw refusedPasskey("passkey_unknown");
  return letIn(house, account, ["passkey"], arrival);
}

/** The person proves themselves again with one of their own passkeys. */
export async function proveAgainByPasskey(
  house: House,
  citizen: Citizen,
  { response, boundTo, now }: { response: string; boundTo: string; now: Date },
): Promise<void> {
  const { personId } = await provePasskey(house, { response, purpose: "prove", boundTo, now });
  if (personId !== citizen.personId) throw refusedPasskey("passkey_unknown");
  await raise(house.db, citizen, "passkey", now);
}
