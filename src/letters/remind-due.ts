import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { dayOf, startOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { workingCalendar } from "../units/store.ts";
import { isReminderDue, isWorkingHour, letterHours, letterReminders } from "./rules-reminders.ts";
import { findLetter } from "./store.ts";
import { findAddressee, findToRemind, noteReminder, type ToRemind } from "./store-addressees.ts";
import { tellAddressee } from "./tell.ts";

/**
 * The sweep of every few minutes, in working hours: whoever has not signed is reminded by the plan in force. Asked
 * again when the message leaves (gate.ts). Two runs at once meet in the count of reminders.
 */
export async function remindLetters(house: House): Promise<{ reminded: number }> {
  const now = house.clock.now();
  const today = dayOf(now);
  const hours = await policyOn(house.db, letterHours, today);
  if (!isWorkingHour(now, hours, await workingCalendar(house.db))) return { reminded: 0 };
  const plan = await policyOn(house.db, letterReminders, today);
  const waiting = await findToRemind(house.db, { toldBefore: startOf(today), most: plan.most });
  let reminded = 0;
  for (const told of waiting.filter((one) => isReminderDue(one, plan, now))) {
    try {
      if (await remindOne(house, told, now)) reminded += 1;
    } catch (error) {
      const which = { err: error, alarm: "letter_reminder_failed", addresseeId: told.addresseeId };
      house.log.error(which, "an addressee could not be reminded");
    }
  }
  return { reminded };
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
