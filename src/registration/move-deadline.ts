import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { system } from "../kernel/actor.ts";
import { dayOf, formatLongDay } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { getOffice } from "../units/store.ts";
import { dueByDay } from "./message-hours.ts";
import { daysLeft, lastDayOf } from "./rules.ts";
import { reminderDays, reminderFor } from "./rules-reminders.ts";
import type { Declaration } from "./store.ts";
import { noteReminder, saveMove } from "./store-reminders.ts";
import { SEND_WITHIN_MS, tellDeclarer } from "./tell-declarer.ts";

/**
 * A holiday entered or struck out after confirmation moves the last day of a locked file (Civil Code 2015,
 * art. 148.5). The person is told once a move, and that counts as the reminder of the day.
 */
export async function moveDeadline(tx: Tx, house: House, file: Declaration, to: Date, now: Date): Promise<void> {
  const no = await saveMove(tx, file, to, now);
  const lastDay = lastDayOf(to);
  const daysBefore = reminderFor(daysLeft(now, to), await policyOn(tx, reminderDays, dayOf(now)));
  if (daysBefore !== undefined) await noteReminder(tx, file.id, { lastDay: lastDay.toString(), daysBefore, at: now });
  const office = file.officeCode ? await getOffice(tx, file.officeCode) : undefined;
  const fields = { code: file.code, deadline: formatLongDay(lastDay, file.lang), office: office?.name ?? "" };
  const dueAt = await dueByDay(tx, now, SEND_WITHIN_MS);
  await tellDeclarer(tx, house, file, "declaration_moved", fields, now, { meaning: `moved:${no}`, dueAt });
  await record(tx, {
    at: now,
    actor: system,
    action: "declaration.move_deadline",
    purpose: "registration",
    object: { kind: "declaration", id: file.code },
    officeCode: file.officeCode ?? undefined,
    detail: { to: lastDay.toString() },
  });
}
