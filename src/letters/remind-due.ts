import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { workingCalendar } from "../units/store.ts";
import { dueBefore, isWorkingHour, LATE_DAYS, letterHours, letterReminders } from "./rules-reminders.ts";
import { findLetter } from "./store.ts";
import { findAddressee, findToRemind, noteReminder, type ToRemind } from "./store-addressees.ts";
import { tellAddressee } from "./tell.ts";

const AT_ONCE = 500;

/**
 * The sweep of every few minutes, in working hours: whoever has not signed is reminded by the plan in force. Asked
 * again when the message leaves (gate.ts). Two runs at once meet in the count of reminders.
 */
export async function remindLetters(house: House): Promise<{ reminded: number; failed: number }> {
  const now = house.clock.now();
  const today = dayOf(now);
  const hours = await policyOn(house.db, letterHours, today);
  if (!isWorkingHour(now, hours, await workingCalendar(house.db))) return { reminded: 0, failed: 0 };
  const plan = await policyOn(house.db, letterReminders, today);
  const due = {
    toldBefore: dueBefore(today, plan.firstAfterDays),
    remindedBefore: dueBefore(today, plan.everyDays),
    since: dueBefore(today, Math.max(plan.firstAfterDays, plan.everyDays) + LATE_DAYS),
  };
  const sent = { reminded: 0, failed: 0 };
  for (let after: ToRemind | undefined; ; ) {
    const some = await findToRemind(house.db, { ...due, most: plan.most, after, limit: AT_ONCE });
    for (const told of some) {
      const outcome = await tryToRemind(house, told, now);
      if (outcome) sent[outcome] += 1;
    }
    after = some.at(-1);
    if (some.length < AT_ONCE) return sent;
  }
}

/** Undefined: signed or replaced meanwhile. */
async function tryToRemind(house: House, told: ToRemind, now: Date): Promise<"reminded" | "failed" | undefined> {
  try {
    return (await remindOne(house, told, now)) ? "reminded" : undefined;
  } catch (error) {
    const which = { err: error, alarm: "letter_reminder_failed", addresseeId: told.addresseeId };
    house.log.error(which, "an addressee could not be reminded");
    return "failed";
  }
}

async function remindOne(house: House, told: ToRemind, now: Date): Promise<boolean> {
  return inTransaction(house.db, async (tx) => {
    if (!(await noteReminder(tx, told, now))) return false;
    const addressee = await findAddressee(tx, told.addresseeId);
    const letter = addressee && (await findLetter(tx, addressee.letterId));
    if (!letter) return false;
    const meaning = `reminder:${told.reminders + 1}`;
    await tellAddressee(tx, house, { letter, addressee }, { template: "letter_reminder", meaning, now });
    return true;
  });
}
