/** A call becomes a ticket: to be answered later, or answered on the telephone at once. */
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { unitOfPerson } from "../drive/store-person-unit.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { parseEmail, parsePhone } from "../kernel/numbers.ts";
import { recordsOf } from "../register/store.ts";
import { findByIds } from "../registration/store-many.ts";
import { readAnswer, saveAnswer } from "./answer-ticket.ts";
import { categoriesNow } from "./categories.ts";
import { type Opened, openTicket } from "./open-ticket.ts";
import { getOwnCall } from "./own-call.ts";
import { parsePriority, parseWhat } from "./rules-ticket.ts";
import type { Call } from "./store-call.ts";
import { addTicketEvent, lockTicket } from "./store-ticket.ts";
import { firstOffice } from "./work-ticket.ts";

type Form = Readonly<Record<string, string | undefined>>;

/** Of somebody who was not identified the ticket knows no person: the contact that they give is all. */
export async function ticketFromCall(house: House, staff: Staff, callId: string, form: Form): Promise<Opened> {
  const call = await getOwnCall(house, staff, callId);
  const parsed = parseWhat(form, await categoriesNow(house.db, house.clock.now()));
  const contact = (form.contact ?? "").trim();
  const [phone, email] = [parsePhone(contact), parseEmail(contact)];
  const isAnswered = form.act === "answered";
  const faults = [
    ...(parsed.ok ? [] : parsed.faults),
    ...(contact && !phone && !email ? [{ field: "contact", key: "contact_shape" }] : []),
    ...(!contact && !isAnswered && !call.identifiedAt ? [{ field: "contact", key: "contact_missing" }] : []),
  ];
  if (!parsed.ok || faults.length > 0) throw new Invalid(faults);
  const answering = isAnswered ? { ...readAnswer(form), isSpoken: true } : undefined;
  const about = await aboutOf(house, call);
  return inTransaction(house.db, async (tx) => {
    const opened = await openTicket(tx, house, staff, {
      ...parsed.value,
      ...about,
      priority: parsePriority(form.priority),
      channel: call.channel,
      lang: "vi",
      callId,
      identifiedHow: call.identifiedHow ?? undefined,
      officeCode: firstOffice(staff),
      assignedTo: staff.staffId,
      ...(phone || email ? { phone, email } : { phone: about.ownPhone }),
    });
    const ticket = answering && (await lockTicket(tx, opened.code));
    if (answering && ticket) {
      const at = house.clock.now();
      await saveAnswer(tx, house, staff, ticket, answering, at);
      const detail = { spoken: "yes", ...(answering.from ? { from: answering.from } : {}) };
      await addTicketEvent(tx, ticket.id, {
        ...{ at, kind: "answered", staffId: staff.staffId, says: answering.says, detail },
      } as const);
    }
    return opened;
  });
}

async function aboutOf(house: House, call: Call) {
  if (call.keyKind === "unit") return { unitCode: call.unitCode ?? undefined };
  if (!call.identifiedAt) return {};
  if (call.personId) {
    const unitCode = await unitOfPerson(house.db, await recordsOf(house.db, call.personId));
    return { personId: call.personId, unitCode };
  }
  const id = call.declarationId ?? "0";
  const file = (await findByIds(house.db, [id])).get(id);
  return { declarationId: id, ownPhone: file?.phone ?? undefined };
}
