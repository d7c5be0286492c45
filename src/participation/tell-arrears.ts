/**
 * The notice of the 10th (thông báo ngày 10 hằng tháng): whoever has months that nobody paid, from so many days
 * overdue, is told once a month by SMS and in the account. BHXH VN, version 1.6.5; docs/laws/unpaid-months.md.
 */
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { dayOf, formatDay, type PlainDate } from "../kernel/calendar.ts";
import { endOfMessageHours, isMessageHour } from "../kernel/message-hours.ts";
import { enqueue, type NewNotice } from "../notices/enqueue.ts";
import type { Gates, Verdict } from "../notices/gate.ts";
import { policyOn } from "../policy/store.ts";
import { contactsOfMany } from "../register/store.ts";
import { leavesByDay } from "../registration/message-hours.ts";
import { messageHours } from "../registration/rules-reminders.ts";
import { arrearsNotice, type NoticeTerms } from "./rules-arrears.ts";
import { isNoticeDay, noticeLines, toldArrears } from "./rules-notice.ts";
import { advanceRun, periodsOfMany, takeTurns } from "./store-notice.ts";
import { words } from "./words.ts";

const BATCH = 500;

/** Answers how many were told now. A run that was cut off goes on where it stopped. */
export async function tellArrears(house: House): Promise<number> {
  const now = house.clock.now();
  const today = dayOf(now);
  const terms = await policyOn(house.db, arrearsNotice, today);
  const hours = await policyOn(house.db, messageHours, today);
  if (!isNoticeDay(today, terms) || !isMessageHour(now, hours)) return 0;
  const dueAt = endOfMessageHours(now, hours);
  let told = 0;
  for (;;) {
    const batch = await tellSome(house, { now, today, terms, dueAt });
    if (batch === undefined) return told;
    told += batch;
  }
}

interface Day {
  now: Date;
  today: PlainDate;
  terms: NoticeTerms;
  dueAt: Date;
}

/** Undefined: the month is done. */
async function tellSome(house: House, { now, today, terms, dueAt }: Day): Promise<number | undefined> {
  const month = today.with({ day: 1 }).toString();
  return inTransaction(house.db, async (tx) => {
    const turns = await takeTurns(tx, month, now, BATCH);
    if (turns === undefined) return undefined;
    const ids = turns.map(({ personId }) => personId);
    const [periods, contacts] = [await periodsOfMany(tx, ids), await contactsOfMany(tx, ids)];
    const notices = turns.flatMap(({ personId, lang }): NewNotice[] => {
      const arrears = toldArrears(periods.get(personId) ?? [], today, terms);
      if (arrears.length === 0) return [];
      return [
        {
          dedupeKey: `arrears:${personId}:${month.slice(0, 7)}`,
          ...{ class: "reminder", template: "arrears_notice", lang, personId, dueAt, now, inAccount: true },
          phone: contacts.get(personId)?.phone,
          fields: { day: formatDay(today, lang), unpaid: noticeLines(arrears, lang, words(lang).funds) },
        },
      ];
    });
    await enqueue(tx, house.vault, ...notices);
    await advanceRun(tx, month, now, ids.at(-1), notices.length);
    return notices.length;
  });
}

/** It leaves at no hour of sleep, and not once everything has been paid. */
export const participationGates: Gates = { arrears_notice: isStillUnpaid };

async function isStillUnpaid(house: House, { person_id: personId }: { person_id: string | null }): Promise<Verdict> {
  const today = dayOf(house.clock.now());
  const terms = await policyOn(house.db, arrearsNotice, today);
  const periods = personId ? ((await periodsOfMany(house.db, [personId])).get(personId) ?? []) : [];
  if (toldArrears(periods, today, terms).length === 0) return "overtaken";
  return leavesByDay(house);
}
