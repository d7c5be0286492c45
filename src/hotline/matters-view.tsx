import {
  dayOf,
  formatBirth,
  formatDay,
  formatInstant,
  formatLongDay,
  formatTime,
  plainDate,
} from "../kernel/calendar.ts";
import { errorText } from "../notices/error-text.ts";
import { words as noticeWords } from "../notices/words.ts";
import { lastDayOf } from "../registration/rules.ts";
import { Notice, Panel, SummaryList } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { Clock, ticketHref } from "./frame.tsx";
import type { FileMatter, Matters } from "./matters.ts";
import type { Call } from "./store-call.ts";
import { callWords } from "./words-call.ts";

interface MattersProps {
  ask: Ask;
  matters: Matters;
  how: Call["identifiedHow"];
}

/** What an agent may tell a caller who was identified. */
export function MattersPanel({ ask, matters, how }: MattersProps) {
  const { lang } = ask;
  const said = callWords(lang).matters;
  const { account, lockedUntil: until } = matters;
  return (
    <>
      <Notice kind="good">{how ? said.how[how] : ""}</Notice>
      <Panel title={said.title}>
        <SummaryList
          rows={[
            { key: said.name, value: matters.name },
            { key: said.birth, value: formatBirth(plainDate(matters.birthOn), matters.birthPrecision, lang) },
            { key: said.phone, value: matters.phone ?? said.none },
            { key: said.email, value: matters.email ? said.has : said.none },
            ...(matters.unit ? [{ key: said.unit, value: matters.unit.name }] : []),
            {
              key: said.account,
              value: [said.accounts[account], ...(until ? [said.locked(formatTime(until))] : [])].join("; "),
            },
          ]}
        />
        <h3>{said.files}</h3>
        <Items empty={said.noFiles}>
          {matters.files.map((file) => (
            <li key={file.code}>
              <FileText ask={ask} file={file} />
            </li>
          ))}
        </Items>
        <h3>{said.failed}</h3>
        <Items empty={said.noFailed}>
          {matters.failed.map((notice) => (
            <li key={notice.id}>
              {noticeWords(lang).template[notice.template]}, {noticeWords(lang).channel[notice.channel]}{" "}
              {notice.recipient}, {formatInstant(notice.createdAt, lang)}:{" "}
              {notice.lastError ? errorText(notice.lastError, lang) : noticeWords(lang).states[notice.state]}
            </li>
          ))}
        </Items>
        {matters.disputes.length > 0 ? <h3>{said.disputes}</h3> : null}
        <Items>
          {matters.disputes.map(({ openedAt, dueOn, isOpen }) => (
            <li key={openedAt.toISOString()}>
              {said.dispute(formatDay(dayOf(openedAt), lang))}
              {isOpen ? (dueOn ? `, ${said.due(formatDay(plainDate(dueOn), lang))}` : "") : `, ${said.answered}`}
            </li>
          ))}
        </Items>
        {matters.tickets.length > 0 ? <h3>{said.tickets}</h3> : null}
        <Items>
          {matters.tickets.map((ticket) => (
            <li key={ticket.code}>
              <a class="hotline-code" href={ticketHref(ticket.code)}>
                {ticket.code}
              </a>{" "}
              <Clock ask={ask} ticket={ticket} />
            </li>
          ))}
        </Items>
        <p class="hint">{said.never}</p>
      </Panel>
    </>
  );
}

function Items({ empty, children }: { empty?: string; children: readonly preact.VNode[] }) {
  if (children.length === 0) return empty ? <p class="muted">{empty}</p> : null;
  return <ul class="hotline-list">{children}</ul>;
}

/** Code, state and clock: what anybody who holds the code may hear. */
export function FileText({ ask, file }: { ask: Ask; file: FileMatter }) {
  const { lang } = ask;
  const { statuses } = callWords(lang);
  const clock = clockOf(file, ask);
  return (
    <>
      <span class="hotline-code">{file.code}</span>: {statuses[file.status]}
      {clock ? `, ${clock}` : ""}
    </>
  );
}

function clockOf(file: FileMatter, { lang }: Ask): string | undefined {
  const said = callWords(lang).clocks;
  if (file.status === "received" && file.noticeDueAt) return said.resultBy(formatInstant(file.noticeDueAt, lang));
  if (file.status === "confirmed" && file.batchedAt) return said.inBatch;
  if (file.status === "confirmed" && file.lapsesAt) return said.handIn(formatLongDay(lastDayOf(file.lapsesAt), lang));
  if (file.decidedAt && file.status !== "lapsed") return said.at(formatInstant(file.decidedAt, lang));
  return file.canDeclareAgain ? said.again : undefined;
}
