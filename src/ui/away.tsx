import type { PageAsk } from "./page-ask.ts";
import { words } from "./words.ts";

/** What the script says, in each language: it stands there once and not on every page. */
export const awayWords = { vi: words("vi").away, en: words("en").away };

/** Warns before a session ends unused, and empties the page once it has; see pwa/away.js. */
export function Away({ ask: { actor, now } }: { ask: PageAsk }) {
  const until = actor.kind === "citizen" || actor.kind === "staff" ? actor.unusedUntil : undefined;
  if (!until || !now) return null;
  const seconds = Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1000));
  return (
    <script
      type="module"
      src="/away.js?2"
      id="away"
      data-seconds={seconds}
      data-at={actor.kind === "staff" ? "/console/me" : "/app/more"}
    />
  );
}
