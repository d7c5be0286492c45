import { formatDay, formatInstant, plainDate } from "../kernel/calendar.ts";
import { groupNumber } from "../kernel/numbers.ts";
import { needs } from "../notices/rules-templates.ts";
import {
  Acts,
  Button,
  ButtonLink,
  ErrorSummary,
  type FieldFault,
  Form,
  Notice,
  Panel,
  Radios,
  SummaryList,
  TextArea,
} from "../ui/index.ts";
import type { OpenedTask } from "./desk.ts";
import { letterOf } from "./letter.ts";
import { Frame, resultOf, type Seat, toldText, Ways } from "./list-view.tsx";
import { HOWS, NOTE_AT_MOST } from "./rules.ts";
import { words } from "./words.ts";

interface TaskProps {
  at: Seat;
  opened: OpenedTask;
  /** The numbers are whole on this page: they were asked for. */
  isShown: boolean;
  typed: Readonly<Record<string, string>>;
  faults: readonly FieldFault[];
  names: ReadonlyMap<string, string>;
}

export function TaskPage({ at, opened, isShown, typed, faults, names }: TaskProps) {
  const { ask } = at;
  const { task, name, code, notices, phones } = opened;
  const said = words(ask.lang);
  const day = (iso: string) => formatDay(plainDate(iso), ask.lang);
  return (
    <Frame at={at} title={said.task.title} back="/console/unreached">
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.task.title}</h1>
      <SummaryList
        rows={[
          { key: said.task.who, value: name ?? said.noName },
          { key: said.task.file, value: <a href={`/console/files/${code}`}>{code}</a> },
          { key: said.task.what, value: resultOf(notices, ask.lang) },
          { key: said.task.tried, value: <Ways notices={notices} lang={ask.lang} /> },
          { key: said.task.since, value: formatInstant(task.openedAt, ask.lang) },
          { key: said.task.due, value: day(task.dueOn) },
        ]}
      />
      {task.doneAt ? (
        <Notice kind="good" title={said.task.doneTitle}>
          <p>{toldText(task, names, ask.lang)}</p>
          {task.note ? <p>{`${said.task.note}: ${task.note}`}</p> : null}
        </Notice>
      ) : (
        <>
          <Phones {...{ at, phones, isShown }} id={task.id} />
          <ToldForm {...{ at, typed, faults }} id={task.id} />
          <More at={at} opened={opened} />
        </>
      )}
    </Frame>
  );
}

function Phones({
  at,
  id,
  phones,
  isShown,
}: { at: Seat; id: string } & Pick<TaskProps, "isShown"> & Pick<OpenedTask, "phones">) {
  const said = words(at.ask.lang).phone;
  return (
    <Panel title={said.title} tone="tinted">
      {phones.length === 0 ? <p>{said.none}</p> : null}
      <ul class="unreached-ways">
        {phones.map(({ number, isTried }) => (
          <li key={number}>
            {isShown ? (
              <a class="unreached-number" href={`tel:${number}`}>
                {groupNumber(number)}
              </a>
            ) : (
              <span class="unreached-number">{number}</span>
            )}{" "}
            ({isTried ? said.isTried : said.isKnown})
          </li>
        ))}
      </ul>
      {phones.length > 0 && !isShown ? (
        <Form ask={at.ask} action={`/console/unreached/${id}/phone`}>
          <p class="hint">{said.lead}</p>
          <Button kind="quiet">{said.show}</Button>
        </Form>
      ) : null}
    </Panel>
  );
}

function ToldForm({ at, id, typed, faults }: { at: Seat; id: string } & Pick<TaskProps, "typed" | "faults">) {
  const said = words(at.ask.lang).form;
  const errorOf = (field: string) => faults.find((fault) => fault.field === field)?.text;
  return (
    <Panel title={said.title}>
      <Form ask={at.ask} action={`/console/unreached/${id}/told`}>
        <Radios
          name="how"
          label={said.how}
          options={HOWS.map((how) => ({ value: how, label: said.hows[how] }))}
          value={typed.how}
          error={errorOf("how")}
        />
        <TextArea
          name="note"
          label={said.note}
          hint={said.noteHint}
          value={typed.note}
          error={errorOf("note")}
          maxLength={NOTE_AT_MOST}
          optional
        />
        <Button>{said.send}</Button>
      </Form>
    </Panel>
  );
}

function More({ at, opened }: { at: Seat; opened: OpenedTask }) {
  const said = words(at.ask.lang).more;
  const { task, notices, file } = opened;
  const isSecret = notices.some(({ template }) => needs[template].secrets.length > 0);
  return (
    <Panel title={said.title}>
      {isSecret ? (
        <p>
          {said.secret} <a href="/console/reissue">{said.reissue}</a>
        </p>
      ) : null}
      {file.status === "accepted" ? (
        <p>
          {said.contact} <a href="/console/account">{said.contactLink}</a>
        </p>
      ) : null}
      <Acts>
        <ButtonLink href={`/console/unreached/${task.id}/letter`} kind="quiet">
          {said.letter}
        </ButtonLink>
        <ButtonLink href={`/console/outbox/${task.noticeId}`} kind="quiet">
          {said.message}
        </ButtonLink>
      </Acts>
    </Panel>
  );
}

/** On one sheet, for whoever prints from the browser; the same as a PDF for an envelope with a window. */
export function LetterPage({ at, opened }: { at: Seat; opened: OpenedTask }) {
  const { ask, officeName } = at;
  const said = words(ask.lang).letter;
  const { task } = opened;
  const letter = letterOf(opened, ask.now);
  const own = words(letter.lang).letter;
  return (
    <Frame at={at} title={said.title} back={`/console/unreached/${task.id}`}>
      <div class="unreached-help">
        <p class="hint">{said.print}</p>
        <Acts>
          <ButtonLink href={`/console/unreached/${task.id}/letter.pdf`} kind="quiet">
            {said.pdf}
          </ButtonLink>
        </Acts>
      </div>
      <div class="unreached-letter" lang={letter.lang}>
        {officeName ? <p>{officeName}</p> : null}
        <h1>{letter.title}</h1>
        <p>{letter.day}</p>
        {letter.name ? <p>{`${own.to}: ${letter.name}`}</p> : null}
        {letter.address ? <p>{`${own.address}: ${letter.address}`}</p> : null}
        <p>{letter.about}</p>
        {letter.paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
    </Frame>
  );
}
