/** What staff do with a ticket besides answering it. Each is a line of its history, in one transaction. */
import { findStaffByUsername, listStaff } from "../account/store-staff.ts";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Invalid, NotAllowed } from "../kernel/failures.ts";
import { parseTicketCode } from "../kernel/ticket-code.ts";
import { findOffices } from "../units/store.ts";
import { dueOf } from "./open-ticket.ts";
import { allowedActs, parseNote, parsePriority, type TicketAct } from "./rules-ticket.ts";
import { seen } from "./see-ticket.ts";
import {
  addTicketEvent,
  changeTicket,
  lockTicket,
  openSince,
  type Ticket,
  type TicketEventKind,
} from "./store-ticket.ts";

type Form = Readonly<Record<string, string | undefined>>;

interface Deed {
  kind: TicketEventKind;
  says?: string;
  detail?: Record<string, string>;
}

/** Locks the ticket, asks whether this may be done now, does it and writes it down. */
export async function onTicket(
  house: House,
  staff: Staff,
  typed: string,
  act: TicketAct,
  work: (tx: Tx, ticket: Ticket, at: Date) => Promise<Deed>,
): Promise<Ticket> {
  const at = house.clock.now();
  return inTransaction(house.db, async (tx) => {
    const code = parseTicketCode(typed);
    const ticket = seen(staff, code ? await lockTicket(tx, code) : undefined);
    const may = allowedActs(ticket.state);
    if (!may.includes(act)) throw new NotAllowed(ticket.state, may, "ticket_state");
    const { kind, says = "", detail = {} } = await work(tx, ticket, at);
    await addTicketEvent(tx, ticket.id, { at, kind, staffId: staff.staffId, says, detail });
    await record(tx, {
      ...{ at, actor: staff, action: `hotline.ticket_${kind}`, purpose: "hotline" },
      personId: ticket.personId ?? undefined,
      object: { kind: "ticket", id: ticket.code },
      officeCode: ticket.officeCode ?? undefined,
    });
    return ticket;
  });
}

export const takeTicket = (house: House, staff: Staff, code: string) =>
  onTicket(house, staff, code, "take", async (tx, ticket) => {
    await changeTicket(tx, ticket.id, { assigned_to: staff.staffId });
    return { kind: "taken" };
  });

export const noteOnTicket = (house: House, staff: Staff, code: string, form: Form) =>
  onTicket(house, staff, code, "note", async () => ({ kind: "noted", says: whole(parseNote("note", form.note)) }));

/** The clock is counted anew from the opening, or from the last one: a pressing matter may be late at once, and says so. */
export const changePriority = (house: House, staff: Staff, code: string, form: Form) =>
  onTicket(house, staff, code, "priority", async (tx, ticket) => {
    const priority = parsePriority(form.priority);
    const due = await dueOf(tx, await openSince(tx, ticket), priority);
    await changeTicket(tx, ticket.id, { priority, answer_by: due });
    return { kind: "priority", detail: { priority } };
  });

export const closeTicket = (house: House, staff: Staff, code: string, form: Form) =>
  onTicket(house, staff, code, "closing", async (tx, ticket) => {
    const says = whole(parseNote("closing", form.closing));
    await changeTicket(tx, ticket.id, { state: "closed" });
    return { kind: "closed", says };
  });

/** The answer was not enough: the clock begins anew, the first answer stays counted. */
export const reopenTicket = (house: House, staff: Staff, code: string, form: Form) =>
  onTicket(house, staff, code, "reopening", async (tx, ticket, at) => {
    const says = whole(parseNote("reopening", form.reopening));
    const due = await dueOf(tx, at, ticket.priority);
    await changeTicket(tx, ticket.id, {
      ...{ state: "open", answered_at: null, answered_by: null, answer: null },
      ...{ reopened: ticket.reopened + 1, answer_by: due, escalated_at: null },
    });
    return { kind: "reopened", says };
  });

/** To an office, by code or name; to a colleague, by the name with which they sign in; or back to the hotline. */
export const handOverTicket = (house: House, staff: Staff, code: string, form: Form) =>
  onTicket(house, staff, code, "hand-over", async (tx, ticket, at) => {
    const says = whole(parseNote("reason", form.reason));
    const to = await receiverOf(tx, form.to ?? "", at);
    await changeTicket(tx, ticket.id, { office_code: to.officeCode, assigned_to: to.staffId });
    return { kind: "handed_over", says, detail: { to: to.name } };
  });

export const BACK_TO_HOTLINE = "hotline";

interface Receiver {
  officeCode: string | null;
  staffId: string | null;
  name: string;
}

async function receiverOf(tx: Tx, typed: string, at: Date): Promise<Receiver> {
  const to = typed.normalize("NFC").trim();
  if (to.toLowerCase() === BACK_TO_HOTLINE) return { officeCode: null, staffId: null, name: BACK_TO_HOTLINE };
  return (await colleague(tx, to, at)) ?? (await office(tx, to, at));
}

async function colleague(tx: Tx, username: string, at: Date): Promise<Receiver | undefined> {
  const found = username ? await findStaffByUsername(tx, username) : undefined;
  if (!found?.is_active) return undefined;
  const listed = (await listStaff(tx, dayOf(at).toString())).find((one) => one.staff_id === found.staff_id);
  const desk = listed?.roles.find(({ role }) => role === "hotline" || role === "officer" || role === "supervisor");
  if (!desk) return undefined;
  return { officeCode: desk.office_code, staffId: found.staff_id, name: found.full_name };
}

async function office(tx: Tx, named: string, at: Date): Promise<Receiver> {
  if (named === "") throw new Invalid([{ field: "to", key: "to_missing" }]);
  const found = await findOffices(tx, { on: dayOf(at).toString() });
  const byCode = found.find(({ code }) => code === named.toUpperCase());
  const matching = byCode ? [byCode] : await findOffices(tx, { named, on: dayOf(at).toString() });
  const [one] = matching;
  if (!one) throw new Invalid([{ field: "to", key: "to_unknown" }]);
  if (matching.length > 1) throw new Invalid([{ field: "to", key: "to_many" }]);
  return { officeCode: one.code, staffId: null, name: one.name };
}

/** An officer's ticket begins at their own office; the hotline's at the hotline. */
export const firstOffice = (staff: Staff): string | undefined =>
  staff.roles.some(({ role }) => role === "hotline") ? undefined : officesAtWork(staff)[0];

function whole<T>(parsed: { ok: true; value: T } | { ok: false; faults: ConstructorParameters<typeof Invalid>[0] }): T {
  if (!parsed.ok) throw new Invalid(parsed.faults);
  return parsed.value;
}
