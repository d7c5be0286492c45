import type { Lang } from "../kernel/words.ts";
import type { MessageFigures } from "../notices/store-figures.ts";
import { DataTable, Notice } from "../ui/index.ts";
import { type Alarm, receiptShare } from "./rules-alarms.ts";
import { isText } from "./watchdog.ts";
import { words } from "./words.ts";

/** What the watch sees now; nothing when all is quiet. */
export function AlarmList({ lang, alarms }: { lang: Lang; alarms: readonly Alarm[] }) {
  const said = words(lang).watch;
  if (alarms.length === 0) return <p class="hint">{said.quiet}</p>;
  return (
    <Notice kind="danger" title={said.title}>
      <ul>
        {alarms.map((alarm) => (
          <li key={`${alarm.name} ${alarm.provider}`}>{sentenceOf(alarm, lang)}</li>
        ))}
      </ul>
    </Notice>
  );
}

function sentenceOf({ name, value, provider = "" }: Alarm, lang: Lang): string {
  const said = words(lang).watch;
  switch (name) {
    case "sender_stopped":
    case "schedule_stopped":
      return said[name](value < 0 ? said.never : said.minutesAgo(Math.floor(value / 60)));
    case "receipts_low":
      return said.receipts_low(words(lang).percent(value), provider);
    case "line_refused":
      return said.line_refused(provider);
    case "certificate_ending":
    case "keys_due":
    case "sweep_failed":
      return said[name](value, provider);
    case "backup_old":
      return value < 0 ? said.backup_never : said.backup_old(value);
    default:
      return said[name](value);
  }
}

interface FiguresProps {
  lang: Lang;
  caption: string;
  head: string;
  figures: readonly MessageFigures[];
  nameOf(of: string | null): string;
}

/** Taken by the provider, on the handset and not confirmed are three columns and never one sum. */
export function FigureTable({ lang, caption, head, figures, nameOf }: FiguresProps) {
  const said = words(lang).messages;
  const receipts = (of: MessageFigures, value: number) => (isText(of) ? value : said.noReceipts);
  const share = (of: MessageFigures) => receiptShare(of, 1);
  return (
    <DataTable
      caption={caption}
      hideCaption
      rows={figures}
      rowKey={({ channel, of }) => `${channel} ${of}`}
      empty={<p>{said.empty}</p>}
      columns={[
        { head, isMain: true, cell: ({ of, channel }) => `${nameOf(of)} (${said.channel[channel]})` },
        { head: said.columns.waiting, isNumber: true, cell: ({ waiting }) => waiting },
        { head: said.columns.accepted, isNumber: true, cell: ({ accepted }) => accepted },
        { head: said.columns.delivered, isNumber: true, cell: (row) => receipts(row, row.delivered) },
        { head: said.columns.unconfirmed, isNumber: true, cell: (row) => receipts(row, row.unconfirmed) },
        {
          head: said.columns.share,
          isNumber: true,
          cell: (row) => {
            const percent = isText(row) ? share(row) : undefined;
            return percent === undefined ? said.noReceipts : words(lang).percent(percent);
          },
        },
        { head: said.columns.late, isNumber: true, cell: ({ late }) => late },
        { head: said.columns.failing, isNumber: true, cell: ({ failing }) => failing },
      ]}
    />
  );
}
