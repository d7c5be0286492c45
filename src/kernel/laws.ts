import type { Lang } from "./calendar.ts";

/** Acts that figures on the pages are computed from. On screen and in docs/laws they are called by these names. */
const acts = {
  social: { vi: "Luật Bảo hiểm xã hội 41/2024/QH15", en: "Law on Social Insurance 41/2024/QH15" },
  social2014: { vi: "Luật Bảo hiểm xã hội 58/2014/QH13", en: "Law on Social Insurance 58/2014/QH13" },
  labour: { vi: "Bộ luật Lao động 45/2019/QH14", en: "Labour Code 45/2019/QH14" },
  retirement: { vi: "Nghị định 135/2020/NĐ-CP", en: "Decree 135/2020/NĐ-CP" },
  employment: { vi: "Luật Việc làm 74/2025/QH15", en: "Law on Employment 74/2025/QH15" },
  employment2013: { vi: "Luật Việc làm 38/2013/QH13", en: "Law on Employment 38/2013/QH13" },
  health: {
    vi: "Luật Bảo hiểm y tế 25/2008/QH12 (sửa đổi 2014, 2024)",
    en: "Law on Health Insurance 25/2008/QH12 (amended 2014, 2024)",
  },
  health41: { vi: "Thông tư liên tịch 41/2014/TTLT-BYT-BTC", en: "Joint Circular 41/2014/TTLT-BYT-BTC" },
  health146: { vi: "Nghị định 146/2018/NĐ-CP", en: "Decree 146/2018/NĐ-CP" },
  health188: { vi: "Nghị định 188/2025/NĐ-CP", en: "Decree 188/2025/NĐ-CP" },
  resolution261: { vi: "Nghị quyết 261/2025/QH15", en: "Resolution 261/2025/QH15" },
  groups1351: { vi: "Quyết định 1351/QĐ-BHXH", en: "Decision 1351/QĐ-BHXH" },
  cards1666: { vi: "Quyết định 1666/QĐ-BHXH", en: "Decision 1666/QĐ-BHXH" },
  paper168: { vi: "Công văn 168/BHXH-QLT", en: "Letter 168/BHXH-QLT" },
  codes3276: { vi: "Quyết định 3276/QĐ-BYT", en: "Decision 3276/QĐ-BYT" },
  units19: { vi: "Quyết định 19/2025/QĐ-TTg", en: "Decision 19/2025/QĐ-TTg" },
  offices2286: { vi: "Quyết định 2286/QĐ-BTC", en: "Decision 2286/QĐ-BTC" },
} as const;

/** `at`: article, paragraph, point: "34.4.a". Without it the act as a whole. */
export interface Clause {
  act: keyof typeof acts;
  at?: string;
}

/** A value that the law fixes from an ISO day on. */
export interface Dated<T> {
  from: string;
  value: T;
  clause: Clause;
}

/** What is in force on an ISO day; undefined before the table begins. The table runs from old to new. */
export function inForce<T>(table: readonly Dated<T>[], on: string): Dated<T> | undefined {
  return table.findLast(({ from }) => from <= on);
}

/** "Luật Bảo hiểm xã hội 41/2024/QH15, điểm a khoản 4 điều 34", which does not break inside; "Law …, art. 34.4.a". */
export function clauseText({ act, at }: Clause, lang: Lang): string {
  if (at === undefined) return acts[act][lang];
  if (lang === "en") return `${acts[act].en}, art.\u00a0${at}`;
  const [article, paragraph, point] = at.split(".");
  const place = [point && `điểm ${point}`, paragraph && `khoản ${paragraph}`, `điều ${article}`].filter(Boolean);
  return `${acts[act].vi}, ${place.join(" ").replaceAll(/(\p{L}) (\S)/gu, "$1\u00a0$2")}`;
}
