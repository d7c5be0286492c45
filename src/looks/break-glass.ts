import { randomUUID } from "node:crypto";
import { findAccount } from "../account/store.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { dayOf, formatInstant } from "../kernel/calendar.ts";
import { Forbidden, Invalid } from "../kernel/failures.ts";
import { enqueue } from "../notices/enqueue.ts";
import { policyOn } from "../policy/store.ts";
import { getPersonAsked } from "../register/merge-desk.ts";
import { getOffice } from "../units/store.ts";
import { GLASS_REASONS, oneOf, readReason } from "./rules.ts";
import { breakGlass as policy } from "./rules-policies.ts";
import { lastEventId, saveGlass } from "./store.ts";

const SAYS_AT_MOST = 500;
const TOLD_WITHIN_MS = 15 * 60_000;

/**
 * A record without a case at the office is opened in an emergency, to this member alone, for a while. In the same
 * transaction it is on record, the person is told in their account, and somebody else is set to review it.
 */
export async function openInEmergency(
  house: House,
  staff: Staff,
  asked: { person: string; reason: string | undefined; says: string | undefined },
): Promise<{ until: Date; isTold: boolean }> {
  const [officeCode] = officesAtWork(staff);
  if (!officeCode) throw new Forbidden();
  const at = house.clock.now();
  const { personId } = await getPersonAsked(house.db, asked.person);
  const reason = oneOf(GLASS_REASONS, asked.reason);
  const says = readReason(asked.says, SAYS_AT_MOST);
  const faults = [
    ...(reason ? [] : [{ field: "glass_reason", key: "glass_reason_missing" }]),
    ...(says ? [] : [{ field: "glass_says", key: "says_short" }]),
  ];
  if (!reason || !says || faults.length > 0) throw new Invalid(faults);
  const today = dayOf(at);
  const { minutes, reviewDays } = await policyOn(house.db, policy, today);
  const until = new Date(at.getTime() + minutes * 60_000);
  const id = randomUUID();
  const office = (await getOffice(house.db, officeCode))?.name ?? officeCode;
  const isTold = await inTransaction(house.db, async (tx) => {
    const object = { kind: "break_glass", id };
    const entry = {
      at,
      actor: staff,
      action: "look.break_glass",
      purpose: "break_glass",
      personId,
      object,
      officeCode,
    };
    await record(tx, { ...entry, detail: { reason, minutes } });
    const dueOn = today.add({ days: reviewDays }).toString();
    const glass = { id, personId, officeCode, staffId: staff.staffId, reason, says, at, until, dueOn };
    await saveGlass(tx, { ...glass, day: today.toString() }, await lastEventId(tx, staff.staffId));
    const account = await findAccount(tx, personId);
    const lang = account?.lang === "en" ? "en" : "vi";
    await enqueue(tx, house.vault, {
      dedupeKey: `break_glass:${id}`,
      class: "reminder",
      template: "record_opened",
      lang,
      inAccount: true,
      fields: { at: formatInstant(at, lang), office },
      dueAt: new Date(at.getTime() + TOLD_WITHIN_MS),
      now: at,
      personId,
      officeCode,
    });
    return account?.status === "active";
  });
  return { until, isTold };
}
