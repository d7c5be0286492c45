import { formatDay, plainDate } from "../kernel/calendar.ts";
import { ButtonLink, DataTable } from "../ui/index.ts";
import { Frame, HOME, Parts, type Seat } from "./frame.tsx";
import type { Cell } from "./rules-themes.ts";
import type { Group, Themes } from "./themes.ts";
import { answerWords } from "./words-answers.ts";

interface ThemesProps {
  at: Seat;
  themes: Themes;
  /** Category → name. */
  categories: ReadonlyMap<string, string>;
  /** Coordinators and leaders have no desk of the hotline. */
  hasDesk: boolean;
}

/** Each figure beside its plot; whoever would be told of few is told of none. */
export function ThemesPage({ at, themes, categories, hasDesk }: ThemesProps) {
  const { ask } = at;
  const said = answerWords(ask.lang).themes;
  const dayText = (iso: string) => formatDay(plainDate(iso), ask.lang);
  return (
    <Frame at={at} title={said.title} back={hasDesk ? undefined : HOME}>
      <h1>{said.title}</h1>
      {hasDesk ? <Parts ask={ask} now="themes" /> : null}
      <p class="hint">
        {said.lead} {said.hidden(themes.least)}
      </p>
      <h2>{said.plot}</h2>
      <Bars totals={themes.totals} weeks={themes.weeks.map((week) => dayText(week).slice(0, 5))} label={said.plot} />
      <h2>{said.byWeek}</h2>
      <DataTable
        caption={said.byWeek}
        hideCaption
        rows={themes.rows}
        rowKey={({ category }) => category}
        empty={<p>{said.empty}</p>}
        columns={[
          { head: said.what, isMain: true, cell: ({ category }) => categories.get(category) ?? category },
          ...themes.weeks.map((week, nth) => ({
            head: said.week(dayText(week)),
            isNumber: true,
            cell: ({ cells }: { cells: Cell[] }) => <CellText cell={cells[nth] ?? 0} said={said.hiddenCell} />,
          })),
        ]}
        footer={[
          said.total,
          ...themes.totals.map((cell, nth) => <CellText key={nth} cell={cell} said={said.hiddenCell} />),
        ]}
      />
      <h2>{said.byCategory}</h2>
      <GroupTable
        ask={ask}
        caption={said.byCategory}
        head={said.what}
        groups={themes.byCategory}
        nameOf={({ of }) => categories.get(of ?? "") ?? of ?? ""}
      />
      <h2>{said.byUnit}</h2>
      <GroupTable
        ask={ask}
        caption={said.byUnit}
        head={said.unit}
        groups={themes.byUnit}
        nameOf={({ of, name }) => name ?? of ?? said.noUnit}
      />
      <ButtonLink href={`${HOME}/themes.csv`} kind="quiet">
        {said.csv}
      </ButtonLink>
    </Frame>
  );
}

function CellText({ cell, said }: { cell: Cell; said: string }) {
  if (cell !== "hidden") return <>{cell}</>;
  return (
    <>
      <span aria-hidden="true">–</span>
      <span class="unseen">{said}</span>
    </>
  );
}

interface GroupTableProps {
  ask: Seat["ask"];
  caption: string;
  head: string;
  groups: readonly Group[];
  nameOf(group: Group): string;
}

function GroupTable({ ask, caption, head, groups, nameOf }: GroupTableProps) {
  const said = answerWords(ask.lang).themes;
  return (
    <DataTable
      caption={caption}
      hideCaption
      rows={groups}
      rowKey={({ of }) => of ?? ""}
      empty={<p>{said.empty}</p>}
      columns={[
        { head, isMain: true, cell: nameOf },
        { head: said.count, isNumber: true, cell: ({ count }) => <CellText cell={count} said={said.hiddenCell} /> },
        {
          head: said.median,
          isNumber: true,
          cell: ({ medianMinutes }) => (medianMinutes === undefined ? "–" : said.minutes(medianMinutes)),
        },
      ]}
    />
  );
}

const [HEIGHT, STEP, WIDE] = [120, 72, 40] as const;

/** The same totals as the table's last row. */
function Bars({ totals, weeks, label }: { totals: readonly Cell[]; weeks: readonly string[]; label: string }) {
  const most = Math.max(1, ...totals.map((cell) => (cell === "hidden" ? 0 : cell)));
  return (
    <svg
      class="hotline-bars"
      viewBox={`0 0 ${STEP * totals.length} ${HEIGHT + 44}`}
      width={STEP * totals.length}
      height={HEIGHT + 44}
      role="img"
      aria-label={`${label}: ${totals.map((cell, nth) => `${weeks[nth]}: ${cell === "hidden" ? "–" : cell}`).join("; ")}`}
    >
      {totals.map((cell, nth) => {
        const tall = cell === "hidden" ? 0 : Math.round((cell / most) * HEIGHT);
        const middle = STEP * nth + STEP / 2;
        return (
          <g key={nth}>
            <rect x={middle - WIDE / 2} y={20 + HEIGHT - tall} width={WIDE} height={tall} />
            <text x={middle} y={14 + HEIGHT - tall} text-anchor="middle">
              {cell === "hidden" ? "–" : cell}
            </text>
            <text x={middle} y={HEIGHT + 38} text-anchor="middle">
              {weeks[nth]}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
