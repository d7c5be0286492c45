/** Who paid, drawn: tones on one length, amounts on the tones that are wide enough for them, the others below. */
import { barShare, type ShownCosts } from "./rules.ts";

const WIDTH = 1000;

interface CostBarProps {
  costs: Pick<ShownCosts, "fund" | "co" | "self" | "other" | "total">;
  /** The longest total of the list, so that lengths compare; the bar's own total when it stands alone. */
  longest: bigint;
  height: number;
}

export function CostBar({ costs, longest, height }: CostBarProps) {
  const fund = barShare(costs.fund, longest) * WIDTH;
  const own = barShare(costs.co + costs.self, longest) * WIDTH;
  const other = barShare(costs.other, longest) * WIDTH;
  return (
    <svg
      class="cost-bar"
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      height={height}
      aria-hidden="true"
      focusable="false"
    >
      <rect class="bar-track" width={WIDTH} height={height} />
      <rect class="bar-fund" width={fund} height={height} />
      <rect class="bar-own" x={fund} width={own} height={height} />
      <rect class="bar-other" x={fund + own} width={other} height={height} />
    </svg>
  );
}

/** Of the whole bar, on the narrowest phone: an amount stands on its tone where every letter of it has room. */
const isWideEnough = (share: number, text: string) => share >= 0.085 + 0.04 * text.length;

export interface BarPart {
  tone: "fund" | "own" | "other";
  /** Under the part's own end of the bar. */
  name: string;
  amount: string;
  whole: bigint;
}

/**
 * One bar with its amounts on it and each part's name under its own end, so that no legend is needed. `whole` is the
 * full length: the sum of the parts, or a limit that they run towards.
 */
export function AmountBar({ parts, whole }: { parts: readonly BarPart[]; whole: bigint }) {
  let from = 0;
  const placed = parts.map((part) => {
    const share = barShare(part.whole, whole);
    const start = from;
    from += share;
    return { ...part, start, share, isOn: isWideEnough(share, part.amount) };
  });
  return (
    <>
      <svg class="amount-bar" aria-hidden="true" focusable="false">
        <rect class="bar-track" width="100%" height="100%" />
        {placed.map(({ tone, start, share }) => (
          <rect key={tone} class={`bar-${tone}`} x={percent(start)} width={percent(share)} height="100%" />
        ))}
        {placed.map(({ tone, amount, start, share, isOn }, at) =>
          isOn ? (
            <text
              key={tone}
              class={`on-${tone}`}
              x={percent(at === 0 ? start : start + share)}
              y="50%"
              dx={at === 0 ? "0.6em" : "-0.6em"}
              text-anchor={at === 0 ? "start" : "end"}
            >
              {amount}
            </text>
          ) : null,
        )}
      </svg>
      <dl class="bar-labels">
        {placed.map(({ tone, name, amount, isOn }) => (
          <div key={tone}>
            <dt>{name}</dt>
            <dd class={isOn ? "unseen" : undefined}>{amount}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const percent = (share: number) => `${Math.round(share * 10_000) / 100}%`;
