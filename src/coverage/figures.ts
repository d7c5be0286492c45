import type { Lang } from "../kernel/words.ts";
import { percentOf, type Share, type Standing } from "./rules.ts";

/** How figures are written: 61,2 and 1.204 in Vietnamese, 61.2 and 1,204 in English. */
const locale = (lang: Lang) => (lang === "en" ? "en" : "vi");

export const wholeText = (count: number, lang: Lang): string => count.toLocaleString(locale(lang));

/** Without the sign: "61"; a tenth where `digits` is 1; a dash where there is nobody. */
export function percentText(share: number | undefined, lang: Lang, digits = 0): string {
  if (share === undefined) return "–";
  return percentOf(share, digits).toLocaleString(locale(lang), { maximumFractionDigits: digits });
}

/** Points won since then: "+1,8", "−0,4"; undefined where there was nobody then or now. */
export function gainText(now: Share, before: Share, lang: Lang): string | undefined {
  if (now.share === undefined || before.share === undefined) return undefined;
  const points = Math.round((now.share - before.share) * 1000) / 10;
  const text = Math.abs(points).toLocaleString(locale(lang), { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${points < 0 ? "−" : "+"}${text}`;
}

/** Before the words of a standing, so that no colour has to say it. */
export const arrowOf: Record<Standing, string> = {
  far_below: "↓↓ ",
  below: "↓ ",
  expected: "",
  above: "↑ ",
  far_above: "↑↑ ",
};
