import { ErrorSummary, Notice } from "../ui/index.ts";
import type { FoundMessages } from "./find-messages.ts";
import { type Desk, FindBox, Frame, listHref, NoticeTable } from "./outbox-view.tsx";
import { words } from "./words.ts";

interface FoundProps {
  desk: Desk;
  typed: string;
  /** Undefined: what was typed is nothing to look for. */
  found: FoundMessages | undefined;
}

export function FoundPage({ desk, typed, found }: FoundProps) {
  const { ask } = desk;
  const said = words(ask.lang).found;
  return (
    <Frame {...desk} title={said.title} back={listHref({ show: "all", code: "" })}>
      <ErrorSummary ask={ask} faults={found ? [] : [{ field: "q", text: said.nothing }]} />
      <FindBox ask={ask} typed={typed} error={found ? undefined : said.nothing} />
      {found?.notices.length === 0 ? (
        <Notice kind="info" title={said.none}>
          <p>{said.noneHint}</p>
        </Notice>
      ) : null}
      {found && found.notices.length > 0 ? <NoticeTable ask={ask} notices={found.notices} /> : null}
      {found?.isCut ? <Notice kind="info">{said.cut(found.notices.length)}</Notice> : null}
    </Frame>
  );
}
