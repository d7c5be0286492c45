import { formatDay, formatInstant, formatMoment, plainDate } from "../kernel/calendar.ts";
import type { MessageFigures } from "../notices/store-figures.ts";
import { DataTable, Layout, Notice, Pills } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { AlarmList, FigureTable } from "./messages-view.tsx";
import style from "./promise.css?inline";
import {
  minutesText,
  PERIODS,
  type Period,
  type PromiseCounts,
  percentOf,
  SHOWS,
  type Show,
  shareKept,
} from "./rules.ts";
import type { Alarm } from "./rules-alarms.ts";
import type { OfficeDay, PromisedFile } from "./store.ts";
import { words } from "./words.ts";

interface PromiseProps {
  ask: Ask;
  officeName: string | undefined;
  days: Period;
  show: Show;
  counts: PromiseCounts;
  byDay: readonly OfficeDay[];
  areDaysCut: boolean;
  files: readonly PromisedFile[];
  names: ReadonlyMap<string, string>;
  isCut: boolean;
  alarms: readonly Alarm[];
  byProvider: readonly MessageFigures[];
  byOffice: readonly MessageFigures[];
}

export function PromisePage(props: PromiseProps) {
  const { ask, officeName, days, show, counts } = props;
  const said = words(ask.lang);
  return (
    <Layout ask={ask} face="console" title={said.title} nowAt="promise" wide styles={[style]} officeName={officeName}>
      <h1>{said.title}</h1>
      <p class="promise-lead hint">{said.lead}</p>
      <AlarmList lang={ask.lang} alarms={props.alarms} />
      <Pills
        label={said.periods}
        links={PERIODS.map((one) => ({ href: hrefOf(one, show), text: said.period[one], isCurrent: one === days }))}
      />
      <Figures ask={ask} counts={counts} />
      <h2>{said.byDay}</h2>
      <DayTable {...props} />
      {props.areDaysCut ? <Notice kind="info">{said.cutDays(props.byDay.length)}</Notice> : null}
      <h2 id="files">{said.files}</h2>
      <Pills
        label={said.filters}
        links={SHOWS.map((one) => ({
          href: `${hrefOf(days, one)}#files`,
          text: said.show[one],
          count: counts[one],
          isCurrent: one === show,
        }))}
      />
      <FileTable {...props} />
      {props.isCut ? <Notice kind="info">{said.cut(props.files.length)}</Notice> : null}
      <MessageTables {...props} />
    </Layout>
  );
}

function MessageTables({ ask, byProvider, byOffice, names }: PromiseProps) {
  const said = words(ask.lang).messages;
  return (
    <>
      <h2>{said.title}</h2>
      <p class="promise-lead hint">{said.lead}</p>
      <h3>{said.byProvider}</h3>
      <FigureTable
        lang={ask.lang}
        caption={said.byProvider}
        head={said.provider}
        figures={byProvider}
        nameOf={(of) => of ?? said.notTried}
      />
      <h3>{said.byOffice}</h3>
      <FigureTable
        lang={ask.lang}
        caption={said.byOffice}
        head={said.office}
        figures={byOffice}
        nameOf={(of) => (of ? (names.get(of) ?? of) : said.noOffice)}
      />
    </>
  );
}

const hrefOf = (days: Period, show: Show) => `/console/promise?days=${days}&show=${show}`;

function Figures({ ask, counts }: { ask: Ask; counts: PromiseCounts }) {
  const said = words(ask.lang);
  return (
    <dl class="promise-figures">
      <div>
        <dt>{said.share}</dt>
        <dd>{shareText(ask, counts)}</dd>
      </div>
      <div>
        <dt>{said.median}</dt>
        <dd>{counts.medianSeconds === null ? said.none : said.minutes(minutesText(counts.medianSeconds))}</dd>
        <dd class="hint">{said.medianHint}</dd>
      </div>
    </dl>
  );
}

function shareText(ask: Ask, counts: PromiseCounts): string {
  const share = shareKept(counts);
  return share === undefined ? words(ask.lang).none : words(ask.lang).percent(percentOf(share));
}

function DayTable({ ask, byDay, names }: PromiseProps) {
  const said = words(ask.lang);
  return (
    <DataTable
      caption={said.byDay}
      hideCaption
      rows={byDay}
      rowKey={({ day, officeCode }) => `${day} ${officeCode}`}
      empty={<p>{said.emptyDays}</p>}
      columns={[
        { head: said.columns.day, isMain: true, cell: ({ day }) => formatDay(plainDate(day), ask.lang) },
        { head: said.columns.office, cell: ({ officeCode }) => names.get(officeCode ?? "") ?? "–" },
        { head: said.columns.files, isNumber: true, cell: ({ all }) => all },
        { head: said.columns.share, isNumber: true, cell: (row) => shareText(ask, row) },
        { head: said.columns.median, isNumber: true, cell: ({ medianSeconds: median }) => timeOr(median, said.none) },
        { head: said.columns.late, isNumber: true, cell: ({ late }) => late },
      ]}
    />
  );
}

const timeOr = (seconds: number | null, otherwise: string) => (seconds === null ? otherwise : minutesText(seconds));

function FileTable({ ask, files, names }: PromiseProps) {
  const said = words(ask.lang);
  return (
    <DataTable
      caption={said.files}
      hideCaption
      rows={files}
      rowKey={({ id }) => id}
      empty={<p>{said.empty}</p>}
      columns={[
        {
          head: said.fileColumns.code,
          isMain: true,
          cell: ({ code }) => (
            <a class="promise-code" href={`/console/files/${code}`}>
              {code}
            </a>
          ),
        },
        { head: said.fileColumns.office, cell: ({ officeCode }) => names.get(officeCode ?? "") ?? "–" },
        { head: said.fileColumns.received, cell: ({ receivedAt }) => formatInstant(receivedAt, ask.lang) },
        { head: said.fileColumns.due, cell: ({ dueAt }) => formatMoment(dueAt, ask.now, ask.lang) },
        { head: said.fileColumns.told, cell: ({ toldAt }) => (toldAt ? formatInstant(toldAt, ask.lang) : said.notYet) },
        { head: said.fileColumns.took, isNumber: true, cell: (file) => timeOr(secondsOf(file), "–") },
      ]}
    />
  );
}

const secondsOf = ({ receivedAt, toldAt }: PromisedFile) => toldAt && (toldAt.getTime() - receivedAt.getTime()) / 1000;
