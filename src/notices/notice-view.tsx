import { formatInstant, type Lang } from "../kernel/calendar.ts";
import { Button, DataTable, Form, Notice, Panel, SummaryList, type SummaryRow } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { errorText } from "./error-text.ts";
import { type Desk, Frame, listHref, StateTags, whenOr } from "./outbox-view.tsx";
import { allowedActs, isUnconfirmed, isWaiting, lacksSecret } from "./rules.ts";
import { needs } from "./rules-templates.ts";
import type { Sentences, Values } from "./rules-words.ts";
import { isInAccount, stateHint } from "./state-text.ts";
import type { AttemptView, NoticeView } from "./store-read.ts";
import { renderMail, renderPush, renderSms } from "./templates.ts";
import { words } from "./words.ts";

interface NoticePageProps {
  desk: Desk;
  notice: NoticeView;
  attempts: readonly AttemptView[];
  /** Of the version with which it was queued. */
  sentences: Sentences;
  /** Of one's own office: it may be sent again. */
  isOwn: boolean;
  /** The resend that was asked for came too late. */
  isOvertaken?: boolean;
}

export function NoticePage({ desk, notice, attempts, sentences, isOwn, isOvertaken }: NoticePageProps) {
  const { ask } = desk;
  const said = words(ask.lang);
  return (
    <Frame {...desk} title={said.template[notice.template]} back={listHref({ show: "all", code: "" })}>
      {isOvertaken ? <Notice kind="warning">{said.changed}</Notice> : null}
      <SummaryList rows={factsOf(ask, notice)} />
      {isOwn ? <ResendBox ask={ask} notice={notice} /> : null}
      <Panel title={said.text}>
        <Words ask={ask} notice={notice} sentences={sentences} />
      </Panel>
      <Panel title={said.tries}>
        <Attempts lang={ask.lang} attempts={attempts} />
      </Panel>
    </Frame>
  );
}

function factsOf(ask: Ask, notice: NoticeView): SummaryRow[] {
  const said = words(ask.lang);
  const { facts } = said;
  const rows: (SummaryRow | false)[] = [
    { key: facts.to, value: `${notice.recipient} (${said.channel[notice.channel]})` },
    !!notice.fileCode && {
      key: facts.file,
      value: <a href={`/console/files/${notice.fileCode}`}>{notice.fileCode}</a>,
    },
    {
      key: facts.state,
      value: (
        <>
          <StateTags ask={ask} notice={notice} /> <p class="hint">{stateHint(notice, ask.lang)}</p>
        </>
      ),
    },
    { key: facts.created, value: formatInstant(notice.createdAt, ask.lang) },
    { key: facts.due, value: formatInstant(notice.dueAt, ask.lang) },
    !isInAccount(notice) && { key: facts.sent, value: whenOr(notice.sentAt, said.notYet, ask.lang) },
    isUnconfirmed(notice) && { key: facts.delivered, value: said.unconfirmedHint },
    !!notice.repeatOf && {
      key: facts.repeatOf,
      value: <a href={`/console/outbox/${notice.repeatOf}`}>{said.firstCopy}</a>,
    },
    !!notice.deliveredAt &&
      !isInAccount(notice) && { key: facts.delivered, value: formatInstant(notice.deliveredAt, ask.lang) },
    isWaiting(notice.state) && { key: facts.next, value: formatInstant(notice.nextAt, ask.lang) },
    !!notice.lastError && { key: facts.error, value: errorText(notice.lastError, ask.lang) },
  ];
  return rows.filter((row) => row !== false);
}

function ResendBox({ ask, notice }: { ask: Ask; notice: NoticeView }) {
  const said = words(ask.lang);
  if (notice.state !== "failed") return null;
  const isLacking = lacksSecret({ ...notice, needsSecret: needs[notice.template].secrets.length > 0 });
  if (allowedActs({ ...notice, lacksSecret: isLacking }).includes("resend")) {
    return (
      <Panel tone="tinted">
        <Form ask={ask} action={`/console/outbox/${notice.id}/resend`}>
          <p>{said.resendHint}</p>
          <Button>{said.resend}</Button>
        </Form>
      </Panel>
    );
  }
  return <Notice kind="info">{notice.class === "code" ? said.codeGone : said.secretGone}</Notice>;
}

const COVER = "********";

/** The very words that go out, with stars for what only the recipient may read. */
function Words({ ask, notice, sentences }: { ask: Ask; notice: NoticeView; sentences: Sentences }) {
  const said = words(ask.lang);
  const secrets = notice.channel === "push" ? [] : needs[notice.template].secrets;
  const values: Values = { ...notice.fields, ...Object.fromEntries(secrets.map((name) => [name, COVER])) };
  const mail = notice.channel === "email" ? renderMail(notice.template, notice.lang, values, sentences) : undefined;
  return (
    <div lang={notice.lang}>
      {mail ? (
        <p>
          {said.subject}: <b>{mail.subject}</b>
        </p>
      ) : null}
      <p class="outbox-text">{mail?.text ?? shortText(notice, values, sentences)}</p>
      {secrets.length ? <p class="hint">{said.textHint}</p> : null}
    </div>
  );
}

const shortText = ({ channel, template, lang }: NoticeView, values: Values, sentences: Sentences) =>
  channel === "push" ? renderPush(template, lang, values) : renderSms(template, lang, values, sentences);

function Attempts({ lang, attempts }: { lang: Lang; attempts: readonly AttemptView[] }) {
  const said = words(lang);
  const { tryColumns } = said;
  return (
    <DataTable
      caption={said.tries}
      hideCaption
      rows={attempts}
      rowKey={(attempt) => String(attempt.no)}
      empty={<p>{said.noTries}</p>}
      columns={[
        { head: tryColumns.no, isMain: true, cell: (attempt) => attempt.no },
        { head: tryColumns.started, cell: (attempt) => formatInstant(attempt.startedAt, lang) },
        { head: tryColumns.ended, cell: (attempt) => whenOr(attempt.endedAt, "–", lang) },
        { head: tryColumns.outcome, cell: (attempt) => outcomeText(attempt, lang) },
      ]}
    />
  );
}

function outcomeText({ outcome, error }: AttemptView, lang: Lang): string {
  const said = words(lang).outcome;
  const result = said[(outcome ?? "pending") as keyof typeof said];
  return error ? `${result}: ${errorText(error, lang)}` : result;
}
