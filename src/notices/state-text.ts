import type { Lang } from "../kernel/words.ts";
import type { NoticeView } from "./store-read.ts";
import { words } from "./words.ts";

type Stand = Pick<NoticeView, "channel" | "state">;

/** A message in the account goes to no device and no network carries it: it waits there to be read. */
export const isInAccount = ({ channel, state }: Stand) => channel === "inbox" && state === "delivered";

export function stateText(notice: Stand, lang: Lang): string {
  const said = words(lang);
  return isInAccount(notice) ? said.inAccount : said.states[notice.state];
}

export function stateHint(notice: Stand, lang: Lang): string {
  const said = words(lang);
  return isInAccount(notice) ? said.inAccountHint : said.stateHint[notice.state];
}
