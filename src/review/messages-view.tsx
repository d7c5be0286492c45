import { formatInstant } from "../kernel/calendar.ts";
import { stateText } from "../notices/state-text.ts";
import type { NoticeView } from "../notices/store-read.ts";
import { words as noticeWords } from "../notices/words.ts";
import { Panel } from "../ui/index.ts";
import type { Counter } from "./view-parts.tsx";
import { words } from "./words.ts";

/** What the person was told about this file, and whether it has arrived. */
export function Messages({ at, notices }: { at: Counter; notices: readonly NoticeView[] }) {
  if (notices.length === 0) return null;
  const { lang } = at.ask;
  const said = noticeWords(lang);
  return (
    <Panel title={words(lang).file.messages}>
      <ol class="history">
        {notices.map((notice) => (
          <li key={notice.id}>
            <time dateTime={notice.createdAt.toISOString()}>{formatInstant(notice.createdAt, lang)}</time>
            <span>
              <a href={`/console/outbox/${notice.id}`}>{said.template[notice.template]}</a> ·{" "}
              {said.channel[notice.channel]} {notice.recipient} · {stateText(notice, lang)}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
