import type { House } from "../db/house.ts";
import { unitNames } from "../drive/store-person-unit.ts";
import type { Staff } from "../kernel/actor.ts";
import { NotAllowed, NotFound } from "../kernel/failures.ts";
import { staffNames } from "../review/staff-names.ts";
import type { FieldFault } from "../ui/index.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { answerTicket } from "./answer-ticket.ts";
import { categoryNames } from "./categories.ts";
import { faultsOf, HOME, ticketHref } from "./frame.tsx";
import { desk, seatOf, suggested, withAnswer } from "./officer.tsx";
import { TICKET_ACTS, type TicketAct } from "./rules-ticket.ts";
import { lookAtTicket } from "./see-ticket.ts";
import { publicAnswers } from "./store-answers.ts";
import { ticketEvents } from "./store-ticket.ts";
import { TicketPage } from "./ticket-view.tsx";
import { words } from "./words.ts";
import { changePriority, closeTicket, handOverTicket, noteOnTicket, reopenTicket, takeTicket } from "./work-ticket.ts";

/** One ticket, and what is done with it. */
export const routes: Route[] = [
  pageRoute({ ...desk, method: "GET", path: `${HOME}/tickets/:code`, handle: (ask) => ticketPage(ask, {}) }),
  pageRoute({ ...desk, method: "POST", path: `${HOME}/tickets/:code/:act`, handle: postAct }),
  pageRoute({
    ...desk,
    method: "GET",
    path: `${HOME}/tickets/:code/:act`,
    handle: (ask) => redirect(ticketHref(ask.params.code ?? "")),
  }),
];

interface Shown {
  faults?: readonly FieldFault[];
  typed?: Record<string, string>;
  status?: number;
}

async function ticketPage(ask: Ask, { faults = [], typed = ask.form, status = 200 }: Shown): Promise<Reply> {
  const { staff, at } = await seatOf(ask);
  const { db } = ask.house;
  const ticket = await lookAtTicket(ask.house, staff, ask.params.code ?? "");
  const props = {
    ...{ at, ticket, faults, typed, isMine: ticket.assignedTo === staff.staffId },
    events: await ticketEvents(db, ticket.id),
    answers: suggested([ticket.says, typed.note].join(" "), await publicAnswers(db)),
    categories: await categoryNames(db, ask.lang),
    names: await staffNames(db),
    officeNameOf: ticket.officeCode ? (await getOffice(db, ticket.officeCode))?.name : undefined,
    unitName: ticket.unitCode ? (await unitNames(db, [ticket.unitCode])).get(ticket.unitCode) : undefined,
  };
  return page(<TicketPage {...props} />, status);
}

type Work = (house: House, staff: Staff, code: string, form: Record<string, string>) => Promise<unknown>;

const works: Record<TicketAct, Work> = {
  take: takeTicket,
  note: noteOnTicket,
  "hand-over": handOverTicket,
  priority: changePriority,
  answer: answerTicket,
  closing: closeTicket,
  reopening: reopenTicket,
};

/** What still stands in the boxes of the one form after this button, when there is any. */
function leftOf(act: TicketAct, form: Record<string, string>): Record<string, string> | undefined {
  const left = { ...form, ...(act === "answer" || act === "note" ? { [act]: "" } : {}) };
  return left.answer?.trim() || left.note?.trim() ? left : undefined;
}

async function postAct(ask: Ask): Promise<Reply> {
  const { staff } = await seatOf(ask);
  const act = TICKET_ACTS.find((one) => one === ask.params.act);
  if (!act) throw new NotFound("page");
  if (ask.form.act === "insert" || ask.form.act === "suggest") return ticketPage(ask, { typed: await withAnswer(ask) });
  const code = ask.params.code ?? "";
  const said = words(ask.lang).acts;
  try {
    await works[act](ask.house, staff, code, ask.form);
  } catch (error) {
    if (error instanceof NotAllowed) {
      return ticketPage(ask, { faults: [{ field: "main", text: said.stateChanged }], status: error.status });
    }
    return ticketPage(ask, { faults: faultsOf(error, ask), status: 422 });
  }
  const done = act === "answer" ? said.answered : said.done;
  const typed = leftOf(act, ask.form);
  if (typed) return ticketPage({ ...ask, flash: done }, { typed });
  return redirect(act === "hand-over" ? HOME : ticketHref(code), done);
}
