import type { ComponentChildren } from "preact";
import { formatInstant, type Lang } from "../kernel/calendar.ts";
import { Button, DataTable, Form, Layout, Pagination, Pills, Tag, TextField, type Tone } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import style from "./outbox.css?inline";
import { isLate, isUnconfirmed, type NoticeState, type Show, shows } from "./rules.ts";
import { isInAccount, stateText } from "./state-text.ts";
import type { NoticeCounts, NoticeView } from "./store-read.ts";
import { words } from "./words.ts";

/** What every page of the outbox knows: the request, and the office at whose desk one sits. */
export interface Desk {
  ask: Ask;
  officeName: string | undefined;
}

interface FrameProps extends Desk {
  title: string;
  back?: string;
  children: ComponentChildren;
}

export function Frame({ ask, officeName, title, back, children }: FrameProps) {
  return (
    <Layout ask={ask} face="console" nowAt="outbox" wide styles={[style]} {...{ title, back, officeName }}>
      <h1>{title}</h1>
      {children}
    </Layout>
  );
}

interface ListProps {
  desk: Desk;
  show: Show;
  /** As typed. */
  code: string;
  isBadCode: boolean;
  counts: NoticeCounts;
  notices: readonly NoticeView[];
  older: string | undefined;
  newer: string | undefined;
}

export function OutboxPage({ desk, show, code, isBadCode, counts, notices, older, newer }: ListProps) {
  const said = words(desk.ask.lang);
  return (
    <Frame {...desk} title={said.title}>
      <p class="outbox-lead hint">{said.lead}</p>
      <FindBox ask={desk.ask} typed={code} error={isBadCode ? said.badCode : undefined} />
      <Pills
        label={said.filters}
        links={shows.map((one) => ({
          href: listHref({ show: one, code }),
          text: said.show[one],
          count: counts.isMore ? `${counts.shown[one]}+` : counts.shown[one],
          isCurrent: one === show,
        }))}
      />
      <NoticeTable ask={desk.ask} notices={notices} />
      <Pagination {...{ older, newer }} />
    </Frame>
  );
}

/** One box for all; it posts, so that no number of a person stands in an address. */
export function FindBox({ ask, typed, error }: { ask: Ask; typed: string; error?: string | undefined }) {
  const said = words(ask.lang);
  return (
    <search>
      <Form ask={ask} action="/console/outbox" class="outbox-find">
        <TextField
          name="q"
          label={said.byWhat}
          hint={said.byWhatHint}
          value={typed}
          error={error}
          type="search"
          autoComplete="off"
        />
        <Button kind="quiet">{said.find}</Button>
      </Form>
    </search>
  );
}

export function listHref({ show, code, before }: { show: Show; code: string; before?: string | undefined }): string {
  const query = new URLSearchParams({
    ...(show === "all" ? {} : { show }),
    ...(code ? { code } : {}),
    ...(before ? { before } : {}),
  });
  return query.size ? `/console/outbox?${query}` : "/console/outbox";
}

export function NoticeTable({ ask, notices }: { ask: Ask; notices: readonly NoticeView[] }) {
  const said = words(ask.lang);
  return (
    <DataTable
      caption={said.caption}
      hideCaption
      rows={notices}
      rowKey={(notice) => notice.id}
      empty={
        <>
          <p>{said.empty}</p>
          <p class="muted">{said.emptyHint}</p>
        </>
      }
      columns={[
        {
          head: said.columns.message,
          isMain: true,
          cell: (notice) => (
            <a href={`/console/outbox/${notice.id}`}>
              {said.template[notice.template]}
              {notice.fileCode ? <span class="outbox-code"> {notice.fileCode}</span> : null}
            </a>
          ),
        },
        { head: said.columns.to, cell: (notice) => `${notice.recipient} (${said.channel[notice.channel]})` },
        { head: said.columns.state, cell: (notice) => <StateTags ask={ask} notice={notice} /> },
        { head: said.columns.due, cell: (notice) => formatInstant(notice.dueAt, ask.lang) },
        { head: said.columns.out, cell: (notice) => whenOr(notice.sentAt, said.notYet, ask.lang) },
      ]}
    />
  );
}

export const whenOr = (at: Date | null, otherwise: string, lang: Lang) => (at ? formatInstant(at, lang) : otherwise);

const tones: Record<NoticeState, Tone> = {
  queued: "plain",
  sending: "now",
  unknown: "warning",
  sent: "good",
  delivered: "good",
  failed: "danger",
  overtaken: "plain",
};

export function StateTags({ ask, notice }: { ask: Ask; notice: NoticeView }) {
  const said = words(ask.lang);
  return (
    <>
      <Tag tone={isInAccount(notice) ? "plain" : tones[notice.state]}>{stateText(notice, ask.lang)}</Tag>
      {isLate(notice, ask.now) ? (
        <>
          {" "}
          <Tag tone="warning">{said.late}</Tag>
        </>
      ) : null}
      {isUnconfirmed(notice) ? (
        <>
          {" "}
          <Tag tone="warning">{said.unconfirmed}</Tag>
        </>
      ) : null}
      {notice.repeatOf ? (
        <>
          {" "}
          <Tag>{said.secondCopy}</Tag>
        </>
      ) : null}
    </>
  );
}
