import { lockAccount, setAccountStatus } from "../account/store.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { NotAllowed, NotFound } from "../kernel/failures.ts";
import type { PaperSeen } from "../kernel/paper-seen.ts";
import { getPerson } from "../register/store.ts";
import { noteEvent, tellState } from "./note-event.ts";

/** An account that was stopped or closed opens again, at the counter, after the original paper was seen. */
export async function reopenAccount(
  house: House,
  staff: Staff,
  asked: { personId: string; officeCode: string; paper: PaperSeen; now: Date },
): Promise<string> {
  const { personId, officeCode, paper, now } = asked;
  return inTransaction(house.db, async (tx) => {
    const account = await lockAccount(tx, personId);
    if (!account) throw new NotFound("account");
    if (account.status === "active") throw new NotAllowed(account.status, ["close"]);
    if ((await getPerson(tx, personId)).diedOn) throw new NotAllowed(account.status, []);
    await setAccountStatus(tx, personId, "active");
    const reference = await noteEvent(tx, { personId, kind: "reopened", source: "counter", now });
    const lang = account.lang === "en" ? "en" : "vi";
    await tellState(tx, house, { personId, state: "reopened", reference, lang, now });
    const detail = { paper };
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
    return reference;
  });
}
