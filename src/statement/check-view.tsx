import { formatDay, formatInstant, plainDate } from "../kernel/calendar.ts";
import {
  Button,
  ButtonLink,
  ErrorSummary,
  type FieldFault,
  FileField,
  Form,
  Layout,
  Notice,
  SummaryList,
  TextField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import type { Answer } from "./check.ts";
import { shownLines, words } from "./words.ts";

interface CheckProps {
  ask: Ask;
  /** As it was typed, or as the QR code brought it. */
  code: string;
  answer?: Answer | undefined;
  faults?: readonly FieldFault[];
}

/** Open to everybody: genuine or not, and the totals to hold beside the paper. */
export function CheckPage({ ask, code, answer, faults = [] }: CheckProps) {
  const said = words(ask.lang).check;
  const isDone = answer !== undefined && answer.standing !== "unknown";
  return (
    <Layout ask={ask} face="portal" title={said.title} back="/">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.title}</h1>
      {answer ? <Outcome ask={ask} answer={answer} /> : <p class="lead">{said.lead}</p>}
      {isDone ? (
        <ButtonLink kind="quiet" href="/check-paper">
          {said.again}
        </ButtonLink>
      ) : (
        <Form ask={ask} action="/check-paper" multipart>
          <TextField
            name="code"
            label={said.code}
            hint={said.codeHint}
            value={code}
            error={textOf(faults, "code")}
            autoComplete="off"
          />
          <FileField name="file" label={said.file} hint={said.fileHint} accept="application/pdf,.pdf" optional />
          <Button>{said.act}</Button>
        </Form>
      )}
      <p class="hint">{said.told}</p>
    </Layout>
  );
}

function Outcome({ ask, answer }: { ask: Ask; answer: Answer }) {
  const { lang } = ask;
  const said = words(lang).check;
  if (answer.standing !== "good") {
    const help =
      answer.standing === "ended"
        ? said.endedHelp(formatDay(plainDate(answer.expiresOn), lang))
        : said[`${answer.standing}Help`];
    return (
      <div role="status">
        <Notice kind={answer.standing === "ended" ? "warning" : "danger"} title={said[answer.standing]}>
          <p>{help}</p>
        </Notice>
      </div>
    );
  }
  const { kind, year, madeAt, expiresOn, shown, isSameFile } = answer;
  return (
    <div role="status">
      <Notice kind="good" title={said.good}>
        <p>{said.goodHelp}</p>
      </Notice>
      {isSameFile === undefined ? null : (
        <Notice kind={isSameFile ? "good" : "warning"}>
          <p>{isSameFile ? said.fileSame : said.fileOther}</p>
        </Notice>
      )}
      <SummaryList
        rows={[
          { key: said.kind, value: words(lang).kindOf(kind, year) },
          { key: said.made, value: formatInstant(madeAt, lang) },
          { key: said.until, value: formatDay(plainDate(expiresOn), lang) },
          ...shownLines(shown, lang),
        ]}
      />
    </div>
  );
}
