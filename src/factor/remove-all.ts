import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { noteEvent } from "../holder/note-event.ts";
import type { Staff } from "../kernel/actor.ts";
import { deletePasskey, passkeysOf } from "./store.ts";
import { deleteAuthenticator } from "./store-totp.ts";
import { tellFactorChanged } from "./tell-changed.ts";

/** At the counter, for who has lost the telephone on which all of it was: passkeys and authenticator go. */
export async function removeAllFactors(
  house: House,
  staff: Staff,
  asked: { personId: string; officeCode: string; paper: string; now: Date },
): Promise<void> {
  const { personId, officeCode, paper, now } = asked;
  await inTransaction(house.db, async (tx) => {
    const held = await passkeysOf(tx, personId);
    for (const { credential_id } of held) await deletePasskey(tx, { personId, credentialId: credential_id });
    const hadAuthenticator = await deleteAuthenticator(tx, personId);
    await noteEvent(tx, { personId, kind: "factors_removed", source: "counter", now });
    await tellFactorChanged(tx, house, { personId, what: "factors_removed", now });
    const detail = { paper, passkeys: held.length, authenticator: hadAuthenticator };
    const entry = {
      at: now,
      actor: staff,
      action: "factors_removed",
      purpose: "account",
      personId,
      officeCode,
      detail,
    };
    await record(tx, entry);
  });
}
