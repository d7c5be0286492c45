/** The year: one sentence and one bar. */
import type { Lang } from "../kernel/calendar.ts";
import { formatWhole } from "../kernel/money.ts";
import { Panel } from "../ui/index.ts";
import { AmountBar, type BarPart } from "./bars.tsx";
import type { ShownCosts, YearTotals } from "./rules.ts";
import { tenthsOf } from "./rules-list.ts";
import { words } from "./words.ts";
import { words as listWords } from "./words-list.ts";

interface YearSumProps {
  year: number;
  /** Name of the facility to which the list is narrowed. */
  facility: string | undefined;
  totals: YearTotals;
  lang: Lang;
}

export function YearSum({ year, facility, totals, lang }: YearSumProps) {
  const said = words(lang);
  const list = listWords(lang);
  const { costs, visits } = totals;
  const money = (whole: bigint) => formatWhole(whole, lang);
  const tenths = tenthsOf(costs.fund, costs.total);
  const sum = money(costs.total);
  return (
    <Panel>
      <div class="year-sum">
        <p class="lead">
          <strong>{facility ? list.at(year, facility, visits, sum) : said.sentence(year, visits, sum)}</strong>{" "}
          {said.paid(money(costs.fund), money(totals.own))}
          {costs.other > 0n ? ` ${said.paidOther(money(costs.other))}` : null}
        </p>
        <AmountBar parts={barParts(costs, lang)} whole={costs.total} />
        <p class="hint">
          {tenths ? `${list.tenths(tenths)} ` : null}
          {said.notBill}
        </p>
      </div>
    </Panel>
  );
}

/** The fund, others where there are any, the patient: in that order along the bar. */
export function barParts(costs: ShownCosts, lang: Lang): BarPart[] {
  const said = words(lang);
  const part = (tone: BarPart["tone"], name: string, whole: bigint): BarPart => ({
    ...{ tone, name, whole },
    amount: formatWhole(whole, lang),
  });
  return [
    part("fund", said.fund, costs.fund),
    ...(costs.other > 0n ? [part("other", said.otherPaid, costs.other)] : []),
    part("own", said.own, costs.co + costs.self),
  ];
}
