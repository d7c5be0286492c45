/** The calendar strip drawn: an SVG a year, twelve cells, one link a run. The same stands in words beside it. */
import { formatMonth, type Lang } from "../kernel/calendar.ts";
import type { Fund, Period } from "./rules.ts";
import { type CellKind, type Run, stripOf, type YearRow } from "./rules-strip.ts";
import { words } from "./words.ts";

const CELL = 28;
const HEIGHT = 34;
const LEGEND = ["paid", "unpaid", "refunded", "gap"] as const;

export function CalendarStrip({ periods, fund, lang }: { periods: readonly Period[]; fund: Fund; lang: Lang }) {
  const said = words(lang);
  const years = stripOf(periods, fund);
  const kinds = new Set(years.flatMap((year) => year.cells.map((cell) => cell.kind)));
  return (
    <section class="strip" aria-labelledby="strip-title">
      <h2 id="strip-title">{said.strip}</h2>
      <ul class="strip-legend">
        {LEGEND.filter((kind) => kinds.has(kind)).map((kind) => (
          <li key={kind}>
            <svg viewBox={`0 0 ${CELL} ${CELL}`} width="24" height="24" aria-hidden="true" focusable="false">
              <CellShape kind={kind} x={0} height={CELL} />
            </svg>
            {said.legend[kind]}
          </li>
        ))}
      </ul>
      {years.map((year) => (
        <StripYear key={year.year} year={year} fund={fund} lang={lang} />
      ))}
    </section>
  );
}

function StripYear({ year, fund, lang }: { year: YearRow; fund: Fund; lang: Lang }) {
  return (
    <div class="strip-year">
      <h3>
        {year.year} <span class="strip-units">{year.units.join(" · ")}</span>
      </h3>
      <svg class="strip-row" viewBox={`0 0 ${CELL * 12} ${HEIGHT}`}>
        <title>{String(year.year)}</title>
        {year.runs.map((run) => (
          <StripRun key={run.from} run={run} fund={fund} lang={lang} />
        ))}
        <Digits runs={year.runs} />
      </svg>
    </div>
  );
}

function StripRun({ run, fund, lang }: { run: Run; fund: Fund; lang: Lang }) {
  const said = words(lang);
  if (run.kind === "none") return null;
  const label = `${said.run(run.from + 1, run.to + 1, said.kinds[run.kind])}, ${formatMonth(run.fromMonth).slice(3)}`;
  return (
    <a href={`/app/participation/${fund}/${run.fromMonth.slice(0, 7)}`} aria-label={label}>
      {monthsOf(run).map((at) => (
        <CellShape key={at} kind={run.kind} x={at * CELL} height={HEIGHT} />
      ))}
    </a>
  );
}

/** Lie over the links, not in them: a link is called by its months in words, which it could not be with figures inside. */
function Digits({ runs }: { runs: readonly Run[] }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group takes no focus
    <g class="cell-digits" aria-hidden="true">
      {runs.flatMap((run) =>
        run.kind === "none"
          ? []
          : monthsOf(run).map((at) => (
              <text
                key={at}
                class={`cell-text ${run.kind}`}
                x={at * CELL + CELL / 2}
                y={HEIGHT / 2 + 5}
                text-anchor="middle"
              >
                {at + 1}
              </text>
            )),
      )}
    </g>
  );
}

const monthsOf = ({ from, to }: Run) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

/** Kind by shape as well as colour: filled, struck through, dotted, hollow. */
function CellShape({ kind, x, height }: { kind: CellKind; x: number; height: number }) {
  const box = { x: x + 1.5, y: 1.5, width: CELL - 3, height: height - 3, rx: 5 };
  return (
    <>
      <rect class={`cell ${kind}`} {...box} />
      {kind === "unpaid" ? (
        <path class="cell-strike" d={`M${box.x + 3} ${height - 5}L${box.x + box.width - 3} 5`} />
      ) : null}
      {kind === "refunded" ? <path class="cell-dots" d={`M${box.x + 4} ${height - 6}h${box.width - 8}`} /> : null}
    </>
  );
}
