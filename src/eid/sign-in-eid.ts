import { randomNonce, randomPKCECodeVerifier, randomState } from "openid-client";
import { type Arrival, letIn, type SignedIn } from "../account/let-in.ts";
import { raise } from "../account/proof.ts";
import { findAccount } from "../account/store.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { type Actor, anyone, type Citizen } from "../kernel/actor.ts";
import { Forbidden } from "../kernel/failures.ts";
import { findPersonByKey } from "../register/store.ts";
import { addressFor, claimsFor, eidOf, type Secrets } from "./provider.ts";
import { REQUEST_MS, readClaims } from "./rules.ts";
import { insertRequest, linkSubject, takeRequest } from "./store.ts";

/**
 * Sign-in with the national electronic identity: the provider says who somebody is, by their 12-digit number; the
 * account is the one of the person who has that number in the register. No account is ever made or moved by it.
 */

const SEAL = "eid-request";

export interface EidStart {
  /** The browser or session that asks, to which alone the answer counts. */
  boundTo: string;
  /** Somebody signed in proves themselves: nobody else may come back. */
  citizen?: Citizen | undefined;
  next: string;
  now: Date;
}

/** Where the browser is sent. Throws TryLater("eid_down") when the provider does not answer. */
export async function startEid(house: House, { boundTo, citizen, next, now }: EidStart): Promise<string> {
  const secrets: Secrets = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
  const address = await addressFor(house, secrets, citizen !== undefined);
  await insertRequest(house.db, {
    state_mark: stateMarks(house, secrets.state)[0],
    bound_mark: house.vault.mark("eid-bound", boundTo),
    sealed_secrets: house.vault.seal(SEAL, Buffer.from(JSON.stringify(secrets)), secrets.state),
    person_id: citizen?.personId ?? null,
    next,
    created_at: now,
    ends_at: new Date(now.getTime() + REQUEST_MS),
  });
  return address;
}

const stateMarks = ({ vault }: House, state: string) => vault.marks("eid-state", state);

export interface EidReturn extends Arrival {
  /** The address at which the browser came back, with code and state. */
  currentUrl: URL;
  /** As the process that sent it there may have named the browser. */
  bounds: readonly string[];
  actor: Actor;
}

export type EidDone = { next: string; opened: SignedIn } | { next: string; opened?: undefined };

/** Throws Forbidden: eid_refused, eid_low, eid_no_account, eid_other, account_closed. */
export async function finishEid(house: House, { currentUrl, bounds, actor, ...arrival }: EidReturn): Promise<EidDone> {
  const { now } = arrival;
  const state = currentUrl.searchParams.get("state") ?? "";
  const request = await takeRequest(house.db, stateMarks(house, state), now);
  const isBound = (held: Buffer) => bounds.some((one) => house.vault.isMark("eid-bound", one, held));
  if (!request || !isBound(request.bound_mark)) throw new Forbidden("eid_refused");
  const secrets = JSON.parse(house.vault.open(SEAL, request.sealed_secrets, state).toString()) as Secrets;
  const account = await accountOf(house, currentUrl, secrets, request.person_id !== null, now);
  const personId = account.person_id;
  if (request.person_id === null) return { next: request.next, opened: await letIn(house, account, ["eid"], arrival) };
  const isSame = actor.kind === "citizen" && request.person_id === personId && actor.personId === personId;
  if (!isSame) throw await refused(house, "eid_other", now, personId);
  await raise(house.db, actor, "eid", now);
  return { next: request.next };
}

async function accountOf(house: House, currentUrl: URL, secrets: Secrets, isProof: boolean, now: Date) {
  const { subject, claims } = await claimsFor(house, currentUrl, secrets, isProof);
  const settings = eidOf(house);
  const read = readClaims(claims, settings);
  if (read === "low") throw await refused(house, "eid_low", now);
  if (read === "unreadable") throw await refused(house, "eid_refused", now);
  const person = await findPersonByKey(house.db, "personal_id", read.number);
  const account = person && (await findAccount(house.db, person.personId));
  // A ward's account has no sign-in of its own until the counter gives one.
  if (!account || account.password_kind === "none") {
    throw await refused(house, "eid_no_account", now, person?.personId);
  }
  const personId = account.person_id;
  const marks = house.vault.everyMark("eid-subject", `${settings.issuer}\n${subject}`);
  const isTheirs = await inTransaction(house.db, (tx) => linkSubject(tx, marks, personId, now));
  if (!isTheirs) throw await refused(house, "eid_other", now, personId);
  return account;
}

async function refused(house: House, why: string, now: Date, personId?: string): Promise<Forbidden> {
  const detail = { why };
  await record(house.db, { at: now, actor: anyone, action: "eid_refused", purpose: "account", personId, detail });
  return new Forbidden(why);
}
