import { formatMonth } from "../kernel/calendar.ts";
import { formatVnd, parseVnd } from "../kernel/money.ts";
import type { Lang } from "../kernel/words.ts";
import { monthsIn } from "../participation/rules.ts";
import type { ParticipationRow } from "../participation/store.ts";
import { words as participationWords, spanText } from "../participation/words.ts";
import type { Part } from "./print.ts";
import type { ParticipationRecord } from "./rows.ts";
import { words } from "./words-paper.ts";

/** Tables of the paper of participation: a fund each, then what is unpaid, apart and never in a total. */
export function participationParts({ rows, totals }: ParticipationRecord, lang: Lang): { lead: string; parts: Part[] } {
  const said = words(lang);
  const shown = participationWords(lang);
  const funds = totals.filter(({ fund, totals: one }) => one.firstMonth !== undefined || fund === "bhxh");
  const parts = funds.map(({ fund, totals: one }): Part => {
    const gaps = one.gaps.map(({ fromMonth, toMonth, months }) =>
      shown.gapLine(formatMonth(fromMonth), formatMonth(toMonth), spanText(lang, months)),
    );
    return {
      ...headOf(lang, [said.columns.state], [0]),
      title: said.fundTitle(shown.fundNames[fund], spanText(lang, one.paid)),
      rows: rows
        .filter((row) => row.fund === fund && row.status !== "unpaid")
        .map((row) => [...cellsOf(row, lang), shown.legend[row.status]]),
      none: said.noRows,
      after: gaps.length > 0 ? said.gapsNote(gaps.join(", ")) : "",
    };
  });
  const unpaid = rows.filter(({ status }) => status === "unpaid");
  if (unpaid.length === 0) return { lead: "", parts };
  const part: Part = {
    ...headOf(lang, [said.columns.fund], [0]),
    title: said.unpaidTitle,
    rows: unpaid.map((row) => [...cellsOf(row, lang), shown.funds[row.fund]]),
    none: said.noRows,
    after: shown.unpaidHelp,
  };
  return { lead: "", parts: [...parts, part] };
}

function headOf(lang: Lang, last: string[], widths: number[]): Pick<Part, "heads" | "widths" | "aligns"> {
  const { from, to, months, unit, title, base } = words(lang).columns;
  return {
    heads: [from, to, months, unit, title, base, ...last],
    widths: [0, 0, 0, 5, 3, 0, ...widths],
    aligns: ["left", "left", "right", "left", "left", "right", "left"],
  };
}

function cellsOf(row: ParticipationRow, lang: Lang): string[] {
  const base = row.contributionBase ? parseVnd(row.contributionBase) : undefined;
  return [
    formatMonth(row.fromMonth),
    formatMonth(row.toMonth),
    String(monthsIn(row)),
    row.unitName,
    row.title ?? "–",
    base === undefined ? "–" : formatVnd(base, lang),
  ];
}
