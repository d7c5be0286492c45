import type { Staff } from "../kernel/actor.ts";
import { type BirthPrecision, dayOf, formatBirth, formatDay, formatInstant, plainDate } from "../kernel/calendar.ts";
import {
  Button,
  DataTable,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Notice,
  Panel,
  Pills,
  Radios,
  SummaryList,
  Tag,
  TextArea,
  Timeline,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { OUTCOMES, SAYS_MAX, urgencyOf } from "./rules.ts";
import type { CaseAtDesk, CaseEvent, Shelf } from "./store-desk.ts";
import { kindText } from "./words.ts";
import { deskWords } from "./words-desk.ts";

export interface CaseDesk {
  ask: Ask;
  staff: Staff;
  officeName: string | undefined;
}

export const caseHref = (id: string, act = "") => `/console/disputes/${id}${act ? `/${act}` : ""}`;
const tones = { late: "danger", today: "warning", later: "now" } as const;

/** A case, and its fact in words. */
export interface ToldCase {
  one: CaseAtDesk;
  about: string;
}

interface CasesProps {
  at: CaseDesk;
  shelf: Shelf;
  counts: Record<Shelf, number>;
  told: readonly ToldCase[];
  most: number;
}

export function CasesPage({ at, shelf, counts, told, most }: CasesProps) {
  const { ask, officeName } = at;
  const said = deskWords(ask.lang);
  return (
    <Layout ask={ask} face="console" title={said.title} nowAt="disputes" officeName={officeName} wide>
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <Pills
        label={said.title}
        links={(["open", "answered"] as const).map((one) => ({
          href: `/console/disputes?show=${one}`,
          text: said.shelves[one],
          count: counts[one],
          isCurrent: one === shelf,
        }))}
      />
      <DataTable
        caption={said.caption[shelf]}
        rows={told}
        rowKey={({ one }) => one.disputeId}
        empty={<p>{said.empty[shelf]}</p>}
        columns={[
          {
            head: said.about,
            isMain: true,
            cell: ({ one, about }) => <a href={caseHref(one.disputeId)}>{about}</a>,
          },
          { head: said.person, cell: ({ one }) => one.personName },
          { head: said.kind, cell: ({ one }) => kindText(one.fact, one.kind, ask.lang) },
          { head: said.sent, cell: ({ one }) => formatInstant(one.createdAt, ask.lang) },
          { head: said.due, cell: ({ one }) => <Due at={at} one={one} /> },
        ]}
      />
      {told.length >= most ? <p class="hint">{said.cut(most)}</p> : null}
    </Layout>
  );
}

function Due({ at: { ask }, one }: { at: CaseDesk; one: CaseAtDesk }) {
  const said = deskWords(ask.lang);
  if (one.outcome) return <Tag tone="good">{said.outcomes[one.outcome]}</Tag>;
  const urgency = urgencyOf(one.answerDueOn, dayOf(ask.now).toString());
  return (
    <>
      {one.answerDueOn ? formatDay(plainDate(one.answerDueOn), ask.lang) : said.noDay}{" "}
      <Tag tone={tones[urgency]}>{said.urgency[urgency]}</Tag>
    </>
  );
}

interface CaseProps {
  at: CaseDesk;
  told: ToldCase;
  events: readonly CaseEvent[];
  names: ReadonlyMap<string, string>;
  /** Which form was sent back, with what was typed. */
  typed: { act: "question" | "answer" | undefined; fields: Record<string, string> };
  faults: readonly FieldFault[];
}

export function CasePage({ at, told: { one, about }, events, names, typed, faults }: CaseProps) {
  const { ask, officeName } = at;
  const said = deskWords(ask.lang);
  const { lang } = ask;
  const born = formatBirth(plainDate(one.birthOn), one.birthPrecision as BirthPrecision, lang);
  return (
    <Layout
      ask={ask}
      face="console"
      title={said.title}
      back="/console/disputes"
      nowAt="disputes"
      officeName={officeName}
    >
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{about}</h1>
      <SummaryList
        rows={[
          { key: said.person, value: one.personName },
          { key: said.birth, value: born },
          { key: said.kind, value: kindText(one.fact, one.kind, lang) },
          { key: said.sent, value: formatInstant(one.createdAt, lang) },
          { key: said.due, value: <Due at={at} one={one} /> },
          { key: said.says, value: one.says || said.saidNothing },
        ]}
      />
      {events.length > 0 ? (
        <>
          <h2>{said.history}</h2>
          <Timeline
            items={events.map(({ at: when, kind, staffId, says }) => ({
              title: said.events[kind],
              when: said.by(names.get(staffId) ?? "–", formatInstant(when, lang)),
              body: <p>{says}</p>,
              state: "done",
            }))}
          />
        </>
      ) : null}
      {one.status === "open" ? (
        <Acting at={at} one={one} typed={typed} faults={faults} />
      ) : (
        <Notice kind="good">{said.answered}</Notice>
      )}
    </Layout>
  );
}

function Acting({ at: { ask }, one, typed, faults }: Pick<CaseProps, "at" | "typed" | "faults"> & { one: CaseAtDesk }) {
  const said = deskWords(ask.lang);
  const of = (act: "question" | "answer") => {
    const isIt = typed.act === act;
    const field = act === "question" ? "question" : "says";
    return { value: isIt ? typed.fields[field] : "", error: faults.find((fault) => fault.field === field)?.text };
  };
  return (
    <>
      <Panel title={said.ask.title}>
        <Form ask={ask} action={caseHref(one.disputeId, "question")}>
          <TextArea
            name="question"
            label={said.ask.says}
            hint={said.ask.hint}
            maxLength={SAYS_MAX}
            {...of("question")}
          />
          <Button kind="quiet">{said.ask.submit}</Button>
        </Form>
      </Panel>
      <Panel title={said.answer.title} tone="tinted">
        <Form ask={ask} action={caseHref(one.disputeId, "answer")}>
          <Radios
            name="outcome"
            label={said.answer.outcome}
            options={OUTCOMES.map((value) => ({ value, label: said.outcomes[value] }))}
            value={typed.fields.outcome}
            error={faults.find(({ field }) => field === "outcome")?.text}
          />
          <TextArea
            name="says"
            label={said.answer.says}
            hint={said.answer.hint}
            maxLength={SAYS_MAX}
            {...of("answer")}
          />
          <p class="hint">{said.answer.told}</p>
          <Button>{said.answer.submit}</Button>
        </Form>
      </Panel>
    </>
  );
}
