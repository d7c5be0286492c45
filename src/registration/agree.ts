import { record } from "../audit/record.ts";
import { codeEnded, proveCode } from "../codes/prove.ts";
import { useCode } from "../codes/store.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { NotAllowed } from "../kernel/failures.ts";
import { boundToAnswers } from "./code-bounds.ts";
import type { CodeTyped } from "./prove-contact.ts";
import { allowed } from "./rules.ts";
import { type Declaration, getByCode, lockByCode } from "./store.ts";
import { saveConsent } from "./store-proof.ts";

/**
 * Somebody who is helped agrees to what was filled in, by the code on their own phone. It holds for exactly
 * these answers: an answer changed afterwards asks for agreement again.
 */
export async function agree(house: House, by: CodeTyped): Promise<Declaration> {
  const { code, requestId, typed, actor, now } = by;
  const before = await getByCode(house.db, code);
  refuseUnlessDraft(before);
  const boundTo = boundToAnswers(before.code, before.answers);
  await proveCode(house, { codeId: requestId, purpose: "confirm_declaration", boundTo, code: typed, now });
  return inTransaction(house.db, async (tx) => {
    const file = await lockByCode(tx, code);
    refuseUnlessDraft(file);
    if (boundToAnswers(file.code, file.answers) !== boundTo || !(await useCode(tx, requestId, now))) throw codeEnded();
    await saveConsent(tx, file.id, now);
    await record(tx, {
      at: now,
      actor,
      action: "declaration.agree",
      purpose: "registration",
      object: { kind: "declaration", id: code },
    });
    return { ...file, consent: "code", consentedAt: now };
  });
}

function refuseUnlessDraft({ status }: Declaration): void {
  if (status !== "draft") throw new NotAllowed(status, allowed(status, "citizen"));
}
