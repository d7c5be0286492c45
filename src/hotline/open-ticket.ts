/** A difficulty is written down: one row, one line of history, one clock. */
import { randomInt } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import type { Actor } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { makeTicketCode } from "../kernel/ticket-code.ts";
import { policyOn } from "../policy/store.ts";
import { workingCalendar } from "../units/store.ts";
import { answerBy, type Priority } from "./rules-clock.ts";
import { answerHours } from "./rules-policies.ts";
import { addTicketEvent, insertTicket, type NewTicket } from "./store-ticket.ts";

type Opening = Omit<NewTicket, "code" | "openedAt" | "openedBy" | "answerBy">;

const DRAWS_MOST = 5;

export interface Opened {
  id: string;
  code: string;
  answerBy: Date;
}

/** In the caller's transaction. */
export async function openTicket(tx: Tx, house: House, by: Actor, ticket: Opening): Promise<Opened> {
  const now = house.clock.now();
  const staffId = by.kind === "staff" ? by.staffId : null;
  const due = await dueOf(tx, now, ticket.priority);
  const drawn = await insertDrawn(tx, { ...ticket, openedAt: now, openedBy: staffId, answerBy: due });
  await addTicketEvent(tx, drawn.id, { at: now, kind: "opened", staffId, says: "", detail: {} });
  await record(tx, {
    ...{ at: now, actor: by, action: "hotline.ticket_opened", purpose: "hotline" },
    personId: ticket.personId,
    object: { kind: "ticket", id: drawn.code },
    officeCode: ticket.officeCode,
    detail: { category: ticket.category, channel: ticket.channel },
  });
  return { ...drawn, answerBy: due };
}

export async function dueOf(tx: Tx, from: Date, priority: Priority): Promise<Date> {
  return answerBy(from, priority, await policyOn(tx, answerHours, dayOf(from)), await workingCalendar(tx));
}

async function insertDrawn(tx: Tx, ticket: Omit<NewTicket, "code">): Promise<{ id: string; code: string }> {
  for (let draw = 0; draw < DRAWS_MOST; draw += 1) {
    const code = makeTicketCode((below) => randomInt(below));
    const id = await insertTicket(tx, { ...ticket, code });
    if (id) return { id, code };
  }
  throw new Error("no free code of a ticket");
}
