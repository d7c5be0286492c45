import type { BatchPlace } from "../batch/read.ts";
import type { ShownGuardian } from "../guardian/describe.ts";
import { isForWard } from "../guardian/rules-declared.ts";
import { formatDay, formatInstant, formatMoment, plainDate } from "../kernel/calendar.ts";
import type { NoticeView } from "../notices/store-read.ts";
import { addressLine } from "../registration/rules-answers.ts";
import type { DeclarationEvent } from "../registration/store.ts";
import { methodWords } from "../registration/words-methods.ts";
import { Acts, Button, ButtonLink, Details, type FieldFault, Form, Notice, SummaryList } from "../ui/index.ts";
import { Comparison } from "./compare-view.tsx";
import type { CopyLook } from "./copy-looks.ts";
import { Decision } from "./decision-view.tsx";
import { DeclaredHow } from "./declared-how.tsx";
import { DeskLinks, InBatch } from "./desk-links.tsx";
import type { Dossier } from "./dossier.ts";
import { GuardianPanel } from "./guardian-panel.tsx";
import { CopyLooks, History, outcomeOf } from "./history-view.tsx";
import { Keys } from "./keys-view.tsx";
import { Messages } from "./messages-view.tsx";
import type { OldPrint } from "./old-print.ts";
import { OldPrintNotice } from "./old-print-view.tsx";
import { PapersRead } from "./papers-view.tsx";
import { SentPhotos } from "./photos-view.tsx";
import type { Finding } from "./rules-findings.ts";
import type { ReadingForm } from "./rules-reading.ts";
import { SecondLookPanel } from "./second-view.tsx";
import { TakeOver } from "./take-over-view.tsx";
import { ToReceive } from "./to-receive-view.tsx";
import { type Counter, FileClock, Frame, fileHref, StateTag } from "./view-parts.tsx";
import { words } from "./words.ts";
import { actWords } from "./words-acts.ts";
import { decideWords } from "./words-decide.ts";
import { labels } from "./words-labels.ts";

export interface FilePageProps {
  at: Counter;
  dossier: Dossier;
  guardian: ShownGuardian | undefined;
  events: readonly DeclarationEvent[];
  names: ReadonlyMap<string, string>;
  notices: readonly NoticeView[];
  findings: ReadonlyMap<number, readonly Finding[]>;
  grounds: ReadonlyMap<string, string>;
  looks: readonly CopyLook[];
  isSupervisor: boolean;
  /** What is old about the paper on the counter. */
  old: OldPrint;
  /** The batch that the file came with. */
  batch?: BatchPlace | undefined;
  /** What was typed before something was found missing. */
  typed?: ReadingForm | undefined;
  faults?: readonly FieldFault[] | undefined;
}

/** One look, one decision: paper on the left, comparison and decision on the right, history below. */
export function FilePage(props: FilePageProps) {
  const { at, dossier, notices } = props;
  const { file } = dossier;
  const said = words(at.ask.lang).file;
  const isMine = !file.heldBy || file.heldBy === at.staff.staffId;
  const isWaiting = file.status === "received" && file.proposedBy !== null;
  const hasPapers = dossier.reading !== undefined;
  return (
    <Frame at={at} title={said.of(file.code)} back="/console" wide>
      <FileHead {...props} />
      <OldPrintNotice at={at} old={props.old} />
      {props.batch ? <InBatch at={at} dossier={dossier} batch={props.batch} /> : null}
      {file.status === "received" && !isMine ? <TakeOver {...props} /> : null}
      <SentBack {...props} />
      <div class={hasPapers ? "dossier with-papers" : "dossier"}>
        {hasPapers ? <Papers at={at} dossier={dossier} isMine={isMine} /> : null}
        <div>
          <PapersRead at={at} dossier={dossier} />
          <Comparison at={at} dossier={dossier} />
          {isForWard(file.answers.who?.forWhom) ? <GuardianPanel {...props} isMine={isMine} /> : null}
          <DeclaredHow at={at} file={file} />
          {isWaiting ? <SecondLookPanel {...props} /> : null}
          {file.status === "received" && isMine && !isWaiting ? <Decision {...props} /> : null}
          {file.status === "confirmed" ? <ToReceive at={at} dossier={dossier} /> : null}
          <SentPhotos at={at} code={file.code} photos={dossier.photos} />
          <OtherAnswers at={at} dossier={dossier} />
          <Messages at={at} notices={notices} />
          <History {...props} />
          {dossier.copies.length > 0 ? <CopyLooks {...props} /> : null}
        </div>
      </div>
      <Keys at={at} />
    </Frame>
  );
}

function FileHead({ at, dossier, events, names }: FilePageProps) {
  const { file } = dossier;
  const said = words(at.ask.lang);
  const end = outcomeOf(file, events);
  const who = end?.actorKind === "staff" ? (names.get(end.actorId ?? "") ?? "–") : said.file.system;
  return (
    <div class="file-head">
      <div>
        <h1>{file.answers.name?.full ?? file.code}</h1>
        <p>
          <span class="code">{file.code}</span> <StateTag at={at} file={file} />
        </p>
        {end ? (
          <p>
            {said.file.decidedBy(
              labels(at.ask.lang).states[file.status],
              end.kind === "withdrawn" ? said.file.citizen : who,
              formatInstant(end.at, at.ask.lang),
            )}
          </p>
        ) : (
          <p class="muted">{file.status === "received" ? holderLine(at, dossier, names) : null}</p>
        )}
      </div>
      <div class="file-side">
        <FileClock at={at} file={file} />
        <HoldingForm at={at} dossier={dossier} />
        {file.status === "confirmed" || file.status === "received" ? (
          <ButtonLink href={fileHref(file.code, "form.pdf")} kind="quiet">
            {said.file.print}
          </ButtonLink>
        ) : null}
        <DeskLinks at={at} dossier={dossier} />
      </div>
    </div>
  );
}

function holderLine(at: Counter, { file }: Dossier, names: ReadonlyMap<string, string>): string {
  const said = words(at.ask.lang).file;
  if (file.proposedBy) return words(at.ask.lang).queue.awaits(names.get(file.proposedBy) ?? "–");
  if (!file.heldBy) return said.heldByNobody;
  if (file.heldBy === at.staff.staffId) return said.heldByYou;
  return said.heldBy(
    names.get(file.heldBy) ?? "–",
    file.heldSince ? formatMoment(file.heldSince, at.ask.now, at.ask.lang) : "",
  );
}

function HoldingForm({ at, dossier: { file } }: { at: Counter; dossier: Dossier }) {
  const said = words(at.ask.lang).file;
  if (file.status !== "received" || file.proposedBy) return null;
  if (!file.heldBy) {
    return (
      <Form ask={at.ask} action={fileHref(file.code, "holding")}>
        <Button>{said.take}</Button>
      </Form>
    );
  }
  if (file.heldBy !== at.staff.staffId) return null;
  return (
    <Form ask={at.ask} action={fileHref(file.code, "release")}>
      <Button kind="quiet">{said.release}</Button>
    </Form>
  );
}

/** What the supervisor wrote, until the file is decided or proposed again. */
function SentBack({ at, dossier: { file }, events, names }: FilePageProps) {
  const last = events.findLast(({ kind }) => kind === "sent_back" || kind === "proposed");
  if (file.status !== "received" || last?.kind !== "sent_back") return null;
  const said = decideWords(at.ask.lang).second;
  return (
    <Notice kind="warning" title={said.sentBack(names.get(last.actorId ?? "") ?? "–")}>
      <p>{String(last.detail.reason ?? "")}</p>
    </Notice>
  );
}

/** The newest picture of each side; each opens large on a page of its own. */
function Papers({ at, dossier, isMine }: { at: Counter; dossier: Dossier; isMine: boolean }) {
  const said = words(at.ask.lang).file;
  const acts = actWords(at.ask.lang).papers;
  const { file, copies, reading } = dossier;
  const newest = (["front", "back", "form"] as const).flatMap(
    (side) => copies.find((copy) => copy.side === side) ?? [],
  );
  return (
    <aside class="docked">
      <h2>{said.papers}</h2>
      {newest.length === 0 ? <p class="muted">{reading?.copyKept ? said.copyKept : said.noPapers}</p> : null}
      {newest.length > 0 ? (
        <ul class="papers">
          {newest.map(({ copyId, side, width, height }) => (
            <li key={copyId}>
              <a href={fileHref(file.code, `papers/${copyId}`)}>
                <img
                  src={fileHref(file.code, `papers/${copyId}`)}
                  {...{ width, height }}
                  loading="lazy"
                  alt={acts.alt(acts[side], file.code)}
                />
                <span>
                  {acts[side]} · {said.openPaper}
                </span>
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {file.status === "received" && isMine && !file.proposedBy ? (
        <Acts>
          <ButtonLink href={fileHref(file.code, "papers")} kind="quiet">
            {said.addPaper}
          </ButtonLink>
        </Acts>
      ) : null}
    </aside>
  );
}

function OtherAnswers({ at, dossier: { file } }: { at: Counter; dossier: Dossier }) {
  const all = words(at.ask.lang);
  const { who, paper, address, email, office } = file.answers;
  const said = all.answers;
  const issued = [
    paper?.issuedOn ? formatDay(plainDate(paper.issuedOn), at.ask.lang) : "",
    paper?.issuedBy ?? "",
    paper?.country ?? "",
  ].filter(Boolean);
  return (
    <Details summary={all.file.more}>
      <SummaryList
        rows={[
          {
            key: said.who,
            value: who ? [labels(at.ask.lang).whom[who.forWhom], who.declarer].filter(Boolean).join(" · ") : said.none,
          },
          {
            key: said.issued,
            value: [paper ? labels(at.ask.lang).papersKinds[paper.kind] : "", ...issued].filter(Boolean).join(" · "),
          },
          { key: said.address, value: address ? addressLine(address) : said.none },
          { key: said.email, value: email?.address ?? said.none },
          {
            key: said.method,
            value: <span lang="vi">{office?.method?.name ?? methodWords.vi.known.office.name}</span>,
          },
        ]}
      />
    </Details>
  );
}
