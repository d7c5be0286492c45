import { plainDate } from "../kernel/calendar.ts";
import type { Declaration } from "../registration/store.ts";
import { Button, ButtonLink, Checkboxes, Form, Panel } from "../ui/index.ts";
import type { Dossier } from "./dossier.ts";
import { CHECKS, type ReadingForm } from "./rules-reading.ts";
import { type Counter, fileHref } from "./view-parts.tsx";
import { words } from "./words.ts";
import { actWords } from "./words-acts.ts";
import { decideWords } from "./words-decide.ts";

/**
 * A file that waits to be handed in. Where the paper says what was declared, four ticks and one button receive
 * it; where it does not, the form in which everything can be written lies one link away.
 */
export function ToReceive({ at, dossier: { file } }: { at: Counter; dossier: Dossier }) {
  const said = words(at.ask.lang).file;
  const quick = decideWords(at.ask.lang).quick;
  const checks = actWords(at.ask.lang).reception;
  return (
    <Panel tone="tinted">
      <p>{file.batchedAt ? said.inBatch : said.notReceived}</p>
      <h3>{quick.title}</h3>
      <p class="hint">{quick.hint}</p>
      <Form ask={at.ask} action={fileHref(file.code, "reception")} class="quick">
        {Object.entries(typedFromDeclaration(file)).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Checkboxes
          name="checks"
          label={checks.checks}
          options={CHECKS.map((check) => ({ value: check, label: checks[check] }))}
        />
        <Button>{quick.button}</Button>
      </Form>
      <p>{quick.otherwise}</p>
      <ButtonLink href={fileHref(file.code, "reception")} kind="quiet">
        {said.receive}
      </ButtonLink>
    </Panel>
  );
}

/** The boxes begin with what was declared: the officer changes what the paper says otherwise. */
export function typedFromDeclaration({ answers }: Declaration): ReadingForm {
  const { paper, name, birth } = answers;
  return {
    id_kind: paper?.kind,
    id_number: paper?.number,
    name: name?.full,
    ...(birth ? dateParts("birth", birth.on, birth.precision) : {}),
  };
}

export function dateParts(name: string, iso: string, precision: "day" | "month" | "year"): ReadingForm {
  const { day, month, year } = plainDate(iso);
  return {
    [`${name}_year`]: String(year),
    [`${name}_month`]: precision === "year" ? "" : String(month),
    [`${name}_day`]: precision === "day" ? String(day) : "",
  };
}
