import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { findUnit } from "../drive/store.ts";
import { dayOf } from "../kernel/calendar.ts";
import { enqueue, type NewNotice } from "../notices/enqueue.ts";
import { policyOn } from "../policy/store.ts";
import { getOffice } from "../units/store.ts";
import { readAudience } from "./audience.ts";
import { type Mailing, templateOf } from "./rules.ts";
import type { Recipient } from "./rules-audience.ts";
import { replyNumber } from "./rules-policies.ts";
import { dueMailings, insertResults, lockMailing, markBegun, markQueued, settledLines } from "./store.ts";

/** Small, so that whoever stops the campaign waits for one of them at most. */
const BATCH = 250;

/**
 * Campaigns whose time has come are written into the outbox, in its last lane. A run that ends half-way is taken up by
 * the next one: lines that are settled stay so, and a line's message has one meaning.
 */
export async function sendDue(house: House): Promise<void> {
  for (const mailing of await dueMailings(house.db, house.clock.now())) {
    await markBegun(house.db, mailing.id, house.clock.now());
    if (await writeAll(house, mailing)) await markQueued(house.db, mailing.id, house.clock.now());
  }
}

/** False when it was stopped meanwhile. */
async function writeAll(house: House, mailing: Mailing): Promise<boolean> {
  const settled = await settledLines(house.db, mailing.id);
  const left = (await readAudience(house, mailing)).filter(({ lineId }) => !settled.has(lineId));
  const values = await valuesOf(house, mailing);
  for (let from = 0; from < left.length; from += BATCH) {
    const batch = left.slice(from, from + BATCH);
    const isOn = await inTransaction(house.db, async (tx) => {
      if ((await lockMailing(tx, mailing.id)).stoppedAt) return false;
      await insertResults(tx, mailing.id, batch);
      const now = house.clock.now();
      await enqueue(tx, house.vault, ...batch.flatMap((one) => noticeOf(mailing, values, one, now) ?? []));
      return true;
    });
    if (!isOn) return false;
  }
  return true;
}

type Values = Record<"unit" | "reply" | "at" | "place", string>;

export async function valuesOf({ db, clock }: House, { unitCode, officeCode, fields }: Mailing): Promise<Values> {
  const unit = unitCode === null ? await getOffice(db, officeCode) : await findUnit(db, unitCode);
  const reply = await policyOn(db, replyNumber, dayOf(clock.now()));
  return { unit: unit?.name ?? "", reply, at: fields.at ?? "", place: fields.place ?? "" };
}

function noticeOf(mailing: Mailing, fields: Values, one: Recipient, now: Date): NewNotice | undefined {
  if (one.result !== "written") return undefined;
  return {
    dedupeKey: `mailing:${mailing.id}:${one.unitCode}:${one.lineId}`,
    class: "campaign",
    template: templateOf[mailing.purpose],
    lang: "vi",
    ...("phone" in one ? { phone: one.phone } : { email: one.email }),
    fields,
    dueAt: mailing.endsAt,
    now,
    personId: one.personId ?? undefined,
    officeCode: mailing.officeCode,
    mailing: { id: mailing.id, version: mailing.version },
  };
}
