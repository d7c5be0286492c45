import type { Declaration } from "../registration/store.ts";
import {
  Button,
  Checkboxes,
  DateField,
  ErrorSummary,
  type FieldFault,
  FileField,
  Form,
  Notice,
  Radios,
  TextField,
} from "../ui/index.ts";
import { CHECKS, type ReadingForm } from "./rules-reading.ts";
import type { PaperSide } from "./store.ts";
import { type Counter, errorOf, FileLinks, Frame, fileHref } from "./view-parts.tsx";
import { actWords } from "./words-acts.ts";
import { decideWords } from "./words-decide.ts";
import { labels } from "./words-labels.ts";

interface ReceptionProps {
  at: Counter;
  file: Declaration;
  /** Corrects a reading that is already there. */
  isAgain: boolean;
  typed: ReadingForm;
  faults: readonly FieldFault[];
  /** Files that fill the officer's hands: one has to go before this one is received. */
  held: readonly string[];
}

/** What the paper in the person's hand says, and what was checked with one's own eyes. */
export function ReceptionPage({ at, file, isAgain, typed, faults, held }: ReceptionProps) {
  const said = actWords(at.ask.lang).reception;
  const title = isAgain ? said.again : said.title;
  return (
    <Frame at={at} title={title} back={fileHref(file.code)}>
      <ErrorSummary ask={at.ask} faults={faults} />
      <h1>{title}</h1>
      <p class="code">{file.code}</p>
      {held.length > 0 ? (
        <Notice kind="warning">
          <p>{actWords(at.ask.lang).overtaken.clashes.hands_full}</p>
          <FileLinks codes={held} />
          <p>{said.keepsTyped}</p>
        </Notice>
      ) : null}
      <p>{said.lead}</p>
      <Form ask={at.ask} action={fileHref(file.code, isAgain ? "reading" : "reception")}>
        {isAgain ? null : (
          <TextField
            name="form_code"
            label={said.formCode}
            hint={said.formCodeHint}
            value={typed.form_code}
            error={errorOf(faults, "form_code")}
            autoComplete="off"
            optional
          />
        )}
        <PaperFields at={at} typed={typed} faults={faults} />
        {isAgain ? (
          <Checkboxes
            name="another_paper"
            label={said.which}
            values={[typed.another_paper ?? ""]}
            options={[{ value: "yes", label: decideWords(at.ask.lang).papers.another }]}
          />
        ) : null}
        <Checkboxes
          name="checks"
          label={said.checks}
          values={CHECKS.filter((check) => typed[check] === "yes")}
          options={CHECKS.map((check) => ({
            value: check,
            label: said[check],
            hint: check === "copy_kept" ? said.copyHint : undefined,
          }))}
        />
        {isAgain ? null : <Notice kind="info">{said.starts}</Notice>}
        <Button>{isAgain ? said.submitAgain : said.submit}</Button>
      </Form>
    </Frame>
  );
}

function PaperFields({ at, typed, faults }: Pick<ReceptionProps, "at" | "typed" | "faults">) {
  const said = actWords(at.ask.lang).reception;
  const kinds = labels(at.ask.lang).papersKinds;
  const dateOf = (name: string) => ({
    day: typed[`${name}_day`],
    month: typed[`${name}_month`],
    year: typed[`${name}_year`],
  });
  const field = (name: string) => ({ name, value: typed[name], error: errorOf(faults, name), autoComplete: "off" });
  return (
    <>
      <TextField {...field("scan")} label={said.scan} hint={said.scanHint} optional />
      <Radios
        name="id_kind"
        label={said.kind}
        options={(["cccd", "cmnd", "passport"] as const).map((value) => ({ value, label: kinds[value] }))}
        value={typed.id_kind}
        error={errorOf(faults, "id_kind")}
        inline
      />
      <TextField {...field("id_number")} label={said.number} width="number" />
      <TextField {...field("name")} label={said.name} maxLength={200} />
      <DateField
        name="birth"
        label={said.birth}
        hint={said.birthHint}
        value={dateOf("birth")}
        error={errorOf(faults, "birth")}
      />
      <DateField
        name="expires"
        label={said.expires}
        hint={said.expiresHint}
        value={dateOf("expires")}
        error={errorOf(faults, "expires")}
      />
    </>
  );
}

interface PapersProps {
  at: Counter;
  file: Declaration;
  faults: readonly FieldFault[];
}

/** From a scanner's folder or straight from the phone's camera. */
export function PapersPage({ at, file, faults }: PapersProps) {
  const said = actWords(at.ask.lang).papers;
  const sides: readonly PaperSide[] = ["front", "back", "form"];
  return (
    <Frame at={at} title={said.title} back={fileHref(file.code)}>
      <ErrorSummary ask={at.ask} faults={faults} />
      <h1>{said.title}</h1>
      <p class="code">{file.code}</p>
      <p>{said.lead}</p>
      <Form ask={at.ask} action={fileHref(file.code, "papers")} multipart>
        {sides.map((side) => (
          <FileField
            key={side}
            name={side}
            label={said[side]}
            accept="image/jpeg,image/png"
            capture="environment"
            error={errorOf(faults, side)}
          />
        ))}
        <Button>{said.submit}</Button>
      </Form>
      <p class="hint">{said.privacy}</p>
    </Frame>
  );
}
