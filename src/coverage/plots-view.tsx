import type { ComponentChildren } from "preact";
import type { Lang } from "../kernel/words.ts";
import { percentText, wholeText } from "./figures.ts";
import type { Look, UnitLook } from "./look.ts";
import { type Expected, LIMITS, limitsFor } from "./rules.ts";
import { words } from "./words.ts";

/** Plots that are wider than a phone: they scroll in their own frame, and the page does not. */
export function Wide({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section class="plot-frame" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

const WIDTH = 720;
const HEIGHT = 380;
const PAD = { left: 48, right: 72, top: 12, bottom: 44 };

/** Share against size, with the limits within which chance alone would keep units of each size. */
export function Funnel({ look, lang }: { look: Look; lang: Lang }) {
  const said = words(lang);
  const { units, expected } = look;
  if (!expected) return null;
  const most = 1.04 * Math.max(10, ...units.map(({ now }) => now.of));
  const x = xOf(most);
  const sizes = Array.from({ length: 41 }, (_, step) => Math.max(4, most * (step / 40) ** 2));
  const named = units.filter(({ standing }) => standing !== "expected").slice(0, 12);
  return (
    <Wide label={said.view.funnel}>
      <svg
        class="funnel"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${said.view.funnel}. ${said.funnelHint}`}
      >
        <Frame
          lang={lang}
          ticks={ticksOf(most).map((of) => ({ at: x(of), text: wholeText(of, lang) }))}
          label={said.funnelX}
        />
        {(["rare", "usual"] as const).map((limit) => (
          <Limit key={limit} {...{ expected, sizes, x, z: LIMITS[limit], name: limit, text: said.limits[limit] }} />
        ))}
        <line
          class="funnel-overall"
          x1={PAD.left}
          x2={WIDTH - PAD.right}
          y1={y(expected.overall)}
          y2={y(expected.overall)}
        />
        <text class="funnel-note" x={WIDTH - PAD.right - 4} y={y(expected.overall) - 6} text-anchor="end">
          {said.overall(percentText(expected.overall, lang))}
        </text>
        {units.map(({ code, now, standing }) => (
          <circle
            key={code}
            class={`funnel-dot is-${standing}`}
            cx={round(x(now.of))}
            cy={round(y(now.share ?? 0))}
            r="5"
          />
        ))}
        {named.map((unit) => (
          <Named key={unit.code} unit={unit} x={x(unit.now.of)} />
        ))}
      </svg>
    </Wide>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;
const y = (share: number) => PAD.top + (1 - share) * (HEIGHT - PAD.top - PAD.bottom);
const xOf = (most: number) => (of: number) => PAD.left + (of / most) * (WIDTH - PAD.left - PAD.right);

/** Four or five round steps up to the most. */
function ticksOf(most: number): number[] {
  const rough = most / 4;
  const scale = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * scale).find((one) => one >= rough) ?? rough;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, at) => at * step);
}

interface LimitProps {
  expected: Expected;
  sizes: readonly number[];
  x(of: number): number;
  z: number;
  name: string;
  text: string;
}

function Limit({ expected, sizes, x, z, name, text }: LimitProps) {
  const ends = sizes.map((of) => [x(of), ...limitsFor(expected, of, z)] as const);
  const upper = ends.map(([across, , high]) => `${round(across)},${round(y(high))}`);
  const lower = ends.map(([across, low]) => `${round(across)},${round(y(low))}`).reverse();
  const [across = 0, , high = 0] = ends.at(-1) ?? [];
  return (
    <>
      <polygon class={`funnel-limit funnel-${name}`} points={[...upper, ...lower].join(" ")} />
      <text class="funnel-note" x={across + 6} y={y(high) + 4}>
        {text}
      </text>
    </>
  );
}

function Named({ unit, x }: { unit: UnitLook; x: number }) {
  const isLeft = x > WIDTH * 0.6;
  return (
    <text
      class="funnel-name"
      x={isLeft ? x - 9 : x + 9}
      y={y(unit.now.share ?? 0) + 4.5}
      text-anchor={isLeft ? "end" : "start"}
    >
      {unit.name}
    </text>
  );
}

interface FrameProps {
  lang: Lang;
  ticks: readonly { at: number; text: string }[];
  label?: string;
}

/** 0 to 100 % up, and what the plot has across. */
export function Frame({ lang, ticks, label }: FrameProps) {
  return (
    <g class="axes">
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <g key={share}>
          <line x1={PAD.left} x2={WIDTH - PAD.right} y1={y(share)} y2={y(share)} />
          <text x={PAD.left - 8} y={y(share) + 4} text-anchor="end">{`${percentText(share, lang)}\u00a0%`}</text>
        </g>
      ))}
      {ticks.map(({ at, text }) => (
        <text key={at} x={at} y={HEIGHT - PAD.bottom + 18} text-anchor="middle">
          {text}
        </text>
      ))}
      {label ? (
        <text x={(PAD.left + WIDTH - PAD.right) / 2} y={HEIGHT - 6} text-anchor="middle">
          {label}
        </text>
      ) : null}
    </g>
  );
}

export const plot = { width: WIDTH, height: HEIGHT, pad: PAD, y, round };
