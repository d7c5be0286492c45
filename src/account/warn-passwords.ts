import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { dayOf, daysBetween, formatDay, minuteOf, plainDate } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { enqueue, type NewNotice } from "../notices/enqueue.ts";
import type { Gates, Verdict } from "../notices/gate.ts";
import { policyOn } from "../policy/store.ts";
import { contactsOfMany } from "../register/store.ts";
import { dueByDay, leavesByDay } from "../registration/message-hours.ts";
import { messageHours } from "../registration/rules-reminders.ts";
import { passwordDueOn } from "./rules.ts";
import { warningDays } from "./rules-policies.ts";
import { type DueWarning, shareCome, warningsOf } from "./rules-warning.ts";
import { isStillSet, takeToWarn } from "./store-warning.ts";

const BATCH = 500;
const SENT_WITHIN_MS = 6 * 3600_000;

/** Not sent by night when a provider was away, and in the morning only while that password is still the one. */
export const accountGates: Gates = { password_warning: isOfThatPassword };

async function isOfThatPassword(house: House, { dedupe_key: key }: { dedupe_key: string }): Promise<Verdict> {
  const [, personId = "", setOn = ""] = key.split(":");
  const hasEnded = daysBetween(dayOf(house.clock.now()), passwordDueOn(plainDate(setOn))) < 0;
  if (hasEnded || !(await isStillSet(house.db, personId, setOn))) return "overtaken";
  return leavesByDay(house);
}

/**
 * Tells people that their six months end soon: once for each warning of the policy, by SMS and e-mail, spread
 * over the day. Who changed the password in time hears nothing. Run by the worker every few minutes.
 */
export async function warnPasswords(house: House): Promise<number> {
  const now = house.clock.now();
  const today = dayOf(now);
  const share = shareCome(minuteOf(now), await policyOn(house.db, messageHours, today));
  if (share === 0) return 0;
  const dueAt = await dueByDay(house.db, now, SENT_WITHIN_MS);
  let told = 0;
  for (const due of warningsOf(today, await policyOn(house.db, warningDays, today))) {
    let taken = 0;
    do {
      taken = await warnSome(house, due, share, { now, dueAt });
      told += taken;
    } while (taken === BATCH);
  }
  return told;
}

type Times = Pick<NewNotice, "now" | "dueAt">;

async function warnSome(house: House, due: DueWarning, share: number, times: Times): Promise<number> {
  return inTransaction(house.db, async (tx) => {
    const batch = { setOn: due.setOn.toString(), days: due.days, share, limit: BATCH };
    const people = await takeToWarn(tx, batch);
    const contacts = await contactsOfMany(
      tx,
      people.map(({ person_id }) => person_id),
    );
    const notices = people.map(({ person_id: personId, lang }) => {
      return warningTo(personId, lang === "en" ? "en" : "vi", due, contacts.get(personId) ?? {}, times);
    });
    await enqueue(tx, house.vault, ...notices);
    return people.length;
  });
}

function warningTo(
  personId: string,
  lang: Lang,
  { setOn, dueOn, days }: DueWarning,
  ways: Pick<NewNotice, "phone" | "email">,
  times: Times,
): NewNotice {
  return {
    dedupeKey: `password_warning:${personId}:${setOn}:${days}`,
    class: "reminder",
    template: "password_warning",
    lang,
    ...ways,
    fields: { until: formatDay(dueOn, lang) },
    ...times,
    personId,
  };
}
