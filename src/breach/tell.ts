import { getStaffNamed } from "../account/staff-by-name.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { dayOf, formatDay } from "../kernel/calendar.ts";
import { Conflict, NotFound } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { enqueue, type NewNotice } from "../notices/enqueue.ts";
import { contactsOfMany } from "../register/store.ts";
import { ANSWERING, getBreach } from "./open.ts";
import { type Breach, lockBreach, type SubjectRow, saveApproved, saveTold, subjectsOf } from "./store.ts";

/** A second person, never the one who opened it, lets the persons be told. */
export async function approveTelling(house: House, asked: { code: string; by: string }): Promise<void> {
  const staff = await getStaffNamed(house, asked.by, ANSWERING);
  const at = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const breach = await lockBreach(tx, asked.code);
    if (!breach) throw new NotFound("breach");
    if (breach.openedBy === staff.staffId) throw new Conflict("breach_two_persons");
    if (breach.approvedAt) throw new Conflict("breach_approved");
    await saveApproved(tx, breach.breachId, staff.staffId, at);
    const object = { kind: "breach", id: breach.code };
    await record(tx, { at, actor: staff, action: "breach.approved", purpose: "looks", object });
  });
}

export interface Telling {
  /** Messages that are new with this call. */
  queued: number;
  /** Persons with neither telephone, nor e-mail, nor account: a letter goes to them. */
  byLetter: number;
}

const BATCH = 500;

/**
 * Queues the notices in batches, each once: a call that was cut off goes on where it stopped. Behind results and codes
 * (lane of reminders). Throws Conflict before the approval.
 */
export async function queueTelling(house: House, code: string): Promise<Telling> {
  const breach = await getBreach(house, code);
  if (!breach.approvedAt) throw new Conflict("breach_not_approved");
  const told: Telling = { queued: 0, byLetter: 0 };
  let after = { personId: "-1", declarationId: "0" };
  for (;;) {
    const page = await subjectsOf(house.db, breach.breachId, after, BATCH);
    const last = page.at(-1);
    if (!last) break;
    await inTransaction(house.db, (tx) => tellPage(house, tx, breach, page, told));
    after = last;
  }
  const at = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    if (!(await lockBreach(tx, code))?.toldAt) await saveTold(tx, breach.breachId, at);
    const object = { kind: "breach", id: code };
    const detail = { queued: told.queued, byLetter: told.byLetter };
    await record(tx, { at, actor: { kind: "operator" }, action: "breach.told", purpose: "looks", object, detail });
  });
  return told;
}

async function tellPage(house: House, tx: Tx, breach: Breach, page: readonly SubjectRow[], told: Telling) {
  const persons = page.map(({ personId }) => personId).filter((id) => id !== "0");
  const contacts = await contactsOfMany(tx, persons);
  const notices: NewNotice[] = [];
  for (const subject of page) {
    const { phone = subject.filePhone ?? undefined, email } = contacts.get(subject.personId) ?? {};
    if (!phone && !email && !subject.hasAccount) told.byLetter += 1;
    else notices.push(noticeTo(breach, subject, { phone, email }, house.clock.now()));
  }
  told.queued += await enqueue(tx, house.vault, ...notices);
}

function noticeTo(
  breach: Breach,
  { personId, declarationId, hasAccount, lang: given }: SubjectRow,
  contact: { phone: string | undefined; email: string | undefined },
  now: Date,
): NewNotice {
  const lang: Lang = given === "en" ? "en" : "vi";
  return {
    dedupeKey: `breach:${breach.code}:${personId}:${declarationId}`,
    class: "reminder",
    template: "data_breach",
    lang,
    ...contact,
    ...(hasAccount ? { inAccount: true as const } : {}),
    fields: { code: breach.code, day: formatDay(dayOf(breach.detectedAt), lang) },
    dueAt: breach.tellBy,
    now,
    ...(personId === "0" ? { declarationId } : { personId }),
  };
}
