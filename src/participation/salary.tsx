/** The contribution base over the years: a small step plot with its table beside it. */
import { formatMonth, type Lang } from "../kernel/calendar.ts";
import { formatVnd } from "../kernel/money.ts";
import { type Fund, monthNumber } from "./rules.ts";
import { type SalaryStep, salarySteps } from "./rules-salary.ts";
import type { ParticipationRow } from "./store.ts";
import { words } from "./words.ts";

const WIDTH = 336;
const HEIGHT = 132;
const FOOT = 22;
const HEAD = 8;
const FLOOR = HEIGHT - FOOT;

export function Salary({ rows, fund, lang }: { rows: readonly ParticipationRow[]; fund: Fund; lang: Lang }) {
  const said = words(lang);
  const steps = salarySteps(rows, fund);
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last) return null;
  return (
    <section class="part">
      <h2>{said.salaryTitle}</h2>
      <p>
        {steps.length === 1
          ? said.salaryOne(formatVnd(first.base, lang))
          : said.salaryFromTo(
              ...([formatVnd(first.base, lang), formatMonth(first.fromMonth)] as const),
              ...([formatVnd(last.base, lang), formatMonth(last.toMonth)] as const),
            )}
      </p>
      <div class="salary">
        {steps.length > 1 ? <Plot steps={steps} says={said.salaryPlot} /> : null}
        <table class="salary-table">
          <caption class="unseen">{said.salaryTitle}</caption>
          <thead>
            <tr>
              <th scope="col">{said.columns.from}</th>
              <th scope="col" class="number">
                {said.columns.base}
              </th>
            </tr>
          </thead>
          <tbody>
            {steps.toReversed().map((step) => (
              <tr key={step.fromMonth}>
                <th scope="row">{formatMonth(step.fromMonth)}</th>
                <td class="number">{formatVnd(step.base, lang)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** From zero up, so that heights compare; years along the foot. */
function Plot({ steps, says }: { steps: readonly SalaryStep[]; says: string }) {
  const start = monthNumber(steps[0]?.fromMonth ?? "");
  const end = monthNumber(steps.at(-1)?.toMonth ?? "") + 1;
  const top =
    steps
      .map(({ base }) => base as bigint)
      .toSorted((a, b) => Number(a - b))
      .at(-1) || 1n;
  const x = (month: number) => Math.round(((month - start) * WIDTH * 10) / (end - start)) / 10;
  const y = (base: bigint) => Math.round(HEAD + (FLOOR - HEAD) * (1 - Number((base * 1000n) / top) / 1000));
  const line = (step: SalaryStep) =>
    `M${x(monthNumber(step.fromMonth))} ${y(step.base)}H${x(monthNumber(step.toMonth) + 1)}`;
  const years = yearsBetween(start, end);
  return (
    <svg class="plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={says}>
      <path
        class="plot-area"
        d={steps.map((step) => `${line(step)}V${FLOOR}H${x(monthNumber(step.fromMonth))}Z`).join("")}
      />
      <path
        class="plot-line"
        d={steps.map((step, at) => (joins(steps[at - 1], step) ? line(step).replace("M", "L") : line(step))).join("")}
      />
      <path class="plot-foot" d={`M0 ${FLOOR}H${WIDTH}`} />
      {years.map((year) => (
        <text key={year} class="plot-year" x={x(year * 12)} y={HEIGHT - 5}>
          {year}
        </text>
      ))}
    </svg>
  );
}

/** Does a step begin in the month after the one before it? Then a line joins them; else there was a gap. */
function joins(before: SalaryStep | undefined, step: SalaryStep): boolean {
  return before !== undefined && monthNumber(before.toMonth) + 1 === monthNumber(step.fromMonth);
}

/** Years whose January is in the plot: five names at most, evenly apart, none that would stick out. */
function yearsBetween(start: number, end: number): number[] {
  const first = Math.ceil(start / 12);
  const last = Math.floor((end - 1) / 12);
  const apart = Math.max(1, Math.ceil((last - first + 1) / 5));
  const years = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  return years.filter((year, at) => at % apart === 0 && (end - year * 12) / (end - start) > 0.1);
}
