import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Actor } from "../kernel/actor.ts";
import { Invalid, NotAllowed } from "../kernel/failures.ts";
import { createDraftIn } from "./draft.ts";
import { lapse } from "./lapse.ts";
import { allowed, answersKeptUntil, isOverdue } from "./rules.ts";
import { type Declaration, getByCode, lockByCode } from "./store.ts";
import { findDraftAgain } from "./store-draft.ts";

/**
 * After a lapse, a refusal or a withdrawal: a new draft with the old answers, a new code and new clocks, for as
 * long as the answers are kept. Pressing twice, or coming back later, leads to the same draft.
 */
export async function redeclare(house: House, by: { code: string; actor: Actor; now: Date }): Promise<Declaration> {
  const { code, actor, now } = by;
  const found = await getByCode(house.db, code);
  if (isOverdue(found, now)) await lapse(house, found.id, now);
  return inTransaction(house.db, async (tx) => {
    const ended = await lockByCode(tx, code);
    const acts = allowed(ended.status, "citizen");
    if (!acts.includes("redeclare")) throw new NotAllowed(ended.status, acts);
    if (!answersKeptUntil(ended, ended.status, now)) throw new Invalid([{ field: "code", key: "answers_gone" }]);
    const begun = await findDraftAgain(tx, ended.id);
    return begun ?? createDraftIn(tx, ended.answers, { lang: ended.lang, actor, now, againOf: ended.id });
  });
}
