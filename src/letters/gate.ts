import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import type { Gates, Verdict } from "../notices/gate.ts";
import { policyOn } from "../policy/store.ts";
import { workingCalendar } from "../units/store.ts";
import { isWorkingHour, letterHours, nextWorkingHour } from "./rules-reminders.ts";
import { findLetter } from "./store.ts";
import { findAddressee } from "./store-addressees.ts";

/** A reminder leaves in working hours only, and never after the receipt is signed or the letter is replaced. */
export const letterGates: Gates = { letter_reminder: isStillUnsigned };

async function isStillUnsigned(house: House, { dedupe_key: key }: { dedupe_key: string }): Promise<Verdict> {
  const [, addresseeId = ""] = key.split(":");
  const addressee = await findAddressee(house.db, addresseeId);
  const letter = addressee && (await findLetter(house.db, addressee.letterId));
  if (!letter || addressee.signedAt || letter.replacedBy) return "overtaken";
  const now = house.clock.now();
  const hours = await policyOn(house.db, letterHours, dayOf(now));
  const calendar = await workingCalendar(house.db);
  if (isWorkingHour(now, hours, calendar)) return "send";
  return { waitUntil: nextWorkingHour(now, hours, calendar) };
}
