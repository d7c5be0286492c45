import { formatInstant } from "../kernel/calendar.ts";
import type { Declaration, DeclarationEvent } from "../registration/store.ts";
import { Acts, Button, ButtonLink, ErrorSummary, type FieldFault, Form, Notice, Panel, TextArea } from "../ui/index.ts";
import type { Dossier } from "./dossier.ts";
import { type Counter, errorOf, fileHref } from "./view-parts.tsx";
import { words } from "./words.ts";
import { labels } from "./words-labels.ts";

interface DecisionProps {
  at: Counter;
  dossier: Dossier;
  isSupervisor: boolean;
  note?: string | undefined;
  faults?: readonly FieldFault[] | undefined;
}

/** What the comparison allows, why, and the button that does it. */
export function Decision({ at, dossier, isSupervisor, note = "", faults = [] }: DecisionProps) {
  const said = words(at.ask.lang);
  const { file, need } = dossier;
  const canAccept = need === "nothing" || need === "note" || (need === "supervisor" && isSupervisor);
  return (
    <div class="decision">
      <ErrorSummary ask={at.ask} faults={faults} />
      <Panel title={said.file.decide} tone="tinted">
        <Verdict at={at} dossier={dossier} isSupervisor={isSupervisor} />
        {canAccept ? (
          <Form ask={at.ask} action={fileHref(file.code, "acceptance")}>
            {need === "nothing" ? null : (
              <TextArea
                name="note"
                label={said.file.note}
                hint={said.file.noteHint}
                rows={2}
                maxLength={500}
                value={note}
                error={errorOf(faults, "note")}
              />
            )}
            <Button>{said.file.accept}</Button>
          </Form>
        ) : null}
        <Acts>
          <ButtonLink href={fileHref(file.code, "refusal")} kind="danger">
            {said.file.refuse}
          </ButtonLink>
          <ButtonLink href={fileHref(file.code, "reading")} kind="quiet">
            {said.file.readAgain}
          </ButtonLink>
        </Acts>
      </Panel>
    </div>
  );
}

function Verdict({ at, dossier, isSupervisor }: Pick<DecisionProps, "at" | "dossier" | "isSupervisor">) {
  const said = words(at.ask.lang);
  const { need, obstacles } = dossier;
  const reasons = obstacles.length > 0 && (
    <ul class="why">
      {obstacles.map(({ obstacle }) => (
        <li key={obstacle}>{labels(at.ask.lang).obstacles[obstacle]}</li>
      ))}
    </ul>
  );
  switch (need) {
    case "nothing":
      return <Notice kind="good">{said.file.clean}</Notice>;
    case "note":
      return (
        <Notice kind="warning" title={said.file.needsNote}>
          {reasons}
        </Notice>
      );
    case "supervisor":
      return (
        <Notice kind="danger" title={said.file.needsSupervisor}>
          {isSupervisor ? null : <p>{said.file.needsSupervisorHow}</p>}
          {reasons}
        </Notice>
      );
    case "impossible":
      return (
        <Notice kind="danger" title={said.file.impossible}>
          {reasons}
        </Notice>
      );
  }
}

/** Every step, newest first: what, by whom, when, and the reason that was given. */
export function History(props: {
  at: Counter;
  events: readonly DeclarationEvent[];
  names: ReadonlyMap<string, string>;
}) {
  const { at, events, names } = props;
  const said = words(at.ask.lang);
  const who = (event: DeclarationEvent) => {
    if (event.actorKind === "staff") return names.get(event.actorId ?? "") ?? "–";
    return event.actorKind === "system" ? said.file.system : said.file.citizen;
  };
  return (
    <Panel title={said.file.history}>
      <ol class="history">
        {events.toReversed().map((event) => (
          <li key={event.seq}>
            <time dateTime={event.at.toISOString()}>{formatInstant(event.at, at.ask.lang)}</time>
            <span>
              <b>{labels(at.ask.lang).events[event.kind]}</b> · {who(event)}
              {reasonsOf(event).map((reason) => (
                <span key={reason} class="muted">
                  {" "}
                  · {reason}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function reasonsOf({ detail }: DeclarationEvent): string[] {
  return [detail.note, detail.reason, detail.sentence].filter((text): text is string => typeof text === "string");
}

/** Result of a file that is decided or has ended, in one line. */
export function outcomeOf(file: Declaration, events: readonly DeclarationEvent[]): DeclarationEvent | undefined {
  const last = events.findLast(({ kind }) => ENDS.has(kind));
  return file.status === "received" || file.status === "confirmed" ? undefined : last;
}

const ENDS = new Set(["accepted", "refused", "lapsed", "withdrawn"]);
