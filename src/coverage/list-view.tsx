// biome-ignore-all lint/a11y/noRedundantRoles: laid out as cards on a phone, a table loses its roles in some browsers
import type { Lang } from "../kernel/words.ts";
import { arrowOf, percentText, wholeText } from "./figures.ts";
import type { Look, RowLook } from "./look.ts";
import { LIMITS, limitsFor } from "./rules.ts";
import { words } from "./words.ts";

/**
 * One row a unit, highest first: the dot is now, its tail four weeks ago, the upright line the target, the band what is
 * expected of so many people. The table is its own table of figures.
 */
export function DotList({ look, units, lang }: { look: Look; units: readonly RowLook[]; lang: Lang }) {
  const said = words(lang);
  return (
    <table class={units.length > 45 ? "dots dots-many" : "dots"} role="table">
      <caption class="unseen">{`${said.shortMoments[look.moment]}: ${said.view.list}`}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {said.columns.unit}
          </th>
          <th role="columnheader" scope="col" class="dots-plot">
            <span class="unseen">{said.columns.plot}</span>
            <Scale />
          </th>
          <th role="columnheader" scope="col" class="number">
            {said.columns.share}
          </th>
          <th role="columnheader" scope="col" class="number">
            {said.columns.people}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {units.map((unit) => (
          <Row key={unit.code} look={look} unit={unit} lang={lang} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ look, unit, lang }: { look: Look; unit: RowLook; lang: Lang }) {
  const said = words(lang);
  const { now, monthAgo, standing } = unit;
  const before = monthAgo.share === undefined ? undefined : percentText(monthAgo.share, lang);
  return (
    <tr role="row" class={`is-${standing}`}>
      <th role="rowheader" scope="row">
        <a href={`/console/coverage/units/${unit.code}?moment=${look.moment}&base=${look.base}`}>{unit.name}</a>
        {standing === "expected" ? null : <span class="standing">{arrowOf[standing] + said.standing[standing]}</span>}
      </th>
      <td role="cell" class="dots-plot">
        <RowPlot look={look} unit={unit} />
      </td>
      <td role="cell" class="number">
        <b>{`${percentText(now.share, lang)}\u00a0%`}</b>
        {before === undefined ? null : <span class="unseen">{`; ${said.columns.month}: ${before}\u00a0%`}</span>}
      </td>
      <td role="cell" class="number dots-people">
        {said.people(wholeText(now.come, lang), wholeText(now.of, lang))}
      </td>
    </tr>
  );
}

const at = (share: number) => `${(share * 100).toFixed(1)}%`;

function Scale() {
  return (
    <svg class="scale" width="100%" height="16" aria-hidden="true" focusable="false">
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <text key={share} x={at(share)} y="12" text-anchor={share === 0 ? "start" : share === 1 ? "end" : "middle"}>
          {`${share * 100}`}
        </text>
      ))}
    </svg>
  );
}

function RowPlot({ look: { expected, target: common }, unit }: { look: Look; unit: RowLook }) {
  const { now, monthAgo } = unit;
  const target = (unit.target ?? common)?.percent;
  const [low, high] = expected ? limitsFor(expected, now.of, LIMITS.usual) : [0, 0];
  const share = now.share ?? 0;
  return (
    <svg class="dot" width="100%" height="20" aria-hidden="true" focusable="false">
      <line class="dot-ground" x1="0" x2="100%" y1="10" y2="10" />
      <rect class="dot-band" x={at(low)} width={at(high - low)} y="5" height="10" rx="5" />
      {target === undefined ? null : <line class="dot-target" x1={`${target}%`} x2={`${target}%`} y1="0" y2="20" />}
      {monthAgo.share === undefined ? null : (
        <line class="dot-tail" x1={at(monthAgo.share)} x2={at(share)} y1="10" y2="10" />
      )}
      <circle class="dot-now" cx={at(share)} cy="10" r="5.5" />
    </svg>
  );
}

export function DotLegend({ lang, hasTarget }: { lang: Lang; hasTarget: boolean }) {
  const { legend } = words(lang);
  return (
    <ul class="dot-legend">
      <li>
        <svg width="20" height="20" aria-hidden="true">
          <circle class="dot-now" cx="10" cy="10" r="5.5" />
        </svg>
        {legend.now}
      </li>
      <li>
        <svg width="28" height="20" aria-hidden="true">
          <line class="dot-tail" x1="2" x2="26" y1="10" y2="10" />
        </svg>
        {legend.month}
      </li>
      {hasTarget ? (
        <li>
          <svg width="12" height="20" aria-hidden="true">
            <line class="dot-target" x1="6" x2="6" y1="0" y2="20" />
          </svg>
          {legend.target}
        </li>
      ) : null}
      <li>
        <svg width="28" height="20" aria-hidden="true">
          <rect class="dot-band" x="1" width="26" y="5" height="10" rx="5" />
        </svg>
        {legend.band}
      </li>
    </ul>
  );
}
