/** The calendar strip drawn: an SVG a year, twelve cells, one link a run. The same stands in words beside it. */
import { formatMonth, type Lang } from "../kernel/calendar.ts";
import type { Fund, Period } from "./rules.ts";
import { type Band, bandLabel, type CellKind, type Run, stripOf, type YearRow } from "./rules-strip.ts";
import { words } from "./words.ts";

const CELL = 28;
const BAND = 20;
const HEIGHT = 34;
const BOTTOM = BAND + HEIGHT;
/** Width of a letter of a band's label. */
const LETTER = 6.7;
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
              <Cells kind={kind} at={[0]} y={0} height={CELL} />
            </svg>
            {said.legend[kind]}
          </li>
        ))}
      </ul>
      <p class="hint">{said.bandsNote}</p>
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
        {year.year}
        <span class="unseen"> {[...new Set(year.bands.map(({ name }) => name))].join(", ")}</span>
      </h3>
      <svg class="strip-row" viewBox={`0 0 ${CELL * 12} ${BOTTOM}`}>
        <title>{String(year.year)}</title>
        {year.bands.map((band) => (
          <UnitBand key={band.from} band={band} />
        ))}
        {year.runs.map((run) => (
          <StripRun key={run.from} run={run} fund={fund} lang={lang} />
        ))}
        <Digits runs={year.runs} />
      </svg>
    </div>
  );
}

/** The unit over its months: as much of its name as fits; the whole name stands in the heading, list and table. */
function UnitBand({ band }: { band: Band }) {
  const width = (band.to - band.from + 1) * CELL - 3;
  const x = band.from * CELL + 1.5;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group takes no focus
    <g aria-hidden="true">
      <rect class={`band band-${band.nth % 2}`} x={x} y="0.5" width={width} height={BAND - 3} rx="4" />
      <text class="band-name" x={x + 6} y="13.5">
        {bandLabel(band.name, Math.floor((width - 10) / LETTER))}
      </text>
    </g>
  );
}

function StripRun({ run, fund, lang }: { run: Run; fund: Fund; lang: Lang }) {
  const said = words(lang);
  if (run.kind === "none") return null;
  const label = `${said.run(run.from + 1, run.to + 1, said.kinds[run.kind])}, ${formatMonth(run.fromMonth).slice(3)}`;
  return (
    <a href={`/app/participation/${fund}/${run.fromMonth.slice(0, 7)}`} aria-label={label}>
      <Cells kind={run.kind} at={monthsOf(run)} y={BAND} height={HEIGHT} />
    </a>
  );
}

/**
 * Lie over the links, not in them: a link is called by its months in words, which it could not be with figures inside.
 * One text a year: each text of a drawing is laid out, and its font made, by itself. Figures of one sign share a span,
 * each with its own place.
 */
function Digits({ runs }: { runs: readonly Run[] }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a text takes no focus
    <text class="cell-digits" aria-hidden="true" y={BAND + HEIGHT / 2 + 5}>
      {runs.map((run) =>
        run.kind === "none"
          ? null
          : figuresOf(run).map((figures) => (
              <tspan
                key={figures[0]}
                class={`cell-text ${run.kind}`}
                x={figures.map((at) => at * CELL + CELL / 2).join(" ")}
              >
                {figures.map((at) => at + 1).join("")}
              </tspan>
            )),
      )}
    </text>
  );
}

/** January to September together, then each month of two signs. */
function figuresOf(run: Run): number[][] {
  const months = monthsOf(run);
  const short = months.filter((at) => at < 9);
  return [...(short.length > 0 ? [short] : []), ...months.filter((at) => at >= 9).map((at) => [at])];
}

const monthsOf = ({ from, to }: Run) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

/** Kind by shape as well as colour: filled, struck through, dotted, hollow. One path a kind, however many cells. */
function Cells({ kind, at, y, height }: { kind: CellKind; at: readonly number[]; y: number; height: number }) {
  const [wide, high] = [CELL - 3, height - 3];
  const x = (at[0] ?? 0) * CELL + 1.5;
  /** Each cell is drawn from where the one before began or ended: the same signs again, which travel for nothing. */
  const row = (first: string, draw: string, on: string) => `${first}${at.map(() => draw).join(on)}`;
  const corner = (x: number, down: number) => `a5 5 0 0 1 ${x} ${down}`;
  const box = `h${wide - 10}${corner(5, 5)}v${high - 10}${corner(-5, 5)}h${10 - wide}${corner(-5, -5)}v${10 - high}${corner(5, -5)}z`;
  return (
    <>
      <path class={`cell ${kind}`} d={row(`M${x + 5} ${y + 1.5}`, box, `m${CELL} 0`)} />
      {kind === "unpaid" ? (
        <path
          class="cell-strike"
          d={row(`M${x + 3} ${y + height - 5}`, `l${wide - 6} ${10 - height}`, `m${CELL + 6 - wide} ${height - 10}`)}
        />
      ) : null}
      {kind === "refunded" ? (
        <path class="cell-dots" d={row(`M${x + 4} ${y + height - 6}`, `h${wide - 8}`, `m${CELL + 8 - wide} 0`)} />
      ) : null}
    </>
  );
}
