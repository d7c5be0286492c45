import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { dayOf, endOf, formatLongDay, type PlainDate } from "../kernel/calendar.ts";
import { endOfMessageHours, isMessageHour } from "../kernel/message-hours.ts";
import { policyOn } from "../policy/store.ts";
import { getOffice } from "../units/store.ts";
import { messageHours, reminderDays, reminderFor } from "./rules-reminders.ts";
import { findToRemind, lockWaiting, noteReminder } from "./store-reminders.ts";
import { tellDeclarer } from "./tell-declarer.ts";

const BATCH = 100;

export interface Reminders {
  reminded: number;
  failed: number;
}

interface Reminder {
  lastDay: PlainDate;
  lapsesAt: Date;
  daysBefore: number;
  dueAt: Date;
}

/**
 * The sweep of every minute, within the hours for messages: who has so few days left is reminded once. Decided
 * under the lock of the file, and asked again when the message leaves (gate.ts). Two runs at once meet in a key.
 */
export async function remindDue(house: House): Promise<Reminders> {
  const now = house.clock.now();
  const today = dayOf(now);
  const done: Reminders = { reminded: 0, failed: 0 };
  const hours = await policyOn(house.db, messageHours, today);
  if (!isMessageHour(now, hours)) return done;
  const days = await policyOn(house.db, reminderDays, today);
  for (let left = 0; left <= Math.max(-1, ...days); left += 1) {
    const daysBefore = reminderFor(left, days);
    const lastDay = today.add({ days: left });
    const dueAt = endOfMessageHours(now, hours);
    if (daysBefore === undefined) continue;
    await remindAll(house, { lastDay, lapsesAt: endOf(lastDay), daysBefore, dueAt }, now, done);
  }
  return done;
}

async function remindAll(house: House, reminder: Reminder, now: Date, done: Reminders): Promise<void> {
  const { lapsesAt, lastDay, daysBefore } = reminder;
  const want = { lapsesAt, lastDay: lastDay.toString(), daysBefore, limit: BATCH };
  for (;;) {
    const before = done.reminded;
    const ids = await findToRemind(house.db, want);
    for (const id of ids) await remindOne(house, id, reminder, now, done);
    // What could not be done now is left for the next minute.
    if (ids.length < BATCH || done.reminded === before) return;
  }
}

async function remindOne(house: House, id: string, reminder: Reminder, now: Date, done: Reminders): Promise<void> {
  try {
    if (await inTransaction(house.db, (tx) => remind(tx, house, id, reminder, now))) done.reminded += 1;
  } catch (error) {
    done.failed += 1;
    house.log.error({ err: error, alarm: "reminder_failed", declarationId: id }, "a person could not be reminded");
  }
}

async function remind(tx: Parameters<typeof lockWaiting>[0], house: House, id: string, by: Reminder, now: Date) {
  const file = await lockWaiting(tx, id, by.lapsesAt);
  if (!file) return false;
  const { lastDay, daysBefore, dueAt } = by;
  if (!(await noteReminder(tx, id, { lastDay: lastDay.toString(), daysBefore, at: now }))) return false;
  const office = file.officeCode ? await getOffice(tx, file.officeCode) : undefined;
  const fields = { code: file.code, deadline: formatLongDay(lastDay, file.lang), office: office?.name ?? "" };
  const meaning = `reminder:${lastDay}:${daysBefore}`;
  await tellDeclarer(tx, house, file, "declaration_reminder", fields, now, { meaning, dueAt });
  return true;
}
