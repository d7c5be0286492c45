/** The same time three ways: the calendar (strip.tsx), a list, a table. And the months that are empty. */
import { formatMonth, type Lang } from "../kernel/calendar.ts";
import { formatVnd, vnd } from "../kernel/money.ts";
import { DataTable, Tag, type Tone } from "../ui/index.ts";
import { type Fund, monthsIn, type Totals } from "./rules.ts";
import { type Stint, stintsOf } from "./rules-strip.ts";
import type { ParticipationRow } from "./store.ts";
import { spanText, words } from "./words.ts";

export const VIEWS = ["calendar", "list", "table"] as const;
export type View = (typeof VIEWS)[number];

interface PeriodsProps {
  rows: readonly ParticipationRow[];
  fund: Fund;
  lang: Lang;
}

const tones: Record<Stint["kind"], Tone> = { paid: "good", unpaid: "danger", refunded: "plain", gap: "plain" };

export function PeriodList({ rows, fund, lang }: PeriodsProps) {
  const said = words(lang);
  return (
    <section>
      <h2>{said.listTitle}</h2>
      <ol class="stints">
        {stintsOf(rows, fund).map((stint) => (
          <li key={stint.fromMonth}>
            <a href={monthHref(fund, stint.fromMonth)}>{rangeText(stint)}</a>
            <p>
              {spanText(lang, stint.months)} <Tag tone={tones[stint.kind]}>{said.legend[stint.kind]}</Tag>
            </p>
            {stint.unitName ? <p>{stint.unitName}</p> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

export function PeriodTable({ rows, fund, lang }: PeriodsProps) {
  const said = words(lang);
  return (
    <section>
      <h2>{said.tableTitle}</h2>
      <DataTable
        caption={said.tableTitle}
        hideCaption
        rows={rows.filter((row) => row.fund === fund)}
        rowKey={(row) => row.fromMonth + row.unitCode}
        columns={[
          {
            head: said.columns.from,
            isMain: true,
            cell: (row) => <a href={monthHref(row.fund, row.fromMonth)}>{rangeText(row)}</a>,
          },
          { head: said.columns.months, isNumber: true, cell: monthsIn },
          { head: said.columns.unit, cell: (row) => row.unitName },
          { head: said.columns.title, cell: (row) => row.title ?? "–" },
          {
            head: said.columns.base,
            isNumber: true,
            cell: (row) => (row.contributionBase ? formatVnd(vnd(row.contributionBase), lang) : "–"),
          },
          { head: said.columns.status, cell: (row) => said.legend[row.status] },
        ]}
      />
    </section>
  );
}

export function Gaps({ fund, totals, lang }: { fund: Fund; totals: Totals; lang: Lang }) {
  const said = words(lang);
  if (totals.gaps.length === 0) return null;
  return (
    <>
      <h2>{said.gaps}</h2>
      <ul class="gap-list">
        {totals.gaps.map(({ fromMonth, toMonth, months }) => (
          <li key={fromMonth}>
            {said.gapLine(formatMonth(fromMonth), formatMonth(toMonth), spanText(lang, months))}
            <a href={monthHref(fund, fromMonth)}>
              {said.wrong}
              <span class="unseen"> {formatMonth(fromMonth)}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

const monthHref = (fund: Fund, month: string) => `/app/participation/${fund}/${month.slice(0, 7)}`;

function rangeText({ fromMonth, toMonth }: Pick<Stint, "fromMonth" | "toMonth">): string {
  return fromMonth === toMonth ? formatMonth(fromMonth) : `${formatMonth(fromMonth)} – ${formatMonth(toMonth)}`;
}
