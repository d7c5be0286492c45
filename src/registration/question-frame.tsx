import type { ComponentChildren } from "preact";
import type { Fault } from "../kernel/outcome.ts";
import { Button, ErrorSummary, Form, Layout } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { DeletionLink } from "./deletion-pages.tsx";
import style from "./registration.css?inline";
import { QUESTIONS, type Question } from "./rules-answers.ts";
import type { Fields } from "./rules-parse.ts";
import type { Declaration } from "./store.ts";
import { words } from "./words.ts";
import { faultText } from "./words-faults.ts";

/** One question, one page: what every such page is given. */
export interface QuestionProps {
  ask: Ask;
  /** What stands in the boxes: as typed a moment ago, or as answered before. */
  fields: Fields;
  faults: readonly Fault[];
  /** Undefined on the very first page. */
  file: Declaration | undefined;
}

interface FrameProps extends QuestionProps {
  question: Question;
  title: string;
  children: ComponentChildren;
}

export function QuestionFrame({ ask, question, title, file, faults, children }: FrameProps) {
  const said = words(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={title} styles={[style]} back={backOf(question)}>
      <ErrorSummary
        ask={ask}
        faults={faults.map((fault) => ({ field: fault.field, text: faultText(fault, ask.lang) }))}
      />
      <p class="hint step">{said.ofQuestions(QUESTIONS.indexOf(question) + 1, QUESTIONS.length)}</p>
      {children}
      {file ? <FileNote ask={ask} file={file} /> : null}
    </Layout>
  );
}

/** The boxes with the one button that goes on. */
export function QuestionForm({
  ask,
  question,
  children,
  act,
}: {
  ask: Ask;
  question: Question;
  children: ComponentChildren;
  act?: string;
}) {
  return (
    <Form ask={ask} action={addressOf(question)} holds>
      {children}
      <Button>{act ?? words(ask.lang).next}</Button>
    </Form>
  );
}

/** The sentence for one box, if something is wrong with it. */
export function errorOf({ faults, ask }: Pick<QuestionProps, "faults" | "ask">, field: string): string | undefined {
  const fault = faults.find((one) => one.field === field);
  return fault && faultText(fault, ask.lang);
}

export const addressOf = (question: Question): string => `/register/${question}`;

function backOf(question: Question): string {
  const before = QUESTIONS[QUESTIONS.indexOf(question) - 1];
  return before ? addressOf(before) : "/";
}

function FileNote({ ask, file }: { ask: Ask; file: Declaration }) {
  const said = words(ask.lang);
  return (
    <div class="leave">
      <p class="hint">{file.birthOn ? said.codeNote(file.code) : said.codeNoteEarly(file.code)}</p>
      <LeaveForm ask={ask} />
      <DeletionLink ask={ask} />
    </div>
  );
}

/** For shared devices: closes the file here, keeps it everywhere else. */
export function LeaveForm({ ask }: { ask: Ask }) {
  const said = words(ask.lang);
  return (
    <Form ask={ask} action="/register/leave">
      <p class="hint">{said.leaveHint}</p>
      <Button kind="quiet">{said.leave}</Button>
    </Form>
  );
}
