import type { Db, House, Tx } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { dueWithin, isMessageHour, nextMessageHour } from "../kernel/message-hours.ts";
import type { Verdict } from "../notices/gate.ts";
import { policyOn } from "../policy/store.ts";
import { messageHours } from "./rules-reminders.ts";

/** The gate of what time alone brings: it leaves at no hour of sleep. */
export async function leavesByDay(house: House): Promise<Verdict> {
  const now = house.clock.now();
  const hours = await policyOn(house.db, messageHours, dayOf(now));
  return isMessageHour(now, hours) ? "send" : { waitUntil: nextMessageHour(now, hours) };
}

/** By when it has left, the wait for the morning not counted. */
export async function dueByDay(db: Db | Tx, now: Date, withinMs: number): Promise<Date> {
  return dueWithin(now, withinMs, await policyOn(db, messageHours, dayOf(now)));
}
