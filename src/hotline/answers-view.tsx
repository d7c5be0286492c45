import { formatInstant } from "../kernel/calendar.ts";
import {
  Acts,
  Button,
  DataTable,
  ErrorSummary,
  type FieldFault,
  Form,
  Panel,
  Select,
  Tag,
  TextArea,
  TextField,
  textOf,
} from "../ui/index.ts";
import { Frame, HOME, Parts, type Seat } from "./frame.tsx";
import { type AnswerState, stateOf } from "./rules-answers.ts";
import { ANSWER_AT_MOST, type Category } from "./rules-ticket.ts";
import type { AnswerVersion } from "./store-answers.ts";
import { answerWords } from "./words-answers.ts";

export interface AnswersProps {
  at: Seat;
  /** All that are public or wait; or, of one answer, all its versions. */
  answers: readonly AnswerVersion[];
  answerKey: string | undefined;
  uses: ReadonlyMap<string, number>;
  names: ReadonlyMap<string, string>;
  categories: readonly Category[];
  typed: Readonly<Record<string, string>>;
  faults: readonly FieldFault[];
  staffId: string;
  isSupervisor: boolean;
}

const href = (key: string) => `${HOME}?part=answers&key=${encodeURIComponent(key)}`;
const tones: Record<AnswerState, "now" | "good" | "plain"> = { draft: "now", public: "good", retired: "plain" };

export function AnswersPage(props: AnswersProps) {
  const { at, answers, answerKey, faults } = props;
  const { ask } = at;
  const said = answerWords(ask.lang);
  const newest = answerKey ? answers[0] : undefined;
  return (
    <Frame at={at} title={said.title} back={newest ? `${HOME}?part=answers` : undefined}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{newest ? questionOf(newest, ask.lang) : said.title}</h1>
      {newest ? null : <Parts ask={ask} now="answers" />}
      {newest ? null : <p class="hint">{said.lead}</p>}
      {newest ? <OneAnswer {...props} /> : <AnswerTable {...props} />}
      <WriteForm {...props} newest={newest} />
    </Frame>
  );
}

const questionOf = (answer: AnswerVersion, lang: "vi" | "en") =>
  lang === "vi" ? answer.questionVi : answer.questionEn;

function AnswerTable({ at: { ask }, answers, uses, names, categories }: AnswersProps) {
  const said = answerWords(ask.lang);
  const nameOf = new Map(categories.map(({ code, name }) => [code, name[ask.lang]]));
  return (
    <DataTable
      caption={said.title}
      hideCaption
      rows={answers}
      rowKey={({ key, version }) => `${key}/${version}`}
      empty={<p>{said.empty}</p>}
      columns={[
        {
          head: said.columns.question,
          isMain: true,
          cell: (answer) => <a href={href(answer.key)}>{questionOf(answer, ask.lang)}</a>,
        },
        { head: said.columns.category, cell: ({ category }) => nameOf.get(category) ?? category },
        {
          head: said.columns.state,
          cell: (answer) => <Tag tone={tones[stateOf(answer)]}>{said.states[stateOf(answer)]}</Tag>,
        },
        { head: said.columns.uses, isNumber: true, cell: ({ key }) => String(uses.get(key) ?? 0) },
        { head: said.columns.by, cell: ({ authorId }) => names.get(authorId) ?? "–" },
      ]}
    />
  );
}

function OneAnswer({ at: { ask }, answers, names, staffId, isSupervisor }: AnswersProps) {
  const said = answerWords(ask.lang);
  return (
    <>
      {answers.map((answer) => {
        const state = stateOf(answer);
        const by = [names.get(answer.authorId) ?? "–", formatInstant(answer.writtenAt, ask.lang)].join(", ");
        const isOwn = answer.authorId === staffId;
        return (
          <Panel key={answer.version} title={said.version(answer.version)}>
            <p>
              <Tag tone={tones[state]}>{said.states[state]}</Tag> {by}
              {answer.approvedBy ? ` → ${names.get(answer.approvedBy) ?? "–"}` : ""}
            </p>
            <p>
              <strong>{answer.questionVi}</strong> {answer.bodyVi}
            </p>
            <p lang="en">
              <strong>{answer.questionEn}</strong> {answer.bodyEn}
            </p>
            {isSupervisor && state !== "retired" ? (
              <Form ask={ask} action={`${HOME}/answers/${answer.key}/decision`}>
                {state === "draft" && isOwn ? <p class="hint">{said.own}</p> : null}
                <Acts>
                  {state === "draft" && !isOwn ? (
                    <Button name="act" value="approve">
                      {said.approve}
                    </Button>
                  ) : null}
                  <Button kind="quiet" name="act" value={state === "draft" ? "drop" : "retire"}>
                    {state === "draft" ? said.drop : said.retire}
                  </Button>
                </Acts>
              </Form>
            ) : null}
          </Panel>
        );
      })}
    </>
  );
}

const boxes = ["question_vi", "body_vi", "question_en", "body_en"] as const;

function WriteForm({
  at: { ask },
  typed,
  faults,
  categories,
  newest,
}: AnswersProps & { newest: AnswerVersion | undefined }) {
  const said = answerWords(ask.lang);
  const known: Readonly<Record<string, string>> = newest
    ? {
        category: newest.category,
        question_vi: newest.questionVi,
        body_vi: newest.bodyVi,
        question_en: newest.questionEn,
        body_en: newest.bodyEn,
      }
    : {};
  const textIn = (name: string) => typed[name] ?? known[name];
  return (
    <Panel title={newest ? said.editTitle(newest.version) : said.newTitle} tone="tinted">
      <Form ask={ask} action={`${HOME}/answers`}>
        {newest ? <input type="hidden" name="key" value={newest.key} /> : null}
        <Select
          name="category"
          label={said.category}
          options={categories.map(({ code, name }) => ({ value: code, label: name[ask.lang] }))}
          value={textIn("category")}
          error={textOf(faults, "category")}
        />
        {boxes.map((name) =>
          name.startsWith("body") ? (
            <TextArea
              key={name}
              name={name}
              label={said[name]}
              hint={said.hint}
              value={textIn(name)}
              error={textOf(faults, name)}
              maxLength={ANSWER_AT_MOST}
              rows={3}
            />
          ) : (
            <TextField
              key={name}
              name={name}
              label={said[name]}
              value={textIn(name)}
              error={textOf(faults, name)}
              autoComplete="off"
            />
          ),
        )}
        <Button>{said.save}</Button>
      </Form>
    </Panel>
  );
}
