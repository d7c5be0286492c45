/** What the notice of the 10th says, to whom, and on which days it may still be sent. Pure. */
import { formatMonth, type Lang, type PlainDate } from "../kernel/calendar.ts";
import type { Fund } from "./rules.ts";
import { type Arrear, arrearsOf, type NoticeTerms, type PayablePeriod } from "./rules-arrears.ts";

/** Days after the day of notice on which a run that was missed is made up for; later the next month's tells it. */
const CATCH_UP_DAYS = 5;
/** An inbox message is no statement: the page has them all. */
const LINES_MAX = 8;

export const NOTICE_FUNDS: readonly Fund[] = ["bhxh", "bhtn", "tnld", "bhyt"];

export function isNoticeDay(today: PlainDate, { day }: NoticeTerms): boolean {
  return today.day >= day && today.day <= day + CATCH_UP_DAYS;
}

export interface ToldArrear extends Arrear {
  fund: Fund;
}

/** Months that the notice of the day tells, of every fund. */
export function toldArrears(periods: readonly PayablePeriod[], on: PlainDate, terms: NoticeTerms): ToldArrear[] {
  return NOTICE_FUNDS.flatMap((fund) =>
    arrearsOf(periods, fund, on, terms)
      .filter(({ isToBeTold }) => isToBeTold)
      .map((arrear) => ({ ...arrear, fund })),
  );
}

/** "BHXH – Xí nghiệp Mẫu Hai: 07/2025 – 09/2025 (3)", one a line; no amount stands in it. */
export function noticeLines(arrears: readonly ToldArrear[], lang: Lang, funds: Readonly<Record<Fund, string>>): string {
  const lines = arrears.slice(0, LINES_MAX).map(({ fund, unitName, fromMonth, toMonth, months }) => {
    const span = months === 1 ? formatMonth(fromMonth) : `${formatMonth(fromMonth)} – ${formatMonth(toMonth)}`;
    return `${funds[fund]} – ${unitName}: ${span} (${lang === "en" ? "months" : "số tháng"}: ${months})`;
  });
  return [...lines, ...(arrears.length > LINES_MAX ? ["…"] : [])].join("\n");
}

/** A notice that stands in the account: its day, and its lines. */
export interface SentNotice {
  on: PlainDate;
  unpaid: string;
}

/**
 * The newest notice with a line of this fund and unit that has the first of these months in it; a row that came later, or
 * an account that was opened later, has none. `fundNames`: of the fund in every language in which a notice may be.
 */
export function noticeThatTold(
  { unitName, fromMonth }: Arrear,
  fundNames: readonly string[],
  sent: readonly SentNotice[],
): PlainDate | undefined {
  const starts = fundNames.map((fund) => `${fund} – ${unitName}: `);
  const tells = (line: string) => {
    const start = starts.find((one) => line.startsWith(one));
    return start !== undefined && isMonthIn(line.slice(start.length), fromMonth);
  };
  return sent
    .filter(({ unpaid }) => unpaid.split("\n").some(tells))
    .map(({ on }) => on)
    .toSorted((a, b) => (a.toString() < b.toString() ? -1 : 1))
    .at(-1);
}

/** "07/2025 – 09/2025 (…)", or one month alone. */
function isMonthIn(span: string, month: string): boolean {
  const [first, last = first] = [...span.matchAll(/(\d\d)\/(\d{4})/g)].map(([, mm = "", yyyy = ""]) => `${yyyy}-${mm}`);
  const asked = month.slice(0, 7);
  return first !== undefined && last !== undefined && first <= asked && asked <= last;
}
