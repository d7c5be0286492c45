import { lockAccount, setAccountStatus } from "../account/store.ts";
import { claimPhone, endPhone } from "../account/store-phone.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { NotAllowed, NotFound } from "../kernel/failures.ts";
import type { PaperSeen } from "../kernel/paper-seen.ts";
import { contactsOf, getPerson } from "../register/store.ts";
import { lockPerson } from "../register/store-merge.ts";
import { noteEvent, tellState } from "./note-event.ts";

export interface Reopened {
  /** The number of the confirmation. */
  reference: string;
  /** The telephone serves another account by now: this one is opened without and needs a new one. */
  hasLostPhone: boolean;
}

/** An account that was stopped or closed opens again, at the counter, after the original paper was seen. */
export async function reopenAccount(
  house: House,
  staff: Staff,
  asked: { personId: string; officeCode: string; paper: PaperSeen; now: Date },
): Promise<Reopened> {
  const { personId, officeCode, paper, now } = asked;
  return inTransaction(house.db, async (tx) => {
    await lockPerson(tx, personId);
    const account = await lockAccount(tx, personId);
    if (!account) throw new NotFound("account");
    if (account.status === "active") throw new NotAllowed(account.status, ["close"]);
    if ((await getPerson(tx, personId)).diedOn) throw new NotAllowed(account.status, []);
    await setAccountStatus(tx, personId, "active");
    const hasLostPhone = !(await takePhoneBack(tx, personId, now));
    const reference = await noteEvent(tx, { personId, kind: "reopened", source: "counter", now });
    const lang = account.lang === "en" ? "en" : "vi";
    await tellState(tx, house, { personId, state: "reopened", reference, lang, now });
    const detail = { paper, phone: hasLostPhone ? "lost" : "kept" };
    const entry = {
      at: now,
      actor: staff,
      action: "account_reopened",
      purpose: "account",
      personId,
      officeCode,
      detail,
    };
    await record(tx, entry);
    return { reference, hasLostPhone };
  });
}

/** False when somebody else has it: whoever holds it then may not be sent this account's codes. */
async function takePhoneBack(tx: Tx, personId: string, now: Date): Promise<boolean> {
  const phone = (await contactsOf(tx, personId)).find(({ kind }) => kind === "phone")?.value;
  if (!phone || (await claimPhone(tx, personId, phone))) return true;
  await endPhone(tx, personId, now);
  return false;
}
