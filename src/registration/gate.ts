import type { House } from "../db/house.ts";
import { dayOf, formatLongDay } from "../kernel/calendar.ts";
import { isMessageHour, nextMessageHour } from "../kernel/message-hours.ts";
import type { Gates, Verdict } from "../notices/gate.ts";
import { policyOn } from "../policy/store.ts";
import { isOverdue, lastDayOf } from "./rules.ts";
import { messageHours } from "./rules-reminders.ts";
import { findWaiting } from "./store-reminders.ts";

/** A message about a last day leaves only while the file waits for that very day, and at no hour of sleep. */
export const registrationGates: Gates = {
  declaration_reminder: waitsForThatDay,
  declaration_moved: waitsForThatDay,
};

interface AboutADay {
  declaration_id: string | null;
  lang: "vi" | "en";
  fields: Record<string, string>;
}

async function waitsForThatDay(house: House, { declaration_id, lang, fields }: AboutADay): Promise<Verdict> {
  const now = house.clock.now();
  const file = declaration_id ? await findWaiting(house.db, declaration_id) : undefined;
  if (!file?.lapsesAt || isOverdue(file, now)) return "overtaken";
  if (formatLongDay(lastDayOf(file.lapsesAt), lang) !== fields.deadline) return "overtaken";
  const hours = await policyOn(house.db, messageHours, dayOf(now));
  return isMessageHour(now, hours) ? "send" : { waitUntil: nextMessageHour(now, hours) };
}
