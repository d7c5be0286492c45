import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf, formatDay } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import { enqueue } from "../notices/enqueue.ts";
import { advance } from "../registration/advance.ts";
import { lastDayOf } from "../registration/rules.ts";
import type { Declaration } from "../registration/store.ts";
import { findOffices, type Office } from "../units/store.ts";

/** `handed`: sent by the office that has the file; `brought`: asked for by the office where the person stands. */
export type TransferWay = "handed" | "brought";

interface Asked {
  /** Locked, and looked at by the verb. */
  file: Declaration;
  fromOfficeCode: string;
  toOfficeCode: string;
  reason: string;
  way: TransferWay;
  at: Date;
}

const TOLD_WITHIN_MS = 15 * 60_000;

/**
 * Moves a locked file to another office. Every clock goes on: the ten days, and the fifteen minutes too. The
 * person is told when they have still to hand in; both offices find the move in their list and in the audit.
 */
export async function transfer(tx: Tx, house: House, staff: Staff, asked: Asked): Promise<Declaration> {
  const { file, fromOfficeCode, toOfficeCode, reason, way, at } = asked;
  const to = await openOffice(tx, toOfficeCode, at);
  const moved = await advance(tx, file.code, {
    kind: "handed_over",
    actor: staff,
    at,
    officeCode: way === "handed" ? fromOfficeCode : toOfficeCode,
    toOfficeCode,
    detail: { from: fromOfficeCode, to: toOfficeCode, reason, way },
  });
  if (moved.status === "confirmed" && !moved.batchedAt) await tellPerson(tx, house, moved, to, at);
  for (const officeCode of [fromOfficeCode, toOfficeCode]) {
    await record(tx, {
      at,
      actor: staff,
      action: way === "handed" ? "review.hand_over" : "review.bring",
      purpose: "review",
      personId: file.personId ?? undefined,
      object: { kind: "declaration", id: file.code },
      officeCode,
      detail: { from: fromOfficeCode, to: toOfficeCode },
    });
  }
  return moved;
}

async function openOffice(tx: Tx, code: string, at: Date): Promise<Office> {
  const offices = await findOffices(tx, { takesFiles: true, on: dayOf(at).toString() });
  const office = offices.find((one) => one.code === code);
  if (!office) throw new Invalid([{ field: "office", key: "office_missing" }]);
  return office;
}

/** Where to hand in now, and by when: the last day has not moved. */
async function tellPerson(tx: Tx, house: House, file: Declaration, to: Office, now: Date): Promise<void> {
  const { phone, email } = file.answers;
  if (!file.lapsesAt) throw new Error("a confirmed declaration has a last day");
  await enqueue(tx, house.vault, {
    dedupeKey: `declaration:${file.id}:handed_over:${file.seq}`,
    class: "reminder",
    template: "declaration_handed_over",
    lang: file.lang,
    phone: phone?.number,
    email: email?.address ?? undefined,
    fields: { code: file.code, office: to.name, deadline: formatDay(lastDayOf(file.lapsesAt), file.lang) },
    dueAt: new Date(now.getTime() + TOLD_WITHIN_MS),
    now,
    declarationId: file.id,
    officeCode: to.code,
  });
}
