/** Tickets whose clock has run out become the supervisors' matter, once each; what is old is forgotten. */
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { type Staff, system } from "../kernel/actor.ts";
import type { Lang } from "../kernel/words.ts";
import { scopeOf } from "./see-ticket.ts";
import { dropOldTries } from "./store-call.ts";
import { addTicketEvent, countLate, takeLate } from "./store-ticket.ts";
import { words } from "./words.ts";

const BATCH = 200;
const TRIES_KEPT_MS = 48 * 3600_000;

export async function escalateLate(house: House): Promise<number> {
  const at = house.clock.now();
  await dropOldTries(house.db, new Date(at.getTime() - TRIES_KEPT_MS));
  return inTransaction(house.db, async (tx) => {
    const late = await takeLate(tx, at, BATCH);
    for (const { id, code } of late) {
      await addTicketEvent(tx, id, { at, kind: "escalated", staffId: null, says: "", detail: {} });
      await record(tx, {
        ...{ at, actor: system, action: "hotline.ticket_escalated", purpose: "hotline" },
        object: { kind: "ticket", id: code },
      });
    }
    return late.length;
  });
}

/** Said on top of every page of the desk of whoever answers for late tickets: the hotline, and supervisors. */
export async function hotlineAlarm(
  house: House,
  staff: Staff,
  lang: Lang,
): Promise<{ text: string; href: string; link: string } | undefined> {
  const answers = staff.roles.some(({ role }) => role === "hotline" || role === "supervisor");
  const late = answers ? await countLate(house.db, scopeOf(staff), house.clock.now()) : 0;
  if (late === 0) return undefined;
  const said = words(lang).alarm;
  return { text: said.text(late), href: "/console/hotline?show=late#queue", link: said.link };
}
