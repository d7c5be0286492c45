import { record } from "../audit/record.ts";
import type { Db, House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { dueNotice, noticeOn, type PrivacyNotice } from "./rules.ts";
import { insertSeen, seenVersion } from "./store.ts";

/** The notice that this account has still to be shown. */
export async function findDueNotice(
  db: Db | Tx,
  account: { person_id: string; activated_at: Date },
  now: Date,
): Promise<PrivacyNotice | undefined> {
  const seen = await seenVersion(db, account.person_id);
  return dueNotice({ activatedAt: account.activated_at, seenVersion: seen }, dayOf(now));
}

/** The person was shown the notice in force and said so: told, not asked. */
export async function noteSeen(house: House, citizen: Citizen, now: Date): Promise<void> {
  const { personId } = citizen;
  const { version } = noticeOn(dayOf(now));
  await inTransaction(house.db, async (tx) => {
    await insertSeen(tx, personId, version, now);
    await record(tx, {
      at: now,
      actor: citizen,
      action: "notice.seen",
      purpose: "account",
      personId,
      detail: { version },
    });
  });
}
