import type { House } from "../db/house.ts";
import { formatLongDay } from "../kernel/calendar.ts";
import type { Gates, Verdict } from "../notices/gate.ts";
import { leavesByDay } from "./message-hours.ts";
import { isOverdue, lastDayOf } from "./rules.ts";
import { findWaiting } from "./store-reminders.ts";

/** At no hour of sleep, and what names a last day only while the file waits for that very day. */
export const registrationGates: Gates = {
  declaration_reminder: waitsForThatDay,
  declaration_moved: waitsForThatDay,
  declaration_lapsed: leavesByDay,
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
  return leavesByDay(house);
}
