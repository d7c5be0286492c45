import { formatTime } from "../kernel/calendar.ts";
import { Forbidden, TryLater } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { minutesLeft } from "./rules.ts";
import { words } from "./words.ts";

/** What keeps somebody out for a reason other than a field. */
export interface Hindrance {
  title?: string;
  lines: readonly string[];
}

/**
 * A refusal that concerns no field, as a page says it; undefined when it is no refusal of ours. `help` is
 * the way out of a lock; "" where the page itself names one.
 */
export function hindranceOf(
  error: unknown,
  lang: Lang,
  now: Date,
  help: string = words(lang).signIn.lockedHelp,
): { status: number; hindrance: Hindrance } | undefined {
  const said = words(lang).signIn;
  if (error instanceof TryLater) return { status: error.status, hindrance: waitOf(error, lang, now, help) };
  if (!(error instanceof Forbidden)) return undefined;
  if (error.code === "account_suspended") return { status: error.status, hindrance: { lines: [said.suspended] } };
  if (error.code === "account_closed") return { status: error.status, hindrance: { lines: [said.closed] } };
  return undefined;
}

/**
 * Why another way did not lead in, by its key: one of our own sentences, never free text. `isAlone`: none of the ways that
 * the sentences would name is open there.
 */
export function refusalOf(why: string | undefined, lang: Lang, isAlone = false): Hindrance | undefined {
  const said = words(lang).signIn;
  const reasons: Record<string, string> = isAlone ? { ...said.why, ...said.whyAlone } : said.why;
  const line = why && Object.hasOwn(reasons, why) ? reasons[why] : undefined;
  return line ? { lines: [line] } : undefined;
}

function waitOf(error: TryLater, lang: Lang, now: Date, help: string): Hindrance {
  const said = words(lang).signIn;
  if (error.code !== "locked") return { lines: [said.busy] };
  const at = formatTime(new Date(now.getTime() + error.retryAfterSeconds * 1000));
  return {
    title: said.lockedTitle,
    lines: [said.locked(minutesLeft(error.retryAfterSeconds), at), ...(help ? [help] : [])],
  };
}
