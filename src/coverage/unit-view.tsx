import { daysBetween, formatDay, plainDate } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { DataTable, ErrorSummary, type FieldFault, Layout, Notice, Pills } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { gainText, percentText, wholeText } from "./figures.ts";
import { PrintHead } from "./overview-view.tsx";
import { Frame, plot, Wide } from "./plots-view.tsx";
import { type Forecast, type Share, shareOf } from "./rules.ts";
import { MOMENTS, type Moment } from "./rules-moments.ts";
import { styles } from "./styles.ts";
import { TargetForm } from "./target-view.tsx";
import type { UnitTrend, Week } from "./trend.ts";
import { words } from "./words.ts";

interface UnitProps {
  ask: Ask;
  trend: UnitTrend;
  maySetTargets: boolean;
  seesTerritory: boolean;
  faults: readonly FieldFault[];
}

/** One unit: where it stands at each moment, how it came there week by week, where it is heading. Counts only. */
export function UnitPage({ ask, trend, maySetTargets, seesTerritory, faults }: UnitProps) {
  const { lang } = ask;
  const said = words(lang);
  const { unit, moment, today, weeks } = trend;
  const now = weeks.at(-1)?.share;
  const exported = new URLSearchParams({ unit: unit.code, moment, base: trend.base });
  const back = seesTerritory ? `/console/coverage?moment=${moment}&kind=${unit.kind}` : undefined;
  const title = `${said.title}: ${unit.name}`;
  return (
    <Layout
      ask={ask}
      face="console"
      title={title}
      nowAt="coverage"
      wide
      styles={styles}
      back={back}
      officeName={unit.name}
    >
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{unit.name}</h1>
      <PrintHead ask={ask} title={said.title} look={{ territory: { ...unit }, today }} />
      {trend.isHidden || !now ? (
        <Notice kind="info">{trend.counts.people === 0 ? said.nothingYet : said.unit.hidden}</Notice>
      ) : (
        <>
          <p class="answer">{sentenceOf(trend, now, lang)}</p>
          <FiveMoments trend={trend} lang={lang} />
          <Pills
            label={said.moments}
            links={MOMENTS.map((one) => ({
              href: hrefOf(trend, one),
              text: said.shortMoments[one],
              isCurrent: one === moment,
            }))}
          />
          <h2>{`${said.unit.trend}: ${said.shortMoments[moment]}`}</h2>
          <Trend trend={trend} lang={lang} />
          <ForecastText trend={trend} lang={lang} />
          <WeekTable weeks={weeks} lang={lang} />
        </>
      )}
      <p class="coverage-facts">
        {seesTerritory ? <a href={`/console/units/${unit.code}`}>{said.unit.page}</a> : null}
        <a href={`/console/coverage.csv?${exported}`}>{said.exportCsv}</a>
        <a href={`/console/coverage.xlsx?${exported}`}>{said.exportXlsx}</a>
        <a href="/console/coverage/definitions">{said.definitions}</a>
      </p>
      {maySetTargets ? <TargetForm ask={ask} action={hrefOf(trend, moment)} moment={moment} faults={faults} /> : null}
    </Layout>
  );
}

const hrefOf = ({ unit, base }: UnitTrend, moment: Moment) =>
  `/console/coverage/units/${unit.code}?moment=${moment}&base=${base}`;

function sentenceOf({ moment, base, target, weeks }: UnitTrend, now: Share, lang: Lang): string {
  const said = words(lang);
  const before = weeks.at(-2)?.share;
  const gain = before ? gainText(now, before, lang) : undefined;
  return said.unit.sentence({
    moment: said.shortMoments[moment].toLowerCase(),
    percent: percentText(now.share, lang),
    people: said.people(wholeText(now.come, lang), wholeText(now.of, lang)),
    base: said.bases[base],
    target: target ? wholeText(target.percent, lang) : undefined,
    gain,
  });
}

function FiveMoments({ trend: { counts, unit, base }, lang }: { trend: UnitTrend; lang: Lang }) {
  const said = words(lang);
  return (
    <dl class="five" aria-label={said.unit.all}>
      {MOMENTS.map((moment) => {
        const { come, of, share } = shareOf(counts, moment, unit.headcount, base);
        return (
          <div key={moment}>
            <dt>{said.shortMoments[moment]}</dt>
            <dd>
              <b>{`${percentText(share, lang)}\u00a0%`}</b>
            </dd>
            <dd class="hint">{said.people(wholeText(come, lang), wholeText(of, lang))}</dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Weeks as a line, the target across, the forecast as a fan to the target's day. */
function Trend({ trend, lang }: { trend: UnitTrend; lang: Lang }) {
  const said = words(lang);
  const { weeks, target, outlook, weeksAhead } = trend;
  const last = weeks.length - 1;
  const steps = Math.max(1, last + (outlook ? weeksAhead : 0));
  const x = (step: number) =>
    plot.round(plot.pad.left + (step / steps) * (plot.width - plot.pad.left - plot.pad.right));
  const y = (share: number) => plot.round(plot.y(share));
  const known = weeks.flatMap(({ share }, step) => (share.share === undefined ? [] : [{ step, share: share.share }]));
  const end = known.at(-1);
  const every = Math.ceil((steps + 1) / 7);
  const ticks = Array.from({ length: steps + 1 }, (_, step) => step)
    .filter((step) => (steps - step) % every === 0)
    .map((step) => ({ at: x(step), text: shortDay(weeks[0], step) }));
  return (
    <Wide label={said.unit.trend}>
      <svg class="trend" viewBox={`0 0 ${plot.width} ${plot.height}`} role="img" aria-label={said.unit.trend}>
        <Frame lang={lang} ticks={ticks} />
        {outlook && end ? (
          <Fan outlook={outlook} from={{ x: x(last), y: y(end.share) }} to={x(steps)} y={y} lang={lang} />
        ) : null}
        {target ? (
          <>
            <line
              class="dot-target"
              x1={plot.pad.left}
              x2={plot.width - plot.pad.right}
              y1={y(target.percent / 100)}
              y2={y(target.percent / 100)}
            />
            <text class="funnel-note" x={plot.pad.left + 6} y={y(target.percent / 100) - 7}>
              {`${said.columns.target.toLowerCase()} ${target.percent}\u00a0%`}
            </text>
          </>
        ) : null}
        <polyline class="trend-line" points={known.map(({ step, share }) => `${x(step)},${y(share)}`).join(" ")} />
        {known.map(({ step, share }) => (
          <circle key={step} class="trend-dot" cx={x(step)} cy={y(share)} r="4" />
        ))}
        {end ? (
          <text class="trend-label" x={x(end.step)} y={y(end.share) - 10} text-anchor="middle">
            {`${percentText(end.share, lang)}\u00a0%`}
          </text>
        ) : null}
      </svg>
    </Wide>
  );
}

function shortDay(first: Week | undefined, step: number): string {
  const day = first?.day.add({ days: 7 * step });
  return day ? `${String(day.day).padStart(2, "0")}/${String(day.month).padStart(2, "0")}` : "";
}

interface FanProps {
  outlook: Forecast;
  from: { x: number; y: number };
  to: number;
  y(share: number): number;
  lang: Lang;
}

function Fan({ outlook, from, to, y, lang }: FanProps) {
  return (
    <>
      <polygon class="trend-fan" points={`${from.x},${from.y} ${to},${y(outlook.high)} ${to},${y(outlook.low)}`} />
      <line class="trend-ahead" x1={from.x} y1={from.y} x2={to} y2={y(outlook.share)} />
      <text class="funnel-note" x={to + 6} y={y(outlook.high) + 4}>{`${percentText(outlook.high, lang)}\u00a0%`}</text>
      <text class="funnel-note" x={to + 6} y={y(outlook.low) + 4}>{`${percentText(outlook.low, lang)}\u00a0%`}</text>
    </>
  );
}

function ForecastText({ trend, lang }: { trend: UnitTrend; lang: Lang }) {
  const said = words(lang).unit;
  const { outlook, forecastOn, target } = trend;
  if (!outlook) return <p class="hint">{said.noForecast}</p>;
  const goal = target ? target.percent / 100 : undefined;
  const reach =
    goal === undefined ? "" : said.reach[outlook.low >= goal ? "yes" : outlook.high < goal ? "no" : "maybe"];
  const [share, low, high] = [outlook.share, outlook.low, outlook.high].map((one) => percentText(one, lang));
  return (
    <>
      <p>
        {said.forecast(formatDay(forecastOn, lang), share ?? "", low ?? "", high ?? "")} <b>{reach}</b>
      </p>
      <p class="hint">{said.method}</p>
    </>
  );
}

function WeekTable({ weeks, lang }: { weeks: readonly Week[]; lang: Lang }) {
  const said = words(lang);
  const rows = weeks.map((week, at) => ({ ...week, before: weeks[at - 1]?.share })).reverse();
  return (
    <DataTable
      caption={said.unit.trend}
      hideCaption
      rows={rows}
      rowKey={({ day }) => day.toString()}
      columns={[
        { head: said.unit.week, isMain: true, cell: ({ day }) => formatDay(day, lang) },
        {
          head: said.columns.share,
          isNumber: true,
          cell: ({ share }) => `${percentText(share.share, lang, 1)}\u00a0%`,
        },
        {
          head: said.columns.people,
          isNumber: true,
          cell: ({ share }) => said.people(wholeText(share.come, lang), wholeText(share.of, lang)),
        },
        {
          head: said.unit.gain,
          isNumber: true,
          cell: ({ share, before }) => (before ? gainText(share, before, lang) : undefined) ?? "–",
        },
      ]}
    />
  );
}

/** Days until the target is due; negative when the day has passed. */
export const daysLeft = (today: UnitTrend["today"], dueOn: string): number => daysBetween(today, plainDate(dueOn));
