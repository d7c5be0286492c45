import type { Lang } from "../kernel/words.ts";
import { gainText, percentText, wholeText } from "./figures.ts";
import { inNeed, type Look } from "./look.ts";
import { words } from "./words.ts";

/** How a territory stands, in one sentence. */
export function answerOf(look: Look, lang: Lang): string {
  const said = words(lang);
  if (look.isTooSmall) return look.counts.people === 0 ? said.nothingYet : said.tooSmall(look.least);
  return said.sentence({
    percent: percentText(look.now.share, lang),
    target: look.target ? wholeText(look.target.percent, lang) : undefined,
    gain: gainText(look.now, look.weekAgo, lang),
    need: inNeed(look).length,
    kind: look.kind ? said.kindOne[look.kind] : said.unitOne,
  });
}
