import { formatInstant } from "../kernel/calendar.ts";
import type { Declaration, DeclarationEvent } from "../registration/store.ts";
import { Panel } from "../ui/index.ts";
import type { CopyLook } from "./copy-looks.ts";
import type { Finding } from "./rules-findings.ts";
import type { Counter } from "./view-parts.tsx";
import { words } from "./words.ts";
import { actWords } from "./words-acts.ts";
import { decideWords } from "./words-decide.ts";
import { labels } from "./words-labels.ts";

interface HistoryProps {
  at: Counter;
  events: readonly DeclarationEvent[];
  names: ReadonlyMap<string, string>;
  findings: ReadonlyMap<number, readonly Finding[]>;
  /** Labels of grounds of refusal, whenever they were in force. */
  grounds: ReadonlyMap<string, string>;
}

/** Every step, newest first: what, by whom, when, and the reasons that were given. */
export function History(props: HistoryProps) {
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
              {reasonsOf(event, props).map((reason) => (
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

function reasonsOf(event: DeclarationEvent, { at, names, findings, grounds }: HistoryProps): string[] {
  const { detail, seq } = event;
  const said = decideWords(at.ask.lang);
  const fields = labels(at.ask.lang).fields;
  const named = (id: unknown) => (typeof id === "string" ? (names.get(id) ?? "–") : undefined);
  const from = named(detail.takenOverFrom);
  const proposer = event.kind === "accepted" ? named(detail.proposedBy) : undefined;
  const ticks = (findings.get(seq) ?? [])
    .filter(({ reason }) => reason !== undefined)
    .map(({ field, trusted, reason }) => `${said.history.trusted(fields[field], said.sources[trusted])}. ${reason}`);
  const listed = Array.isArray(detail.grounds) ? detail.grounds.map((code) => grounds.get(code) ?? String(code)) : [];
  return [
    from ? said.history.takenOver(from) : "",
    proposer ? said.history.bySecond(proposer) : "",
    ...listed,
    ...[detail.note, detail.reason, detail.sentence].filter((text) => typeof text === "string"),
    ...ticks,
  ].filter((text) => text !== "");
}

/** Who opened which picture, newest first: looks at papers are part of the file's history. */
export function CopyLooks({
  at,
  looks,
  names,
}: { at: Counter; looks: readonly CopyLook[] } & Pick<HistoryProps, "names">) {
  const said = decideWords(at.ask.lang).looks;
  const sides = actWords(at.ask.lang).papers;
  return (
    <Panel title={said.title}>
      {looks.length === 0 ? <p class="muted">{said.none}</p> : null}
      <ol class="history">
        {looks.map((look) => (
          <li key={`${look.at.toISOString()} ${look.staffId} ${look.side}`}>
            <time dateTime={look.at.toISOString()}>{formatInstant(look.at, at.ask.lang)}</time>
            <span>
              {names.get(look.staffId) ?? "–"} · {sides[look.side]}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** Result of a file that is decided or has ended, in one line. */
export function outcomeOf(file: Declaration, events: readonly DeclarationEvent[]): DeclarationEvent | undefined {
  const last = events.findLast(({ kind }) => ENDS.has(kind));
  return file.status === "received" || file.status === "confirmed" ? undefined : last;
}

const ENDS = new Set(["accepted", "refused", "lapsed", "withdrawn"]);
