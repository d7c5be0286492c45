import { raise } from "../account/proof.ts";
import { issueCode } from "../codes/issue.ts";
import { codeEnded, proveCode } from "../codes/prove.ts";
import { useCode } from "../codes/store.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import { Conflict } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { contactsOf } from "../register/store.ts";

/** Proving oneself by a code sent to the telephone that the account has now. */

const boundTo = (citizen: Citizen) => `session:${citizen.sessionId}`;

/** The name of the code, or undefined when today's codes are used up. */
export async function sendProofCode(
  house: House,
  citizen: Citizen,
  lang: Lang,
  now: Date,
): Promise<string | undefined> {
  const { personId } = citizen;
  const contacts = await contactsOf(house.db, personId);
  const recipient = contacts.find((one) => one.kind === "phone")?.value;
  if (!recipient) throw new Conflict("no_phone");
  const sent = await inTransaction(house.db, (tx) =>
    issueCode(tx, house, {
      purpose: "prove_self",
      boundTo: boundTo(citizen),
      subject: `person:${personId}`,
      channel: "sms",
      recipient,
      lang,
      now,
      personId,
    }),
  );
  return sent?.codeId;
}

export async function proveAgainByCode(
  house: House,
  citizen: Citizen,
  { codeId, code, now }: { codeId: string; code: string; now: Date },
): Promise<void> {
  await proveCode(house, { codeId, purpose: "prove_self", boundTo: boundTo(citizen), code, now });
  await inTransaction(house.db, async (tx) => {
    if (!(await useCode(tx, codeId, now))) throw codeEnded();
    await raise(tx, citizen, "code", now);
  });
}
