import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import { lockDraft } from "./desk.ts";
import { headMark } from "./marks.ts";
import { lockLetter, markSent } from "./store.ts";
import { addresseesOf, markTold } from "./store-addressees.ts";
import { tellAddressee } from "./tell.ts";

/**
 * "Kính gửi" (letter 330/UBND-VX): the draft goes to all its addressees at once, and from then on nothing of it
 * changes. Units find it at their desk; whoever has an address is written to. `seen` is the mark of the head that is
 * meant: Conflict where the draft has another by now.
 */
export async function sendLetter(house: House, staff: Staff, id: string, seen?: string): Promise<void> {
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const letter = await lockDraft(tx, staff, id);
    if (seen !== undefined && seen !== headMark(letter)) throw new Conflict("head_changed");
    const addressees = await addresseesOf(tx, id);
    if (addressees.length === 0) throw new Invalid([{ field: "group", key: "nobody" }]);
    // Under lock: of two drafts that replace the same letter one is sent.
    if (letter.replaces && (await lockLetter(tx, letter.replaces.id))?.replacedBy) throw new Conflict("replaces_unfit");
    await markSent(tx, id, now, staff.staffId);
    await markTold(tx, id, now);
    for (const addressee of addressees) {
      await tellAddressee(tx, house, { letter, addressee }, { template: "letter_sent", meaning: "sent", now });
    }
    await record(tx, {
      at: now,
      actor: staff,
      action: "letter.send",
      purpose: "rollout",
      object: { kind: "letter", id },
      officeCode: letter.officeCode ?? undefined,
      detail: { addressees: addressees.length },
    });
  });
}
