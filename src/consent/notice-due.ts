import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { noticeOn } from "./rules.ts";
import { insertSeen } from "./store.ts";

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
