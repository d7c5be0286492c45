import { Acts, Button, ButtonLink, ErrorSummary, type FieldFault, Form, Notice, Panel, TextArea } from "../ui/index.ts";
import type { Dossier } from "./dossier.ts";
import { needsNote } from "./rules-findings.ts";
import type { ReadingForm } from "./rules-reading.ts";
import { Ticks } from "./ticks-view.tsx";
import { type Counter, errorOf, fileHref } from "./view-parts.tsx";
import { words } from "./words.ts";
import { decideWords } from "./words-decide.ts";
import { labels } from "./words-labels.ts";

export interface DecisionProps {
  at: Counter;
  dossier: Dossier;
  /** What was typed before something was found missing. */
  typed?: ReadingForm | undefined;
  faults?: readonly FieldFault[] | undefined;
}

/** What the comparison allows, why, and the button that does it. */
export function Decision({ at, dossier, typed = {}, faults = [] }: DecisionProps) {
  const said = words(at.ask.lang).file;
  const { file, need } = dossier;
  return (
    <div class="decision">
      <ErrorSummary ask={at.ask} faults={faults} />
      <Panel title={said.decide} tone="tinted">
        <Verdict at={at} dossier={dossier} />
        {need === "impossible" ? null : <DecisionForm {...{ at, dossier, typed, faults }} />}
        <Acts>
          <ButtonLink href={fileHref(file.code, "refusal")} kind="danger">
            {said.refuse}
          </ButtonLink>
          <ButtonLink href={fileHref(file.code, "reading")} kind="quiet">
            {said.readAgain}
          </ButtonLink>
        </Acts>
      </Panel>
    </div>
  );
}

/** One form for both ways: one officer accepts, or proposes to a second person. Tells which page it came from. */
function DecisionForm({ at, dossier, typed = {}, faults = [] }: DecisionProps) {
  const said = words(at.ask.lang).file;
  const { propose } = decideWords(at.ask.lang);
  const { file, need, reading } = dossier;
  const isProposal = need === "supervisor";
  return (
    <Form ask={at.ask} action={fileHref(file.code, isProposal ? "proposal" : "acceptance")} class="decide">
      <input type="hidden" name="holding" value={file.holdingNo} />
      {reading ? <input type="hidden" name="paper" value={reading.no} /> : null}
      <Ticks {...{ at, dossier, typed, faults }} />
      {needsNote(dossier) ? (
        <TextArea
          name="note"
          label={said.note}
          hint={said.noteHint}
          rows={2}
          maxLength={500}
          value={typed.note ?? ""}
          error={errorOf(faults, "note")}
        />
      ) : null}
      {isProposal ? <p class="hint">{propose.how}</p> : null}
      <Button>{isProposal ? propose.button : said.accept}</Button>
    </Form>
  );
}

function Verdict({ at, dossier }: Pick<DecisionProps, "at" | "dossier">) {
  const said = words(at.ask.lang).file;
  switch (dossier.need) {
    case "nothing":
      return <Notice kind="good">{said.clean}</Notice>;
    case "note":
      return (
        <Notice kind="warning" title={said.needsNote}>
          <Obstacles at={at} dossier={dossier} />
        </Notice>
      );
    case "supervisor":
      return (
        <Notice kind="danger" title={said.needsSupervisor}>
          <p>{said.needsSupervisorHow}</p>
          <Obstacles at={at} dossier={dossier} />
        </Notice>
      );
    case "impossible":
      return (
        <Notice kind="danger" title={said.impossible}>
          <Obstacles at={at} dossier={dossier} />
        </Notice>
      );
  }
}

/** Facts beside the rows that stand in the way. */
export function Obstacles({ at, dossier: { obstacles } }: Pick<DecisionProps, "at" | "dossier">) {
  if (obstacles.length === 0) return null;
  return (
    <ul class="why">
      {obstacles.map(({ obstacle }) => (
        <li key={obstacle}>{labels(at.ask.lang).obstacles[obstacle]}</li>
      ))}
    </ul>
  );
}
