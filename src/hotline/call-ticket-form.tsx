import {
  Acts,
  Button,
  type FieldFault,
  Form,
  Panel,
  Radios,
  Select,
  TextArea,
  TextField,
  textOf,
} from "../ui/index.ts";
import { islandHref } from "../web/islands.ts";
import { Fitting } from "./fitting-view.tsx";
import { AnswerSelect, HOME, type Seat } from "./frame.tsx";
import { PRIORITIES } from "./rules-clock.ts";
import { ANSWER_AT_MOST, type Category, SAYS_AT_MOST } from "./rules-ticket.ts";
import type { AnswerVersion } from "./store-answers.ts";
import type { Call } from "./store-call.ts";
import { words } from "./words.ts";
import { callWords } from "./words-call.ts";

export interface TicketFormProps {
  at: Seat;
  call: Pick<Call, "id">;
  typed: Readonly<Record<string, string>>;
  faults: readonly FieldFault[];
  categories: readonly Category[];
  /** Those that fit the note first. */
  answers: readonly AnswerVersion[];
  /** The few that fit the note; none without a note. */
  fitting: readonly AnswerVersion[];
}

/** The note of the call; answered at once, or opened for later. */
export function CallTicketForm({ at, call, typed, faults, categories, answers, fitting }: TicketFormProps) {
  const { ask } = at;
  const { lang } = ask;
  const said = callWords(lang).form;
  const names = new Map(categories.map(({ code, name }) => [code, name[lang]]));
  return (
    <Panel title={said.title}>
      <Form ask={ask} action={`${HOME}/calls/${call.id}/ticket`}>
        <Select
          name="category"
          label={said.category}
          options={categories.map(({ code, name }) => ({ value: code, label: name[lang] }))}
          value={typed.category}
          error={textOf(faults, "category")}
        />
        <Radios
          name="priority"
          label={said.priority}
          options={PRIORITIES.map((one) => ({ value: one, label: words(lang).priorities[one] }))}
          value={typed.priority ?? "normal"}
          inline
        />
        <TextArea
          name="says"
          label={said.says}
          hint={said.saysHint}
          value={typed.says}
          error={textOf(faults, "says")}
          maxLength={SAYS_AT_MOST}
          rows={3}
        />
        <div id="fitting" aria-live="polite">
          <Fitting lang={lang} answers={fitting} />
        </div>
        <TextField
          name="contact"
          label={said.contact}
          hint={said.contactHint}
          value={typed.contact}
          error={textOf(faults, "contact")}
          autoComplete="off"
          optional
        />
        <AnswerSelect {...{ lang, answers, names }} label={said.insert} value={typed.from} />
        <Acts>
          <Button kind="quiet" name="act" value="insert">
            {said.insertButton}
          </Button>
          <Button kind="quiet" name="act" value="suggest">
            {said.suggest}
          </Button>
        </Acts>
        <TextArea
          name="answer"
          label={said.answer}
          hint={words(lang).acts.answerHint}
          value={typed.answer}
          error={textOf(faults, "answer")}
          maxLength={ANSWER_AT_MOST}
          optional
        />
        <Acts>
          <Button name="act" value="answered">
            {said.answered}
          </Button>
          <Button kind="quiet" name="act" value="open">
            {said.open}
          </Button>
        </Acts>
      </Form>
      <script type="module" src={islandHref("suggest")} />
    </Panel>
  );
}
