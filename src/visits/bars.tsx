/** Who paid, drawn: two or three tones on one length. The amounts stand in words beside every bar. */
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
