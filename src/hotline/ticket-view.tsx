import { formatInstant } from "../kernel/calendar.ts";
import { maskNumber } from "../kernel/numbers.ts";
import { ErrorSummary, type FieldFault, Panel, SummaryList } from "../ui/index.ts";
import { Clock, Frame, HOME, type Seat } from "./frame.tsx";
import type { AnswerVersion } from "./store-answers.ts";
import type { Ticket, TicketEvent } from "./store-ticket.ts";
import { TicketActs } from "./ticket-acts.tsx";
import { words } from "./words.ts";

export interface TicketProps {
  at: Seat;
  ticket: Ticket;
  events: readonly TicketEvent[];
  /** Whoever works on it reads the contact whole. */
  isMine: boolean;
  typed: Readonly<Record<string, string>>;
  faults: readonly FieldFault[];
  answers: readonly AnswerVersion[];
  categories: ReadonlyMap<string, string>;
  names: ReadonlyMap<string, string>;
  officeNameOf: string | undefined;
  unitName: string | undefined;
}

export function TicketPage(props: TicketProps) {
  const { at, ticket, faults, categories } = props;
  const said = words(at.ask.lang);
  const title = said.ticket.title(ticket.code);
  return (
    <Frame at={at} title={title} back={`${HOME}#queue`}>
      <ErrorSummary ask={at.ask} faults={faults} />
      <h1>
        {title}: {categories.get(ticket.category) ?? ticket.category}
      </h1>
      <div class="hotline-two">
        <div>
          <About {...props} />
          <History {...props} />
        </div>
        <TicketActs {...props} />
      </div>
    </Frame>
  );
}

function About({ at: { ask }, ticket, isMine, names, officeNameOf, unitName }: TicketProps) {
  const said = words(ask.lang);
  const { queue } = said;
  return (
    <Panel tone="tinted">
      <SummaryList
        rows={[
          { key: said.ticket.by, value: <Clock ask={ask} ticket={ticket} /> },
          { key: said.ticket.priority, value: said.priorities[ticket.priority] },
          {
            key: said.ticket.channel,
            value: `${said.channels[ticket.channel]}, ${formatInstant(ticket.openedAt, ask.lang)}`,
          },
          ...(ticket.reporterName ? [{ key: said.ticket.reporter, value: ticket.reporterName }] : []),
          ...(unitName ? [{ key: said.ticket.unit, value: unitName }] : []),
          { key: said.ticket.contact, value: contactText(ticket, isMine, ask.lang) },
          { key: said.ticket.place, value: officeNameOf ?? queue.hotline },
          {
            key: said.ticket.assigned,
            value: ticket.assignedTo ? (names.get(ticket.assignedTo) ?? "–") : queue.nobody,
          },
        ]}
      />
      <h2>{said.ticket.says}</h2>
      <p class="hotline-says">{ticket.says}</p>
      {ticket.answer ? (
        <>
          <h2>{said.ticket.answer}</h2>
          <p class="hotline-says">{ticket.answer}</p>
        </>
      ) : null}
    </Panel>
  );
}

function contactText({ phone, email, personId }: Ticket, isMine: boolean, lang: "vi" | "en"): string {
  const said = words(lang).ticket;
  if (!phone && !email) return personId ? said.onRecord : "–";
  if (isMine) return [phone, email].filter(Boolean).join(", ");
  return `${[phone && maskNumber(phone), email && "•••"].filter(Boolean).join(", ")}. ${said.contactMasked}`;
}

function History({ at: { ask }, events, names }: TicketProps) {
  const said = words(ask.lang).ticket;
  return (
    <Panel title={said.history}>
      <ul class="hotline-list">
        {events.map(({ at, kind, staffId, says, detail }) => (
          <li key={`${at.toISOString()}${kind}`}>
            <strong>{said.kinds[kind]}</strong>
            {detail.to ? `, ${said.to(detail.to)}` : ""}, {staffId ? (names.get(staffId) ?? "–") : said.bySystem},{" "}
            {formatInstant(at, ask.lang)}
            {says ? <p class="hotline-says">{says}</p> : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
