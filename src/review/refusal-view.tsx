import type { Declaration } from "../registration/store.ts";
import { Acts, Button, Checkboxes, ErrorSummary, type FieldFault, Form, Notice, Panel, TextArea } from "../ui/index.ts";
import type { Dossier } from "./dossier.ts";
import type { RefusalPreview } from "./refuse.ts";
import { type Ground, groundsFor, type Refusal, SENTENCE_AT_MOST } from "./rules-grounds.ts";
import { type Counter, errorOf, Frame, fileHref } from "./view-parts.tsx";
import { actWords } from "./words-acts.ts";

interface RefusalProps {
  at: Counter;
  dossier: Dossier;
  /** Those in force today. */
  known: readonly Ground[];
  grounds: readonly string[];
  sentence: string;
  faults: readonly FieldFault[];
}

/** Grounds first: those which the comparison suggests stand on top, none is ticked for the officer. */
export function RefusalPage({ at, dossier, known, grounds, sentence, faults }: RefusalProps) {
  const said = actWords(at.ask.lang).refusal;
  const suggested = suggestedBy(dossier, known);
  const isSuggested = ({ code }: Ground) => suggested.includes(code);
  const inOrder = [...known.filter(isSuggested), ...known.filter((ground) => !isSuggested(ground))];
  return (
    <Frame at={at} title={said.title} back={fileHref(dossier.file.code)}>
      <ErrorSummary ask={at.ask} faults={faults} />
      <h1>{said.title}</h1>
      <p class="code">{dossier.file.code}</p>
      <Form ask={at.ask} action={fileHref(dossier.file.code, "refusal")}>
        <input type="hidden" name="holding" value={dossier.file.holdingNo} />
        <div class="grounds">
          <Checkboxes
            name="grounds"
            label={said.grounds}
            hint={said.groundsHint}
            values={grounds}
            error={errorOf(faults, "grounds")}
            options={inOrder.map((ground) => ({
              value: ground.code,
              label: ground.said[at.ask.lang].label,
              hint: isSuggested(ground) ? said.suggested : undefined,
            }))}
          />
        </div>
        <SentenceField at={at} sentence={sentence} faults={faults} />
        <Button name="step" value="preview">
          {said.preview}
        </Button>
      </Form>
    </Frame>
  );
}

interface PreviewProps {
  at: Counter;
  file: Declaration;
  refusal: Refusal;
  known: readonly Ground[];
  preview: RefusalPreview;
  /** Of the page on which the refusal began. */
  holding: number | undefined;
}

/** The messages as they will leave, before they do: the sentence can be changed and looked at again. */
export function RefusalPreviewPage({ at, file, refusal, known, preview, holding }: PreviewProps) {
  const said = actWords(at.ask.lang).refusal;
  const chosen = known.filter(({ code }) => refusal.grounds.includes(code));
  return (
    <Frame at={at} title={said.title} back={fileHref(file.code, "refusal")}>
      <h1>{said.title}</h1>
      <p class="code">{file.code}</p>
      <ul>
        {chosen.map((ground) => (
          <li key={ground.code}>{ground.said[at.ask.lang].label}</li>
        ))}
      </ul>
      <Panel title={said.previewTitle}>
        <h3>
          {said.sms} <span class="muted">({said.parts(preview.smsParts)})</span>
        </h3>
        <p class="sms" lang={file.lang}>
          {preview.sms}
        </p>
        {preview.isCut ? <Notice kind="warning">{said.cut}</Notice> : null}
        <h3>{said.mail}</h3>
        {preview.mail ? null : <p class="muted">{said.noMail}</p>}
        {preview.mail ? (
          <p class="sms" lang={file.lang}>
            {preview.mail}
          </p>
        ) : null}
      </Panel>
      <Form ask={at.ask} action={fileHref(file.code, "refusal")}>
        {holding === undefined ? null : <input type="hidden" name="holding" value={holding} />}
        {refusal.grounds.map((ground) => (
          <input key={ground} type="hidden" name="grounds" value={ground} />
        ))}
        <SentenceField at={at} sentence={refusal.sentence} faults={[]} />
        <Notice kind="warning">{said.final}</Notice>
        <Acts>
          <Button kind="danger" name="step" value="send">
            {said.send}
          </Button>
          <Button kind="quiet" name="step" value="preview">
            {said.change}
          </Button>
        </Acts>
      </Form>
    </Frame>
  );
}

function SentenceField({ at, sentence, faults }: Pick<RefusalProps, "at" | "sentence" | "faults">) {
  const said = actWords(at.ask.lang).refusal;
  return (
    <TextArea
      name="sentence"
      label={said.sentence}
      hint={said.sentenceHint}
      rows={3}
      maxLength={SENTENCE_AT_MOST}
      value={sentence}
      error={errorOf(faults, "sentence")}
    />
  );
}

function suggestedBy({ rows, reading, obstacles }: Dossier, known: readonly Ground[]): string[] {
  const differing = rows.filter(({ need }) => need !== "nothing").map(({ field }) => field);
  const byFact: [boolean, string][] = [
    [reading?.originalSeen === false, "original_not_shown"],
    [reading?.formSigned === false, "form_not_signed"],
    [reading?.faceMatches === false, "face_differs"],
    [obstacles.some(({ obstacle }) => obstacle === "paper_out_of_date"), "paper_out_of_date"],
    [obstacles.some(({ obstacle }) => obstacle === "phone_taken"), "phone_of_another_account"],
    [obstacles.some(({ obstacle }) => obstacle === "numbers_of_two_persons"), "insurance_numbers_to_merge"],
  ];
  return [...new Set([...groundsFor(known, differing), ...byFact.flatMap(([isSo, ground]) => (isSo ? [ground] : []))])];
}
