import { formatMoment } from "../kernel/calendar.ts";
import type { DeclarationEvent } from "../registration/store.ts";
import { Acts, Button, ErrorSummary, Form, Notice, Panel, SummaryList, TextArea } from "../ui/index.ts";
import { type DecisionProps, Obstacles } from "./decision-view.tsx";
import { mayBeSecond } from "./rules.ts";
import type { Finding } from "./rules-findings.ts";
import { TakeOverForm } from "./take-over-view.tsx";
import { shownAs } from "./ticks-view.tsx";
import { errorOf, fileHref } from "./view-parts.tsx";
import { decideWords } from "./words-decide.ts";
import { labels } from "./words-labels.ts";

export interface SecondProps extends DecisionProps {
  isSupervisor: boolean;
  events: readonly DeclarationEvent[];
  names: ReadonlyMap<string, string>;
  findings: ReadonlyMap<number, readonly Finding[]>;
}

/** A file that waits for its second pair of eyes: what was proposed and why, and what this person may do about it. */
export function SecondLookPanel(props: SecondProps) {
  const { at, dossier, isSupervisor, events, names, faults = [] } = props;
  const said = decideWords(at.ask.lang).second;
  const { file } = dossier;
  const answer = mayBeSecond({ isSupervisor, proposedBy: file.proposedBy }, at.staff.staffId);
  const who = names.get(file.proposedBy ?? "") ?? "–";
  const proposal = events.findLast(({ kind }) => kind === "proposed");
  return (
    <div class="decision">
      <ErrorSummary ask={at.ask} faults={faults} />
      <Panel title={said.title} tone="tinted">
        <Notice
          kind="warning"
          title={said.waiting(who, file.proposedAt ? formatMoment(file.proposedAt, at.ask.now, at.ask.lang) : "")}
        >
          {answer === "yes" ? <p>{said.proposal}</p> : null}
          {answer === "same_person" ? <p>{said.isYou}</p> : null}
          {answer === "not_supervisor" ? <p>{said.notYou}</p> : null}
          <Obstacles at={at} dossier={dossier} />
        </Notice>
        {proposal ? <Proposal {...props} proposal={proposal} /> : null}
        {answer === "yes" ? <SecondForm {...props} /> : null}
        {answer === "same_person" ? <TakeBack {...props} /> : <TakeOverForm {...props} />}
      </Panel>
    </div>
  );
}

/** The colleague's ticks, as they were when proposed. */
function Proposal({ at, dossier, findings, proposal }: SecondProps & { proposal: DeclarationEvent }) {
  const said = decideWords(at.ask.lang);
  const names = labels(at.ask.lang);
  const rows = (findings.get(proposal.seq) ?? []).map(({ field, trusted, reason }) => {
    const row = dossier.rows.find((one) => one.field === field);
    const value = row ? `${said.sources[trusted]}: ${shownAs(row, trusted, at)}` : said.sources[trusted];
    return { key: names.fields[field], value: [value, reason].filter(Boolean).join(" · ") };
  });
  const { note } = proposal.detail;
  return (
    <>
      <SummaryList rows={rows} />
      {typeof note === "string" ? <p>{note}</p> : null}
    </>
  );
}

function SecondForm({ at, dossier, typed = {}, faults = [] }: SecondProps) {
  const said = decideWords(at.ask.lang).second;
  return (
    <Form ask={at.ask} action={fileHref(dossier.file.code, "second-look")} class="decide">
      <TextArea
        name="words"
        label={said.words}
        hint={said.wordsHint}
        rows={2}
        maxLength={500}
        value={typed.words ?? ""}
        error={errorOf(faults, "words")}
      />
      <Acts>
        <Button name="verdict" value="confirm">
          {said.confirm}
        </Button>
        <Button kind="quiet" name="verdict" value="send_back">
          {said.sendBack}
        </Button>
      </Acts>
    </Form>
  );
}

function TakeBack({ at, dossier: { file } }: SecondProps) {
  return (
    <Form ask={at.ask} action={fileHref(file.code, "holding")}>
      <Button kind="quiet">{decideWords(at.ask.lang).propose.takeBack}</Button>
    </Form>
  );
}
