import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import type { Lang } from "../kernel/words.ts";
import { saveLang } from "./store.ts";

/** The language chosen by its owner is the account's: messages are written in it from now on. The same twice is nothing. */
export async function keepLang(house: House, citizen: Citizen, lang: Lang, now: Date): Promise<void> {
  const { personId } = citizen;
  await inTransaction(house.db, async (tx) => {
    if (!(await saveLang(tx, personId, lang))) return;
    await record(tx, {
      at: now,
      actor: citizen,
      action: "account.lang",
      purpose: "account",
      personId,
      detail: { lang },
    });
  });
}
