import type { House } from "../db/house.ts";

const PURPOSE = "refuse-campaigns";

/**
 * The address of the header List-Unsubscribe (RFC 8058) of one e-mail of a campaign: the number of the message and our
 * keyed mark of it. Nothing of a person stands in it, and nobody can make one for another message.
 */
export function unsubscribeUrl(house: House, noticeId: string): string {
  return `${house.settings.baseUrl}/refuse/${noticeId}-${house.vault.mark(PURPOSE, noticeId).toString("base64url")}`;
}

/** The message whose address this is; undefined when it is none of ours. */
export function noticeOfToken(house: House, token: string): string | undefined {
  const [, noticeId, given] = /^(\d{1,18})-([\w-]{43})$/.exec(token) ?? [];
  if (!noticeId || !given) return undefined;
  return house.vault.isMark(PURPOSE, noticeId, Buffer.from(given, "base64url")) ? noticeId : undefined;
}
