import { formatDay } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import type { Cell } from "../typeset/write-xlsx.ts";
import { percentText } from "./figures.ts";
import type { Look } from "./look.ts";
import { percentOf } from "./rules.ts";
import type { UnitTrend } from "./trend.ts";
import { words } from "./words.ts";

/** The rows of a look (of all its units: `rowsAtMost`), as cells: what is hidden there is hidden here. The first says of whom, of what and of which day. */
export function tableOf(look: Look, lang: Lang): Cell[][] {
  const said = words(lang);
  const { columns } = said;
  return [
    [
      `${look.territory.name} · ${said.shortMoments[look.moment]} · ${said.base.toLowerCase()} ${said.bases[look.base]} · ${said.asOf(formatDay(look.today, lang))}`,
    ],
    [
      columns.unit,
      said.exported.come,
      said.exported.of,
      `${columns.share} (%)`,
      `${columns.month} (%)`,
      `${columns.target} (%)`,
      columns.standing,
    ],
    ...(look.isTooSmall
      ? []
      : [
          [
            look.territory.name,
            look.now.come,
            look.now.of,
            percent(look.now.share),
            percent(look.monthAgo.share),
            look.target?.percent ?? null,
            null,
          ],
        ]),
    ...look.rows.map((unit): Cell[] => [
      unit.name,
      unit.now.come,
      unit.now.of,
      percent(unit.now.share),
      percent(unit.monthAgo.share),
      (unit.target ?? look.target)?.percent ?? null,
      said.standing[unit.standing],
    ]),
    ...(look.hidden > 0 ? [[said.hidden(look.hidden)]] : []),
  ];
}

/** The same of one unit by week, oldest first; of a hidden one the head alone. */
export function weeksTable({ unit, moment, base, weeks, isHidden }: UnitTrend, lang: Lang): Cell[][] {
  const said = words(lang);
  return [
    [`${unit.name} · ${said.shortMoments[moment]} · ${said.base.toLowerCase()} ${said.bases[base]}`],
    [said.unit.week, said.exported.come, said.exported.of, `${said.columns.share} (%)`],
    ...(isHidden
      ? [[said.unit.hidden]]
      : weeks.map(({ day, share }): Cell[] => [formatDay(day, lang), share.come, share.of, percent(share.share)])),
  ];
}

const percent = (share: number | undefined): number | null => (share === undefined ? null : percentOf(share, 1));

/** The same for a CSV: figures as they are written in the language. */
export const asTexts = (rows: readonly (readonly Cell[])[], lang: Lang): string[][] =>
  rows.map((cells) =>
    cells.map((cell) =>
      typeof cell === "number" && !Number.isInteger(cell) ? percentText(cell / 100, lang, 1) : String(cell ?? ""),
    ),
  );
