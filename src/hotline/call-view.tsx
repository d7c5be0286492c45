import type { FieldFault } from "../ui/index.ts";
import {
  Acts,
  Button,
  ButtonLink,
  Checkboxes,
  DateField,
  Details,
  ErrorSummary,
  Form,
  Notice,
  Panel,
  TextField,
  textOf,
} from "../ui/index.ts";
import { CallTicketForm, type TicketFormProps } from "./call-ticket-form.tsx";
import { Frame, HOME, type Seat } from "./frame.tsx";
import type { FileMatter, Matters } from "./matters.ts";
import { FileText, MattersPanel } from "./matters-view.tsx";
import type { Question } from "./rules-policies.ts";
import type { AnswerVersion } from "./store-answers.ts";
import type { Call } from "./store-call.ts";
import { callWords } from "./words-call.ts";

export interface CallProps {
  at: Seat;
  call: Call;
  isOpen: boolean;
  questions: readonly Question[];
  /** Undefined until the caller is identified. */
  matters: Matters | undefined;
  /** Of the code that the call began with; nothing of a person. */
  publicFile: FileMatter | undefined;
  unitName: string | undefined;
  typed: Readonly<Record<string, string>>;
  faults: readonly FieldFault[];
  verdict: "wrong" | "closed" | undefined;
  ticket: Omit<TicketFormProps, "at" | "call" | "typed" | "faults">;
  library: readonly AnswerVersion[];
}

/** Caller, person, open matters, note and ticket, on one screen. */
export function CallPage(props: CallProps) {
  const { at, call, isOpen, matters, faults } = props;
  const { ask } = at;
  const said = callWords(ask.lang);
  const title = call.channel === "counter" ? said.titleCounter : said.title;
  return (
    <Frame at={at} title={title} back={HOME}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{title}</h1>
      {isOpen ? (
        <div class="hotline-two">
          <div>
            {matters ? <MattersPanel ask={ask} matters={matters} how={call.identifiedHow} /> : <Unknown {...props} />}
          </div>
          <div>
            <CallTicketForm {...{ at, call, faults }} typed={props.typed} {...props.ticket} />
            <Form ask={ask} action={`${HOME}/calls/${call.id}/end`}>
              <Button kind="quiet">{said.end}</Button>
            </Form>
          </div>
        </div>
      ) : (
        <>
          <Notice kind="info" title={said.over}>
            <p>{said.overBody}</p>
          </Notice>
          <ButtonLink href={HOME}>{said.begin}</ButtonLink>
        </>
      )}
    </Frame>
  );
}

/** Before anybody is identified: the script, the state of a file whose code was read out, and general help. */
function Unknown(props: CallProps) {
  const { at, call, unitName, publicFile, library } = props;
  const { lang } = at.ask;
  const said = callWords(lang);
  return (
    <>
      {call.keyKind === "unit" ? <Panel title={unitName ?? ""}>{null}</Panel> : <Script {...props} />}
      {call.fileCode ? (
        <Panel title={said.publicFile.title}>
          <p class="hint">{said.publicFile.lead}</p>
          <p>{publicFile ? <FileText ask={at.ask} file={publicFile} /> : said.publicFile.none}</p>
        </Panel>
      ) : null}
      <Panel title={said.general.title}>
        <p class="hint">{said.general.lead}</p>
        {library.length === 0 ? <p>{said.general.none}</p> : null}
        {library.map((answer) => (
          <Details key={answer.key} summary={lang === "vi" ? answer.questionVi : answer.questionEn}>
            <p>{lang === "vi" ? answer.bodyVi : answer.bodyEn}</p>
          </Details>
        ))}
      </Panel>
    </>
  );
}

function Script(props: CallProps) {
  const { at, call, questions, typed, faults, verdict } = props;
  const said = callWords(at.ask.lang);
  const isShut = verdict === "closed" || call.triesLeft === 0;
  return (
    <Panel title={said.script.title} tone="tinted">
      <p>{said.script.lead}</p>
      <p class="hint">{said.script.rule}</p>
      {isShut ? <Notice kind="danger">{said.script.closed}</Notice> : null}
      {verdict === "wrong" && !isShut ? <Notice kind="warning">{said.script.wrong}</Notice> : null}
      {isShut ? null : (
        <>
          <Form ask={at.ask} action={`${HOME}/calls/${call.id}/check`}>
            {questions.map((question) => (
              <QuestionBox key={question} {...{ question, typed, faults, at }} />
            ))}
            {call.channel === "counter" ? (
              <Checkboxes
                name="paper"
                label=""
                options={[{ value: "yes", label: said.script.paper }]}
                values={typed.paper ? ["yes"] : []}
              />
            ) : null}
            <CodeBox {...props} />
            <p class="hint">{said.script.left(call.triesLeft)}</p>
            <Acts>
              <Button>{said.script.check}</Button>
            </Acts>
          </Form>
          <Form ask={at.ask} action={`${HOME}/calls/${call.id}/code`}>
            <p class="hint">
              {said.code.title}. {said.code.lead}
            </p>
            <Button kind="quiet">{said.code.send}</Button>
          </Form>
        </>
      )}
    </Panel>
  );
}

function QuestionBox({
  question,
  typed,
  faults,
  at,
}: Pick<CallProps, "typed" | "faults" | "at"> & { question: Question }) {
  const said = callWords(at.ask.lang).script;
  if (question === "birth") {
    return (
      <DateField
        name="birth"
        label={said.birth}
        value={{ day: typed.birth_day, month: typed.birth_month, year: typed.birth_year }}
        error={textOf(faults, "birth")}
      />
    );
  }
  const isDigits = question === "id_last4" || question === "bhxh_last4";
  return (
    <TextField
      name={question}
      label={said[question]}
      hint={question === "facility" ? said.facilityHint : undefined}
      value={typed[question]}
      width={isDigits ? "short" : "full"}
      inputMode={isDigits ? "numeric" : undefined}
      maxLength={isDigits ? 8 : 120}
      autoComplete="off"
    />
  );
}

function CodeBox({ at, call, typed, faults }: CallProps) {
  const said = callWords(at.ask.lang).code;
  if (call.codeProvedAt) return <Notice kind="good">{said.proved}</Notice>;
  if (!call.codeId) return null;
  return (
    <TextField
      name="code"
      label={said.box}
      value={typed.code}
      error={textOf(faults, "code")}
      width="short"
      inputMode="numeric"
      maxLength={12}
      autoComplete="off"
    />
  );
}
