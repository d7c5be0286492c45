/** Unpaid months told apart: unit, months, amount, days overdue, and the notice of the 10th. */
import { formatDay, formatMonth, type Lang, type PlainDate } from "../kernel/calendar.ts";
import { formatVnd } from "../kernel/money.ts";
import { LawNote, Notice } from "../ui/index.ts";
import type { Fund } from "./rules.ts";
import { type Arrear, arrearsClauses, type NoticeTerms, noticeToCome, owedInAll } from "./rules-arrears.ts";
import { noticeThatTold, type SentNotice } from "./rules-notice.ts";
import { spanText, words } from "./words.ts";

interface ArrearsProps {
  fund: Fund;
  arrears: readonly Arrear[];
  day: PlainDate;
  terms: NoticeTerms;
  sent: readonly SentNotice[];
  lang: Lang;
}

export function Arrears({ fund, arrears, day, terms, sent, lang }: ArrearsProps) {
  const said = words(lang);
  const months = arrears.reduce((sum, arrear) => sum + arrear.months, 0);
  const owed = owedInAll(arrears);
  const fundNames = (["vi", "en"] as const).map((one) => words(one).funds[fund]);
  const noticeText = (arrear: Arrear) => {
    const told = noticeThatTold(arrear, fundNames, sent);
    return told
      ? said.told(formatDay(told, lang))
      : said.toldNext(formatDay(noticeToCome(arrear.firstTold, day, terms), lang));
  };
  if (months === 0) return null;
  return (
    <Notice kind="danger" title={said.unpaidTitle(spanText(lang, months))}>
      <ul class="arrears">
        {arrears.map((arrear) => (
          <li key={arrear.fromMonth + arrear.unitCode}>
            {said.unpaidLine(arrear.unitName, formatMonth(arrear.fromMonth), formatMonth(arrear.toMonth))}
            {said.unpaidMonths(spanText(lang, arrear.months))}
            {arrear.owed === undefined ? null : said.unpaidOwed(formatVnd(arrear.owed, lang))}.{" "}
            {arrear.overdueDays ? said.overdue(arrear.overdueDays) : null} {noticeText(arrear)}
          </li>
        ))}
      </ul>
      {owed !== undefined && arrears.length > 1 ? <p>{said.unpaidSum(formatVnd(owed, lang))}</p> : null}
      <p>{said.unpaidHelp}</p>
      <LawNote clauses={arrearsClauses}>
        <p>{said.noticeWhy(terms.day, terms.afterDays)}</p>
      </LawNote>
    </Notice>
  );
}
