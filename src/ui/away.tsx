import type { PageAsk } from "./page-ask.ts";
import { words } from "./words.ts";

/** Warns before a session ends unused, and empties the page once it has; see pwa/away.js. */
export function Away({ ask: { actor, now, lang } }: { ask: PageAsk }) {
  const until = actor.kind === "citizen" || actor.kind === "staff" ? actor.unusedUntil : undefined;
  if (!until || !now) return null;
  const said = words(lang).away;
  const seconds = Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1000));
  return (
    <script
      type="module"
      src="/away.js"
      id="away"
      data-seconds={seconds}
      data-at={actor.kind === "staff" ? "/console/me" : "/app/more"}
      data-soon={said.soon}
      data-stay={said.stay}
      data-said={said.said}
      data-link={said.link}
    />
  );
}
