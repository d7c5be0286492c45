import { formatInstant } from "../kernel/calendar.ts";
import {
  Button,
  Checkboxes,
  DataTable,
  DateField,
  ErrorSummary,
  type FieldFault,
  Form,
  Panel,
  Pills,
  Select,
  TextField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { Clock, Frame, HOME, Parts, type Seat, ticketHref } from "./frame.tsx";
import { KEY_KINDS } from "./rules-identify.ts";
import { type OpenShow, QUEUE_SHOWS, type QueueShow, type Ticket } from "./store-ticket.ts";
import { words } from "./words.ts";

export interface DeskProps {
  at: Seat;
  typed: Readonly<Record<string, string>>;
  faults: readonly FieldFault[];
  show: QueueShow;
  counts: Readonly<Record<OpenShow, number>>;
  tickets: readonly Ticket[];
  /** Category → name; staff id → name; office code → name. */
  categories: ReadonlyMap<string, string>;
  names: ReadonlyMap<string, string>;
  /** Who has a counter may say that the person stands there. */
  hasCounter: boolean;
}

/** Who calls on the left, what waits on the right. */
export function DeskPage(props: DeskProps) {
  const { at, faults } = props;
  const said = words(at.ask.lang);
  return (
    <Frame at={at} title={said.title}>
      <ErrorSummary ask={at.ask} faults={faults} />
      <h1>{said.title}</h1>
      <Parts ask={at.ask} now="desk" />
      <p class="hint">{said.lead}</p>
      <div class="hotline-two">
        <StartForm {...props} />
        <Queue {...props} />
      </div>
    </Frame>
  );
}

function StartForm({ at: { ask }, typed, faults, hasCounter }: DeskProps) {
  const said = words(ask.lang).start;
  return (
    <Panel title={said.title} tone="tinted">
      <Form ask={ask} action={`${HOME}/calls`}>
        <Select
          name="by"
          label={said.by}
          options={KEY_KINDS.map((kind) => ({ value: kind, label: said.bys[kind] }))}
          value={typed.by ?? "phone"}
          error={textOf(faults, "by")}
        />
        <TextField
          name="key"
          label={said.key}
          hint={said.keyHint}
          value={typed.key}
          error={textOf(faults, "key")}
          autoComplete="off"
        />
        <DateField
          name="birth"
          label={said.birth}
          value={{ day: typed.birth_day, month: typed.birth_month, year: typed.birth_year }}
          error={textOf(faults, "birth")}
          optional
        />
        {hasCounter ? (
          <Checkboxes
            name="channel"
            label=""
            options={[{ value: "counter", label: said.channel }]}
            values={typed.channel ? ["counter"] : []}
          />
        ) : null}
        <Button>{said.send}</Button>
      </Form>
    </Panel>
  );
}

function Queue({ at: { ask }, show, counts, tickets, categories, names }: DeskProps) {
  const said = words(ask.lang);
  const { queue } = said;
  return (
    <section id="queue">
      <h2>{queue.title}</h2>
      <Pills
        label={queue.shows}
        links={QUEUE_SHOWS.map((one) => ({
          href: `${HOME}?show=${one}#queue`,
          text: queue.show[one],
          ...(one === "done" ? {} : { count: counts[one] }),
          isCurrent: one === show,
        }))}
      />
      <DataTable
        caption={queue.title}
        hideCaption
        rows={tickets}
        rowKey={({ code }) => code}
        empty={<p>{queue.empty}</p>}
        columns={[
          {
            head: queue.columns.code,
            isMain: true,
            cell: ({ code }) => (
              <a class="hotline-code" href={ticketHref(code)}>
                {code}
              </a>
            ),
          },
          {
            head: queue.columns.what,
            cell: ({ category, priority, channel }) =>
              [
                categories.get(category) ?? category,
                ...(priority === "normal" ? [] : [said.priorities[priority].toLowerCase()]),
                said.channels[channel],
              ].join(" · "),
          },
          show === "done"
            ? { head: queue.columns.answered, cell: (ticket) => <Answered ask={ask} ticket={ticket} /> }
            : { head: queue.columns.by, cell: (ticket) => <Clock ask={ask} ticket={ticket} /> },
          {
            head: queue.columns.who,
            cell: ({ assignedTo, officeCode }) =>
              assignedTo ? (names.get(assignedTo) ?? "–") : `${officeCode ?? queue.hotline}, ${queue.nobody}`,
          },
        ]}
      />
    </section>
  );
}

/** When it was answered; one that was closed says so. */
function Answered({ ask, ticket }: { ask: Ask; ticket: Ticket }) {
  return (
    <>
      {ticket.answeredAt ? formatInstant(ticket.answeredAt, ask.lang) : null}{" "}
      {ticket.state === "answered" ? null : <Clock ask={ask} ticket={ticket} />}
    </>
  );
}
