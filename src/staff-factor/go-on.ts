import { freshUntil, type OpenedSession, openSession } from "../account/open-session.ts";
import type { Proof } from "../account/rules-proof.ts";
import { forgetSessions } from "../account/session-cache.ts";
import { addProof } from "../account/store-proof.ts";
import { endSession } from "../account/store-session.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { Forbidden } from "../kernel/failures.ts";

/**
 * The second factor was shown, as another verb has checked. A session of the password alone ends, and the answer is a
 * whole one with a token of its own; a session that is whole stays, and the factor counts as just shown.
 */
export async function goOn(
  tx: Tx,
  staff: Staff,
  shown: { proof: Proof; device: string; now: Date },
): Promise<OpenedSession | undefined> {
  const { proof, device, now } = shown;
  const here = Buffer.from(staff.sessionId, "hex");
  const said = { at: now, purpose: "account", detail: { by: ["password", proof] } };
  if (staff.owes !== "proof" && staff.owes !== "factor") {
    await addProof(tx, here, proof, { now, until: await freshUntil(tx, now) });
    await record(tx, { ...said, actor: staff, action: "staff_proved_again" });
    return undefined;
  }
  const proofs = ["password", proof] as const;
  const opened = await openSession(
    tx,
    { staffId: staff.staffId },
    { scope: "full", kind: "cookie", device, now, proofs },
  );
  if (!(await endSession(tx, here, now))) throw new Forbidden("must_settle");
  await record(tx, { ...said, actor: { ...staff, sessionId: opened.sessionId }, action: "staff_sign_in" });
  return opened;
}

/** Call after the commit. */
export function forgetHere(house: House, staff: Staff): void {
  forgetSessions(house, { sessionId: staff.sessionId });
}

/** A way in is added or taken away by who has none yet, or has just shown one. Throws Forbidden. */
export function needFactorRight(staff: Staff, now: Date): void {
  if (staff.owes === "factor") return;
  if (staff.owes === "proof") throw new Forbidden("must_settle");
  if (!staff.provedUntil || staff.provedUntil <= now) throw new Forbidden("fresh_factor_needed");
}
