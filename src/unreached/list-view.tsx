import type { ComponentChildren } from "preact";
import { dayOf, formatInstant, type Lang } from "../kernel/calendar.ts";
import { errorText } from "../notices/error-text.ts";
import type { NoticeView } from "../notices/store-read.ts";
import { words as noticeWords } from "../notices/words.ts";
import { DataTable, Layout, Pagination, Pills, Tag } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import type { TaskLine } from "./desk.ts";
import { isLate } from "./rules.ts";
import style from "./unreached.css?inline";
import { words } from "./words.ts";

export interface Seat {
  ask: Ask;
  officeName: string | undefined;
}

interface FrameProps {
  at: Seat;
  title: string;
  back?: string;
  children: ComponentChildren;
}

export function Frame({ at: { ask, officeName }, title, back, children }: FrameProps) {
  const isHere = ask.alarm?.href === "/console/unreached";
  return (
    <Layout
      ask={isHere ? { ...ask, alarm: undefined } : ask}
      face="console"
      nowAt="unreached"
      wide
      styles={[style]}
      {...{ title, back, officeName }}
    >
      {children}
    </Layout>
  );
}

interface ListProps {
  at: Seat;
  isDone: boolean;
  lines: readonly TaskLine[];
  older: string | undefined;
  newer: string | undefined;
  /** Staff id → name. */
  names: ReadonlyMap<string, string>;
}

export function ListPage({ at, isDone, lines, older, newer, names }: ListProps) {
  const said = words(at.ask.lang);
  return (
    <Frame at={at} title={said.title}>
      <h1>{said.title}</h1>
      <p class="hint">{said.lead}</p>
      <Pills
        label={said.shows}
        links={(["open", "done"] as const).map((show) => ({
          href: show === "open" ? "/console/unreached" : "/console/unreached?show=done",
          text: said.show[show],
          isCurrent: (show === "done") === isDone,
        }))}
      />
      <TaskTable {...{ at, isDone, lines, names }} />
      <Pagination {...{ older, newer }} />
    </Frame>
  );
}

function TaskTable({ at, isDone, lines, names }: Omit<ListProps, "older" | "newer">) {
  const { ask } = at;
  const said = words(ask.lang);
  const today = dayOf(ask.now).toString();
  return (
    <DataTable
      caption={said.title}
      hideCaption
      rows={lines}
      rowKey={({ task }) => task.id}
      empty={
        <>
          <p>{isDone ? said.emptyDone : said.empty}</p>
          {isDone ? null : <p class="muted">{said.emptyHint}</p>}
        </>
      }
      columns={[
        {
          head: said.columns.who,
          isMain: true,
          cell: ({ task, name, code }) => (
            <a href={`/console/unreached/${task.id}`}>
              {name ?? said.noName} <span class="unreached-code">{code}</span>
            </a>
          ),
        },
        { head: said.columns.what, cell: ({ notices }) => resultOf(notices, ask.lang) },
        { head: said.columns.tried, cell: ({ notices }) => <Ways notices={notices} lang={ask.lang} /> },
        {
          head: said.columns.since,
          cell: ({ task }) => (
            <>
              {formatInstant(task.openedAt, ask.lang)}{" "}
              {!isDone && isLate(task.dueOn, today) ? <Tag tone="danger">{said.late}</Tag> : null}
            </>
          ),
        },
        ...(isDone ? [{ head: said.columns.told, cell: ({ task }: TaskLine) => toldText(task, names, ask.lang) }] : []),
      ]}
    />
  );
}

export function toldText(task: TaskLine["task"], names: ReadonlyMap<string, string>, lang: Lang): string {
  const { form, task: said } = words(lang);
  if (!task.doneAt || !task.doneHow) return "";
  const by = task.doneBy ? (names.get(task.doneBy) ?? "–") : said.bySystem;
  return said.done(form.hows[task.doneHow], by, formatInstant(task.doneAt, lang));
}

export function resultOf(notices: readonly NoticeView[], lang: Lang): string {
  const [first] = notices;
  return first ? noticeWords(lang).template[first.template] : "–";
}

/** Each way, where to (masked) and what came of it. */
export function Ways({ notices, lang }: { notices: readonly NoticeView[]; lang: Lang }) {
  const said = noticeWords(lang);
  if (notices.length === 0) return <p>{words(lang).task.noWay}</p>;
  return (
    <ul class="unreached-ways">
      {notices.map((notice) => (
        <li key={notice.id}>
          {said.channel[notice.channel]} {notice.recipient}:{" "}
          {notice.lastError ? errorText(notice.lastError, lang) : said.states[notice.state]}
        </li>
      ))}
    </ul>
  );
}
