import type { PageAsk } from "./page-ask.ts";
import { words } from "./words.ts";

/** Empties the page once its session has ended unused; the few signs of its script are in pwa/away.js. */
export function Away({ ask: { actor, now, lang } }: { ask: PageAsk }) {
  const until = actor.kind === "citizen" || actor.kind === "staff" ? actor.unusedUntil : undefined;
  if (!until || !now) return null;
  const said = words(lang).away;
  const seconds = Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1000));
  return (
    <script type="module" src="/away.js" id="away" data-seconds={seconds} data-said={said.said} data-link={said.link} />
  );
}
