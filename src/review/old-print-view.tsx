import { formatDay, formatInstant, plainDate } from "../kernel/calendar.ts";
import { DataTable, Notice } from "../ui/index.ts";
import type { NewerForm, OldPrint } from "./old-print.ts";
import { type Counter, fileHref } from "./view-parts.tsx";
import { printWords } from "./words-prints.ts";

/** Says on top of the file that the paper on the counter is an old one, what differs and what to do. */
export function OldPrintNotice({ at, old }: { at: Counter; old: OldPrint }) {
  return (
    <>
      <PrintRead at={at} old={old} />
      {old.newer ? <Newer at={at} newer={old.newer} /> : null}
    </>
  );
}

function PrintRead({ at, old: { print } }: { at: Counter; old: OldPrint }) {
  const said = printWords(at.ask.lang);
  if (!print || print.kind === "present") return null;
  if (print.kind === "unknown") {
    return (
      <Notice kind="warning" title={said.unknown}>
        <p>{said.unknownHint(print.present)}</p>
      </Notice>
    );
  }
  const { printed, present } = print.lastDay;
  const day = (on: typeof printed) => formatDay(on, at.ask.lang);
  return (
    <Notice kind="warning" title={said.old(print.printed, print.present)}>
      <p>{said.lastDay(day(printed), day(present))}</p>
      <p>{said.sameAnswers}</p>
    </Notice>
  );
}

function Newer({ at, newer }: { at: Counter; newer: NewerForm }) {
  const said = printWords(at.ask.lang);
  const { officeName, confirmedAt, own } = newer;
  const since = formatInstant(confirmedAt, at.ask.lang);
  if (!own) {
    return (
      <Notice kind="warning" title={said.again}>
        <p>{said.elsewhere(officeName, since)}</p>
      </Notice>
    );
  }
  const { changes, isOpen, code, lastDay } = own;
  return (
    <Notice kind="warning" title={said.again}>
      <p>
        {said.since(since)}{" "}
        <a class="code" href={fileHref(code)}>
          {code}
        </a>
        {isOpen ? `. ${said.lastDayOfNewer(formatDay(plainDate(lastDay), at.ask.lang))}` : "."}
      </p>
      {changes === "forgotten" ? <p>{said.forgotten}</p> : null}
      {changes !== "forgotten" && changes.length === 0 ? <p>{said.nothing}</p> : null}
      {changes !== "forgotten" && changes.length > 0 ? (
        <DataTable
          caption={said.differs}
          rows={changes}
          rowKey={({ label }) => label}
          columns={[
            { head: said.line, isMain: true, cell: ({ label }) => <span lang="vi">{label}</span> },
            { head: said.onPaper, cell: ({ before }) => <span lang="vi">{before}</span> },
            { head: said.declaredNow, cell: ({ now }) => <span lang="vi">{now}</span> },
          ]}
        />
      ) : null}
      {isOpen ? <p>{said.how}</p> : null}
    </Notice>
  );
}
