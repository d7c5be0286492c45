/** Co-payments of the year against six months' base wage, beside the year's sum. The insurer's own figure decides. */
import { cardToShow } from "../card/rules.ts";
import { type CoPaymentYear, coPaymentClauses, coPaymentOfYear, exemptFrom } from "../card/rules-copayment.ts";
import { markOfCards } from "../card/rules-five-years.ts";
import { addsToYear } from "../card/rules-own-choice.ts";
import { baseWages, readCards } from "../card/store.ts";
import type { House } from "../db/house.ts";
import type { Reader } from "../kernel/actor.ts";
import { formatDay, type Lang, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { formatVnd, formatWhole, wholeVnd } from "../kernel/money.ts";
import { LawNote, Panel } from "../ui/index.ts";
import { codeList } from "../units/store-lists.ts";
import { AmountBar } from "./bars.tsx";
import { coPaidIn } from "./store-year.ts";
import { words } from "./words-co-payment.ts";

export interface FoundCoPayment {
  sum: CoPaymentYear;
  freeFrom: string | undefined;
  /** The year has ended: nothing is left to pay of its limit. */
  isOver: boolean;
}

/** Undefined where nothing was co-paid, and for readers from whom visits are hidden: their sum would be wrong. */
export async function findCoPayment(
  house: House,
  actor: Reader,
  year: number,
  today: PlainDate,
): Promise<FoundCoPayment | undefined> {
  if (actor.hidesSensitive) return undefined;
  const counted = await coPaidIn(house.db, actor, year);
  if (counted.length === 0) return undefined;
  const [{ cards }, wages, codes] = await Promise.all([
    readCards(house.pool, actor.personId),
    baseWages(house.db),
    codeList(house.db, "entitlement"),
  ]);
  const on = today.year === year ? today : plainDate(`${year}-12-31`);
  const visits = counted.map(({ entitlementCode, ...visit }) => ({
    ...visit,
    adds: addsToYear(codes, entitlementCode, visit.endedOn),
  }));
  const sum = coPaymentOfYear(visits, wages, on);
  const fiveYearOn = cardToShow(cards, on)?.card.fiveYearOn ?? markOfCards(cards)?.on.toString();
  return { sum, freeFrom: exemptFrom(sum, fiveYearOn), isOver: year < today.year };
}

export function CoPaymentPanel({ year, found, lang }: { year: number; found: FoundCoPayment; lang: Lang }) {
  const said = words(lang);
  const { sum, freeFrom, isOver } = found;
  if (sum.limit === undefined) return null;
  const day = (iso: string) => formatDay(plainDate(iso), lang);
  const paid = wholeVnd(sum.paid);
  const limit = formatWhole(sum.limit, lang);
  const left = sum.passedOn || paid > sum.limit ? 0n : sum.limit - paid;
  return (
    <Panel title={said.title}>
      <p>{said.sum(year, formatVnd(sum.paid, lang))}</p>
      <p>{sum.isConverted ? said.limitConverted(limit) : said.limitIs(limit)}</p>
      <AmountBar
        parts={[
          { tone: "own", name: said.paid, amount: formatWhole(paid, lang), whole: paid },
          { tone: "other", name: said.limit, amount: limit, whole: 0n },
        ]}
        whole={left > 0n ? sum.limit : paid}
      />
      {left > 0n && !isOver ? <p>{said.left(formatWhole(left, lang))}</p> : null}
      {isOver ? <p>{said.over(year)}</p> : null}
      {sum.passedOn ? <p>{said.passed(day(sum.passedOn), sum.isConverted)}</p> : null}
      {sum.isConverted ? <p>{said.officeDecides}</p> : null}
      {sum.passedOn && !freeFrom ? <p>{said.noFiveYears}</p> : null}
      {freeFrom ? <p>{said.free(day(freeFrom), year)}</p> : null}
      <LawNote clauses={coPaymentClauses}>
        <p>{said.how}</p>
        <p>{said.newYear}</p>
        <p>{said.ownChoice}</p>
        {sum.isConverted ? <p>{said.conversion}</p> : null}
      </LawNote>
    </Panel>
  );
}
