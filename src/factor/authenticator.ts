import { randomBytes } from "node:crypto";
import { generateSecret } from "otplib";
import { needProof } from "../account/proof.ts";
import { refuseLimited } from "../account/refuse-limited.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import { openSecret, sealSecret, spareMarks } from "./marks.ts";
import { SPARE_CODES } from "./rules.ts";
import { matchingStep, parseDigits, spareCodeFrom } from "./rules-totp.ts";
import {
  confirmAuthenticator,
  deleteAuthenticator,
  findAuthenticator,
  lockConfirmed,
  replaceSpareCodes,
  spareSetOf,
  startAuthenticator,
} from "./store-totp.ts";
import { tellFactorChanged } from "./tell-changed.ts";

/** The authenticator of a person: its secret is made here, sealed, and shown only until the first right digits. */

const SECRET_BYTES = 20;

/** The secret to be taken over by the application: the one that waits already, or a new one. */
export async function beginAuthenticator(house: House, citizen: Citizen, now: Date): Promise<string> {
  const { personId } = citizen;
  refuseLimited(citizen, now);
  await needProof(house.db, citizen, now);
  const held = await findAuthenticator(house.db, personId);
  if (held?.confirmed_at) throw new Conflict("authenticator_exists");
  if (held) return openSecret(house, personId, held.sealed_secret);
  const secret = generateSecret({ length: SECRET_BYTES });
  const sealedSecret = sealSecret(house, personId, secret);
  const isNew = await inTransaction(house.db, (tx) => startAuthenticator(tx, { personId, sealedSecret, now }));
  if (!isNew) throw new Conflict("authenticator_exists");
  return secret;
}

/** The first right digits switch it on. Answers the spare codes: they are shown once. */
export async function switchOnAuthenticator(
  house: House,
  citizen: Citizen,
  asked: { code: string; now: Date },
): Promise<string[]> {
  const { personId } = citizen;
  const { now } = asked;
  refuseLimited(citizen, now);
  await needProof(house.db, citizen, now);
  const digits = parseDigits(asked.code);
  if (!digits) throw new Invalid([{ field: "code", key: "digits_shape" }]);
  const held = await findAuthenticator(house.db, personId);
  if (!held || held.confirmed_at) throw new Conflict("authenticator_exists");
  const step = matchingStep(openSecret(house, personId, held.sealed_secret), digits, now);
  if (step === undefined) throw new Invalid([{ field: "code", key: "digits_wrong" }]);
  const codes = drawSpareCodes();
  await inTransaction(house.db, async (tx) => {
    if (!(await confirmAuthenticator(tx, personId, step, now))) throw new Conflict("authenticator_exists");
    await replaceSpareCodes(tx, personId, marksOf(house, personId, codes));
    await tellFactorChanged(tx, house, { personId, what: "authenticator_on", now });
    await record(tx, { at: now, actor: citizen, action: "authenticator_on", purpose: "account", personId });
  });
  return codes;
}

export async function switchOffAuthenticator(house: House, citizen: Citizen, now: Date): Promise<void> {
  const { personId } = citizen;
  refuseLimited(citizen, now);
  await needProof(house.db, citizen, now);
  await inTransaction(house.db, async (tx) => {
    if (!(await deleteAuthenticator(tx, personId))) return;
    await tellFactorChanged(tx, house, { personId, what: "authenticator_off", now });
    await record(tx, { at: now, actor: citizen, action: "authenticator_off", purpose: "account", personId });
  });
}

/**
 * New spare codes in the place of those of `set`, where they are used up or lost, or the page that showed them never
 * came. Answers them: they are shown once. An asking that hung on its way ends no codes that were shown meanwhile.
 */
export async function renewSpareCodes(
  house: House,
  citizen: Citizen,
  { set, now }: { set: string; now: Date },
): Promise<string[]> {
  const { personId } = citizen;
  refuseLimited(citizen, now);
  await needProof(house.db, citizen, now);
  const codes = drawSpareCodes();
  await inTransaction(house.db, async (tx) => {
    if (!(await lockConfirmed(tx, personId))) throw new Conflict("no_authenticator");
    if ((await spareSetOf(tx, personId)) !== set) throw new Conflict("codes_made_meanwhile");
    await replaceSpareCodes(tx, personId, marksOf(house, personId, codes));
    await tellFactorChanged(tx, house, { personId, what: "spare_codes_new", now });
    await record(tx, { at: now, actor: citizen, action: "spare_codes_new", purpose: "account", personId });
  });
  return codes;
}

const marksOf = (house: House, personId: string, codes: readonly string[]) =>
  codes.map((code) => spareMarks(house, personId, code)[0]);

function drawSpareCodes(): string[] {
  return Array.from({ length: SPARE_CODES }, () => spareCodeFrom(randomBytes(16)));
}
