/** The stronger way to show who calls: six digits to the telephone that is on record, read back by the caller. */
import { record } from "../audit/record.ts";
import { issueCode } from "../codes/issue.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { NotAllowed } from "../kernel/failures.ts";
import { knownOf, sharedPhone } from "./caller-facts.ts";
import { boundToCall } from "./identify-caller.ts";
import { getOwnCall, isOpen } from "./own-call.ts";
import { changeCall } from "./store-call.ts";

/** Nobody's telephone: what is sent there is taken back. */
const NOBODY = "0900000000";

/** Looks the same whether a telephone is known or not, and whether a budget is spent. */
export async function sendCallerCode(house: House, staff: Staff, id: string): Promise<void> {
  const call = await getOwnCall(house, staff, id);
  if (!(await isOpen(house, call)) || call.identifiedAt || call.keyKind === "unit") {
    throw new NotAllowed("call_closed", [], "call_closed");
  }
  const now = house.clock.now();
  const phone = sharedPhone(await knownOf(house, call.candidates));
  const [first] = call.candidates;
  const personId = first && "personId" in first && call.candidates.length === 1 ? first.personId : undefined;
  await inTransaction(house.db, async (tx) => {
    const sent = await issueCode(tx, house, {
      purpose: "prove_caller",
      boundTo: boundToCall(id),
      subject: personId ? `person:${personId}` : `hotline:${call.keyMark.toString("hex")}`,
      channel: "sms",
      recipient: phone ?? NOBODY,
      isReached: phone !== undefined,
      lang: "vi",
      now,
      personId: phone ? personId : undefined,
    });
    if (sent) await changeCall(tx, id, { codeId: sent.codeId });
    await record(tx, {
      ...{ at: now, actor: staff, action: "hotline.code", purpose: "hotline" },
      ...(personId ? { personId } : {}),
      object: { kind: "hotline_call", id },
      officeCode: call.officeCode ?? undefined,
    });
  });
}
