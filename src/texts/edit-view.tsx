import { namesOf, type WordPart, type Words, wordPartsOf } from "../notices/rules-words.ts";
import { ONE_SMS } from "../notices/templates.ts";
import { words as noticeWords } from "../notices/words.ts";
import { Acts, Button, ErrorSummary, type FieldFault, Form, Panel, TextArea, TextField } from "../ui/index.ts";
import { mostSigns, obligatory } from "./check.ts";
import { type Desk, Frame, textHref } from "./frame.tsx";
import { Preview } from "./preview-view.tsx";
import type { TextOf } from "./read.ts";
import { Names } from "./text-view.tsx";
import { words } from "./words.ts";
import { NOTE_SIGNS } from "./write.ts";

interface EditPageProps {
  at: Desk;
  text: TextOf;
  basedOn: number;
  typed: Words & { note: string };
  /** Checked words, tidied: shown as they would arrive. */
  preview: Words | undefined;
  sender: string;
  faults: readonly FieldFault[];
}

/** The form of a new version: two buttons, one looks, one keeps. What was typed always comes back. */
export function EditPage({ at, text, basedOn, typed, preview, sender, faults }: EditPageProps) {
  const { ask } = at;
  const said = words(ask.lang);
  const { template, lang } = text;
  const title = `${said.edit.title}: ${noticeWords(ask.lang).template[template]}`;
  return (
    <Frame at={at} title={title} back={textHref(template)}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{title}</h1>
      <p class="text-lead">
        {said.lang[lang]} · {said.facts.basedOn}: {said.version(basedOn)}
      </p>
      <Names at={at} template={template} of={lang} />
      {preview ? (
        <Panel title={said.edit.previewed}>
          <div class="text-sizes">
            <Preview readIn={ask.lang} words={preview} {...{ sender, template, lang }} />
          </div>
        </Panel>
      ) : null}
      <Form ask={ask} action={textHref(template, lang, "edit")}>
        <input type="hidden" name="from" value={basedOn} />
        {wordPartsOf(template).map((part) => (
          <Box key={part} {...{ at, text, part }} value={typed[part]} faults={faults} />
        ))}
        <TextArea
          name="note"
          label={said.edit.note}
          hint={said.edit.noteHint}
          value={typed.note}
          error={saidOf(faults, "note")}
          rows={2}
          maxLength={NOTE_SIGNS}
        />
        <Acts>
          <Button name="act" value="preview" kind="quiet">
            {said.edit.preview}
          </Button>
          <Button name="act" value="save">
            {said.edit.save}
          </Button>
        </Acts>
      </Form>
    </Frame>
  );
}

/** Everything that is wrong with one box: who mends it sees it at once. */
const saidOf = (faults: readonly FieldFault[], field: string) =>
  faults
    .filter((one) => one.field === field)
    .map(({ text }) => text)
    .join(" ") || undefined;

interface BoxProps {
  at: Desk;
  text: TextOf;
  part: WordPart;
  value: string;
  faults: readonly FieldFault[];
}

function Box({ at, text, part, value, faults }: BoxProps) {
  const said = words(at.ask.lang);
  const { edit } = said;
  const hints = {
    sms: edit.smsHint(ONE_SMS),
    subject: edit.subjectHint,
    body: edit.bodyHint,
    push: edit.pushHint,
  };
  const braced = (names: readonly string[]) => names.map((name) => `{${name}}`).join(" ");
  const must = obligatory(text.template, text.lang, part);
  const may = namesOf(text.template, part).filter((name) => !must.includes(name));
  const names = [
    must.length ? edit.mustHave(braced(must)) : "",
    may.length && part !== "subject" ? edit.mayHave(braced(may)) : "",
  ];
  const props = {
    name: part,
    label: said.part[part],
    hint: [hints[part], ...names].filter(Boolean).join(" · "),
    value,
    error: saidOf(faults, part),
    maxLength: mostSigns[part],
  };
  if (part === "subject") return <TextField {...props} autoComplete="off" />;
  return <TextArea {...props} rows={{ sms: 4, body: 12, push: 3 }[part]} />;
}
