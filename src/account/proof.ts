import { record } from "../audit/record.ts";
import type { Db, House, Tx } from "../db/house.ts";
import type { Citizen } from "../kernel/actor.ts";
import { Forbidden, Invalid, NotSignedIn } from "../kernel/failures.ts";
import { refusal, takeTryOrWait, WrongLogin } from "./guard.ts";
import { isSecret } from "./hash-lane.ts";
import { sessionWindow } from "./marks.ts";
import { bareOneTimePassword } from "./rules-one-time.ts";
import { secretOf } from "./rules-password.ts";
import { elevatedUntil, isTwoFactor, type Proof, vouchesForReset } from "./rules-proof.ts";
import { findAccount, liftLimit } from "./store.ts";
import { addProof, findProofs } from "./store-proof.ts";
import { clearWindow } from "./store-window.ts";

/** Proving oneself again inside a session (step-up), and asking whether that was done. */

const hashOf = (citizen: Citizen) => Buffer.from(citizen.sessionId, "hex");

/** By what this session was proved, and whether that is fresh. */
export async function proofsOf(
  db: Db | Tx,
  citizen: Citizen,
  now: Date,
): Promise<{ proofs: readonly Proof[]; isFresh: boolean; isTwoFactor: boolean }> {
  const { proofs, elevatedUntil: until } = await findProofs(db, hashOf(citizen));
  const isFresh = until !== null && until > now;
  return { proofs, isFresh, isTwoFactor: isFresh && isTwoFactor(proofs) };
}

/** Throws unless the person proved themselves in the last ten minutes. */
export async function needProof(db: Db | Tx, citizen: Citizen, now: Date): Promise<void> {
  if (!(await proofsOf(db, citizen, now)).isFresh) throw new Forbidden("proof_needed");
}

/** The same by two different ways: for the telephone, which is the way back in. */
export async function needTwoProofs(db: Db | Tx, citizen: Citizen, now: Date): Promise<void> {
  if (!(await proofsOf(db, citizen, now)).isTwoFactor) throw new Forbidden("two_proofs_needed");
}

/**
 * Notes a proof that another verb has checked: the session is raised for ten minutes, and what a reset by SMS limited
 * opens where the proofs say that its owner asked for it.
 */
export async function raise(db: Db | Tx, citizen: Citizen, proof: Proof, now: Date): Promise<void> {
  const { personId } = citizen;
  const { proofs } = await findProofs(db, hashOf(citizen));
  await addProof(db, hashOf(citizen), proof, { now, until: elevatedUntil(now) });
  const entry = { at: now, actor: citizen, purpose: "account", personId, detail: { proof } } as const;
  await record(db, { ...entry, action: "proved_again" });
  if (!vouchesForReset([...proofs, proof]) || !(await liftLimit(db, personId, now))) return;
  await record(db, { ...entry, action: "limit_lifted" });
}

/** The password once more. Five wrong ones, then a quarter of an hour: a stolen session may not guess at leisure. */
export async function proveByPassword(house: House, citizen: Citizen, typed: string, now: Date): Promise<void> {
  if (!typed) throw new Invalid([{ field: "password", key: "password_missing" }]);
  const account = await findAccount(house.db, citizen.personId);
  if (!account) throw new NotSignedIn();
  const window = sessionWindow(house, citizen.personId, citizen.sessionId);
  const triesLeft = await takeTryOrWait(house, window, now);
  const secret = account.password_kind === "issued" ? bareOneTimePassword(typed) : secretOf(typed);
  if (!(await isSecret(account.password_hash, secret, true))) {
    const refused = refusal(triesLeft);
    if (!(refused instanceof WrongLogin)) throw refused;
    throw new Invalid([{ field: "password", key: "current_wrong", values: { left: triesLeft } }]);
  }
  await clearWindow(house.db, window);
  await raise(house.db, citizen, "password", now);
}
