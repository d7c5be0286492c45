import type { Staff } from "../kernel/actor.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { Conflict, type Failure } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { Acts, ButtonLink, Notice } from "../ui/index.ts";
import { Displaced, HeldByColleague, NotAcceptable, NotSecond, Overtaken, WaitsForSecond } from "./desk.ts";
import { type Counter, FileLinks, Frame, fileHref } from "./view-parts.tsx";
import { words } from "./words.ts";
import { actWords } from "./words-acts.ts";
import { labels } from "./words-labels.ts";

/** A refused act in sentences: who was first, when, what came of it, and what is possible now. */
export interface Explanation {
  title: string;
  body: string[];
  /** Undefined: the sentences say it. */
  allowed?: readonly string[] | undefined;
  /** Other files that are in the way. */
  files?: readonly string[] | undefined;
}

/**
 * The same sentences for page and API, to this member of staff; undefined for failures that the common mapper tells
 * well enough.
 */
export function explain(failure: Failure, lang: Lang, reader: Pick<Staff, "staffId">): Explanation | undefined {
  const said = actWords(lang).overtaken;
  const all = words(lang);
  if (failure instanceof Overtaken) {
    const states: Record<string, string> = labels(lang).states;
    const state = states[failure.now] ?? failure.now;
    const who = failure.by.name ?? (failure.now === "lapsed" ? all.file.system : all.file.citizen);
    const body = [said.body(state, who, formatInstant(failure.by.at, lang)), said.nothingDone];
    const title = failure.now === "confirmed" ? said.earlyTitle : said.title;
    const isColleagues = failure.heldBy !== null && failure.heldBy !== reader.staffId;
    return { title, body, allowed: isColleagues ? ["take_over", "print"] : failure.allowed };
  }
  if (failure instanceof HeldByColleague) {
    const body = [said.held(failure.by.name, formatInstant(failure.by.since, lang)), said.nothingDone];
    return { title: said.heldTitle, body, allowed: ["take_over"] };
  }
  if (failure instanceof Displaced) {
    const body = [said.displaced(failure.by.name, formatInstant(failure.by.at, lang)), said.nothingDone];
    return { title: said.displacedTitle, body };
  }
  if (failure instanceof WaitsForSecond) {
    const body = [said.waits(failure.by.name, formatInstant(failure.by.at, lang)), said.nothingDone];
    return { title: said.waitsTitle, body, allowed: failure.allowed };
  }
  if (failure instanceof NotSecond) {
    return { title: said.secondTitle, body: [said.seconds[failure.answer], said.nothingDone] };
  }
  if (failure instanceof NotAcceptable) {
    const first = {
      second_look_missing: [all.file.needsSupervisor, all.file.needsSupervisorHow],
      impossible: [all.file.impossible],
      one_is_enough: [said.oneIsEnough],
      changed_since: [said.changedSince],
    }[failure.ruling];
    return { title: said.clashTitle, body: [...first, ...sentencesFor(failure, lang)], allowed: failure.allowed };
  }
  if (failure instanceof Conflict && failure.code in said.clashes) {
    const sentence = said.clashes[failure.code as keyof typeof said.clashes];
    return { title: said.clashTitle, body: [sentence], files: heldFiles(failure) };
  }
  return undefined;
}

/** The files that fill the hands of whoever would take one more. */
export const heldFiles = ({ detail }: Conflict): string[] => detail.files?.split(", ") ?? [];

function sentencesFor(failure: NotAcceptable, lang: Lang): string[] {
  const { fields, obstacles } = labels(lang);
  const named: Record<string, string> = { ...fields, ...obstacles };
  return failure.inTheWay.map((key) => named[key] ?? key);
}

export function OvertakenPage({ at, code, told }: { at: Counter; code: string; told: Explanation }) {
  const said = actWords(at.ask.lang).overtaken;
  const acts: Record<string, string> = said.acts;
  const possible = told.allowed?.map((act) => acts[act] ?? act).filter((act) => act !== "");
  return (
    <Frame at={at} title={told.title} back={fileHref(code)}>
      <h1>{told.title}</h1>
      <Notice kind="warning">
        {told.body.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <FileLinks codes={told.files ?? []} />
        {possible ? <p>{possible.length > 0 ? `${said.now}: ${possible.join(", ")}.` : said.nothing}</p> : null}
      </Notice>
      <Acts>
        <ButtonLink href={fileHref(code)}>{said.open}</ButtonLink>
        <ButtonLink href="/console" kind="quiet">
          {said.queue}
        </ButtonLink>
      </Acts>
    </Frame>
  );
}
