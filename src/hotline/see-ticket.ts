/** Who sees which tickets: the hotline all, an office its own, a supervisor also the hotline's late ones. */
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { officesAtWork, officesOf, type Staff } from "../kernel/actor.ts";
import { NotFound } from "../kernel/failures.ts";
import { parseTicketCode } from "../kernel/ticket-code.ts";
import { findTicket, type Ticket, type TicketScope } from "./store-ticket.ts";

export function scopeOf(staff: Staff): TicketScope {
  const isHotline = staff.roles.some(({ role }) => role === "hotline");
  return {
    offices: isHotline ? "all" : officesAtWork(staff),
    withEscalated: officesOf(staff, "supervisor").length > 0,
    staffId: staff.staffId,
  };
}

export function sees(staff: Staff, ticket: Ticket): boolean {
  const { offices, withEscalated } = scopeOf(staff);
  if (offices === "all" || ticket.assignedTo === staff.staffId) return true;
  if (ticket.officeCode === null) return withEscalated && ticket.escalatedAt !== null;
  return offices.includes(ticket.officeCode);
}

/** Any other ticket does not exist for them. */
export function seen(staff: Staff, ticket: Ticket | undefined): Ticket {
  if (!ticket || !sees(staff, ticket)) throw new NotFound("ticket");
  return ticket;
}

/** The look is on record; who is not working on it reads the contact masked. */
export async function lookAtTicket(house: House, staff: Staff, typed: string): Promise<Ticket> {
  const code = parseTicketCode(typed);
  const ticket = seen(staff, code ? await findTicket(house.db, code) : undefined);
  await record(house.db, {
    ...{ at: house.clock.now(), actor: staff, action: "hotline.ticket_look", purpose: "hotline" },
    personId: ticket.personId ?? undefined,
    object: { kind: "ticket", id: ticket.code },
    officeCode: ticket.officeCode ?? undefined,
    detail: { contact: ticket.assignedTo === staff.staffId ? "whole" : "masked" },
  });
  return ticket;
}
