import { formatDay, formatInstant, formatLongDay, formatMoment } from "../kernel/calendar.ts";
import { Acts, Button, ButtonLink, Form, Layout, Notice, Timeline, type TimelineItem } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { ActivationPart } from "./activation-part.tsx";
import { isDeleted } from "./delete-draft.ts";
import { UnprovedContacts } from "./proof-page.tsx";
import { LeaveForm } from "./question-frame.tsx";
import type { Refused } from "./refusal-reason.ts";
import style from "./registration.css?inline";
import { answersKeptUntil, daysLeft, lastDayOf, type Status } from "./rules.ts";
import type { Declaration } from "./store.ts";
import { deletionWords } from "./words-deletion.ts";
import { receiptWords } from "./words-receipt.ts";

interface TrackProps {
  ask: Ask;
  file: Declaration;
  status: Status;
  refused: Refused | undefined;
  /** The office to which the file was moved, while it is still to be handed in. */
  newOffice?: string | undefined;
  /** The end of the activation code, while the account is not activated. */
  codeUntil?: Date | undefined;
  /** What opens the account of an accepted file: the code that was sent, one's own password, or a guardian. */
  opensBy?: "code" | "own" | "guardian" | undefined;
}

/** Done, now, next; and in every state something that the person can do. */
export function TrackPage({ ask, file, status, refused, newOffice, codeUntil, opensBy }: TrackProps) {
  const said = receiptWords(ask.lang).track;
  return (
    <Layout ask={ask} face="portal" title={said.title} styles={[style]}>
      <h1>{said.title}</h1>
      <p class="file-code">{file.code}</p>
      <Outcome {...{ ask, file, status, refused, opensBy }} />
      {newOffice && status === "confirmed" && !file.batchedAt ? (
        <Notice kind="warning" title={said.moved(newOffice)}>
          <p>{said.movedNext}</p>
        </Notice>
      ) : null}
      {codeUntil ? <ActivationPart ask={ask} until={codeUntil} /> : null}
      {status === "lapsed" || status === "withdrawn" ? null : <Timeline items={itemsOf(ask, file, status)} />}
      {status === "confirmed" || status === "received" ? <UnprovedContacts ask={ask} file={file} /> : null}
      {status === "confirmed" || status === "received" ? <Ways ask={ask} file={file} status={status} /> : null}
      <div class="leave">
        <LeaveForm ask={ask} />
      </div>
    </Layout>
  );
}

/** The receipt says by when to hand in; whoever has done so is shown the form alone. */
function Ways({ ask, file, status }: Pick<TrackProps, "ask" | "file" | "status">) {
  const said = receiptWords(ask.lang).track;
  return (
    <Acts>
      {status === "received" || file.batchedAt ? (
        <ButtonLink href="/register/form.pdf" kind="quiet">
          {said.print}
        </ButtonLink>
      ) : (
        <ButtonLink href="/register/receipt">{said.receipt}</ButtonLink>
      )}
      {status === "confirmed" ? (
        <ButtonLink href="/register/withdrawal" kind="quiet">
          {receiptWords(ask.lang).receipt.withdraw}
        </ButtonLink>
      ) : null}
    </Acts>
  );
}

/** How it ended, and the one button that leads on. */
function Outcome({ ask, file, status, refused, opensBy = "code" }: TrackProps) {
  const said = receiptWords(ask.lang).track;
  const keptUntil = file.answers.who ? answersKeptUntil(file, status, ask.now) : undefined;
  if (status === "accepted") {
    return (
      <Notice kind="good" title={said.accepted}>
        <p>{said.acceptedNext[opensBy]}</p>
        <ButtonLink href="/sign-in">{said.signIn}</ButtonLink>
        {opensBy === "own" ? (
          <p>
            <a href="/account/recovery">{said.forgotten}</a>
          </p>
        ) : null}
      </Notice>
    );
  }
  if (status !== "refused" && status !== "lapsed" && status !== "withdrawn") return null;
  if (isDeleted(file)) {
    const { title, what } = deletionWords(ask.lang).elsewhereDone;
    return (
      <Notice kind="warning" title={title}>
        <p>{what}</p>
        <ButtonLink href="/register">{said.anew}</ButtonLink>
      </Notice>
    );
  }
  return (
    <Notice kind={status === "refused" ? "danger" : "warning"} title={said[status]}>
      {refused ? <p>{refused.sentence}</p> : null}
      {refused && refused.reasons.length > 1 ? (
        <>
          <p>{said.allGrounds}</p>
          <ul>
            {refused.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </>
      ) : null}
      <p>{said[`${status}Next`]}</p>
      {keptUntil ? (
        <>
          <p>{said.kept(formatDay(keptUntil, ask.lang))}</p>
          <Form ask={ask} action="/register/again">
            <Button>{said.again}</Button>
          </Form>
        </>
      ) : (
        <>
          <p>{said.gone}</p>
          <ButtonLink href="/register">{said.anew}</ButtonLink>
        </>
      )}
    </Notice>
  );
}

function itemsOf(ask: Ask, file: Declaration, status: Status): TimelineItem[] {
  const { lang, now } = ask;
  const said = receiptWords(lang).track;
  const { daysLeft: leftWords } = receiptWords(lang).receipt;
  const { confirmedAt, lapsesAt, receivedAt, batchedAt, noticeDueAt, decidedAt } = file;
  const handInBy =
    lapsesAt && said.handInBy(formatLongDay(lastDayOf(lapsesAt), lang), leftWords(daysLeft(now, lapsesAt)));
  const isDecided = status === "accepted" || status === "refused";
  const when = (instant: Date | null) => (instant ? formatInstant(instant, lang) : undefined);
  return [
    { title: said.confirmed, state: "done", when: when(confirmedAt) },
    receivedAt || batchedAt
      ? { title: said.handIn, state: "done", when: when(batchedAt ?? receivedAt) }
      : { title: said.handIn, state: "now", when: handInBy ?? undefined },
    { title: said.compare, state: isDecided ? "done" : receivedAt || batchedAt ? "now" : "next" },
    isDecided
      ? { title: said[status], state: status === "refused" ? "stopped" : "done", when: when(decidedAt) }
      : { title: said.outcome, state: "next", when: outcomeBy(noticeDueAt, ask) },
  ];
}

/** Who still waits after the quarter of an hour is told so, and whom to ask. */
function outcomeBy(dueAt: Date | null, { now, lang }: Ask): string | undefined {
  if (!dueAt) return undefined;
  const said = receiptWords(lang).track;
  const by = formatMoment(dueAt, now, lang);
  return now > dueAt ? said.outcomeLate(by) : said.outcomeBy(by);
}
