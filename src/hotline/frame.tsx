import type { ComponentChildren } from "preact";
import { formatMoment } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { type FieldFault, Layout, Pills, Select, sentencesOf, Tag } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import style from "./hotline.css?inline";
import { urgencyOf } from "./rules-clock.ts";
import type { AnswerVersion } from "./store-answers.ts";
import type { Ticket } from "./store-ticket.ts";
import { words } from "./words.ts";

/** What the pages of the hotline share. */
export interface Seat {
  ask: Ask;
  officeName: string | undefined;
}

interface FrameProps {
  at: Seat;
  title: string;
  back?: string | undefined;
  children: ComponentChildren;
}

export const HOME = "/console/hotline";

export function Frame({ at: { ask, officeName }, title, back, children }: FrameProps) {
  return (
    <Layout ask={ask} face="console" nowAt="hotline" wide styles={[style]} {...{ title, back, officeName }}>
      {children}
    </Layout>
  );
}

const places = { desk: HOME, answers: `${HOME}?part=answers`, themes: `${HOME}/themes` };

export function Parts({ ask, now }: { ask: Ask; now: keyof typeof places }) {
  const said = words(ask.lang);
  const parts = ["desk", "answers", "themes"] as const;
  return (
    <Pills
      label={said.partsLabel}
      links={parts.map((part) => ({ href: places[part], text: said.parts[part], isCurrent: part === now }))}
    />
  );
}

export const ticketHref = (code: string) => `${HOME}/tickets/${code}`;

/** What was typed wrongly, in sentences; any other failure goes on. */
export function faultsOf(error: unknown, ask: Pick<Ask, "lang">): FieldFault[] {
  if (!(error instanceof Invalid)) throw error;
  return sentencesOf(error.faults, words(ask.lang).faults);
}

/** By when an open ticket is answered, with a tag when that is over or near. */
export function Clock({ ask, ticket }: { ask: Ask; ticket: Pick<Ticket, "state" | "answerBy"> }) {
  const { queue, states } = words(ask.lang);
  if (ticket.state !== "open") {
    return <Tag tone={ticket.state === "answered" ? "good" : "plain"}>{states[ticket.state]}</Tag>;
  }
  if (!ticket.answerBy) return <>{queue.noClock}</>;
  const urgency = urgencyOf(ticket.answerBy, ask.now);
  return (
    <>
      {formatMoment(ticket.answerBy, ask.now, ask.lang)}{" "}
      {urgency === "later" ? null : <Tag tone={urgency === "late" ? "danger" : "warning"}>{queue[urgency]}</Tag>}
    </>
  );
}

/** Answers that fit the note first; all of them, by category, when there is no note. */
export function AnswerSelect({
  lang,
  answers,
  names,
  label,
  value,
}: {
  lang: Lang;
  answers: readonly AnswerVersion[];
  names: ReadonlyMap<string, string>;
  label: string;
  value: string | undefined;
}) {
  const options = answers.map((answer) => ({
    value: answer.key,
    label: `${names.get(answer.category) ?? answer.category}: ${lang === "vi" ? answer.questionVi : answer.questionEn}`,
  }));
  return <Select name="from" label={label} options={options} value={value} />;
}
