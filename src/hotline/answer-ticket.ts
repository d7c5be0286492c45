/** The answer: kept with the ticket, and sent to whoever reported it by the ways that are known. */
import type { House, Tx } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { parsePhone } from "../kernel/numbers.ts";
import { enqueue } from "../notices/enqueue.ts";
import { contactsOf } from "../register/store.ts";
import { parseAnswer } from "./rules-ticket.ts";
import { noteUse, publicAnswers } from "./store-answers.ts";
import { changeTicket, type Ticket } from "./store-ticket.ts";
import { onTicket } from "./work-ticket.ts";

type Form = Readonly<Record<string, string | undefined>>;
const TOLD_WITHIN_MS = 15 * 60_000;

export interface Answering {
  says: string;
  /** Which answer of the library stood at its beginning. */
  from: string | undefined;
  /** Said on the telephone: nothing more is sent. */
  isSpoken: boolean;
}

export function readAnswer(form: Form): Answering {
  const parsed = parseAnswer(form.answer);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  return { says: parsed.value, from: form.from || undefined, isSpoken: form.spoken === "yes" };
}

export async function answerTicket(house: House, staff: Staff, code: string, form: Form): Promise<Ticket> {
  const answering = readAnswer(form);
  return onTicket(house, staff, code, "answer", async (tx, ticket, at) => {
    await saveAnswer(tx, house, staff, ticket, answering, at);
    return { kind: "answered", says: answering.says, detail: answering.from ? { from: answering.from } : {} };
  });
}

/** In the transaction that answers. */
export async function saveAnswer(
  tx: Tx,
  house: House,
  staff: Staff,
  ticket: Ticket,
  { says, from, isSpoken }: Answering,
  at: Date,
): Promise<void> {
  await changeTicket(tx, ticket.id, {
    ...{ state: "answered", answer: says, answered_at: at, answered_by: staff.staffId },
    ...(ticket.firstAnsweredAt ? {} : { first_answered_at: at }),
  });
  const isKnown = from !== undefined && (await publicAnswers(tx)).some(({ key }) => key === from);
  if (isKnown) await noteUse(tx, from, ticket.id, at);
  if (!isSpoken) await send(tx, house, ticket, says, at);
}

/** A telephone that the reporter named, else the one on record; a reopened ticket is answered by another message. */
async function send(tx: Tx, house: House, ticket: Ticket, answer: string, now: Date): Promise<void> {
  const contacts = ticket.personId ? await contactsOf(tx, ticket.personId) : [];
  const known = (wanted: string) => contacts.find(({ kind }) => kind === wanted)?.value;
  const isNamed = ticket.phone !== null || ticket.email !== null;
  const phone = ticket.phone ?? (isNamed ? undefined : known("phone"));
  const email = ticket.email ?? (isNamed ? undefined : known("email"));
  await enqueue(tx, house.vault, {
    dedupeKey: `ticket:${ticket.code}:${ticket.reopened}:answered`,
    class: "reminder",
    template: "ticket_answered",
    lang: ticket.lang,
    phone: phone && parsePhone(phone),
    email,
    fields: { code: ticket.code, answer },
    dueAt: new Date(now.getTime() + TOLD_WITHIN_MS),
    now,
    personId: ticket.personId ?? undefined,
    officeCode: ticket.officeCode ?? undefined,
  });
}
