import type { SignedIn } from "./let-in.ts";
import { DEVICE_COOKIE, DEVICE_KEPT_SECONDS } from "./marks.ts";
import { COOKIE, type OpenedSession } from "./open-session.ts";
import { nextPage } from "./rules-next.ts";

/** What a browser keeps after a sign-in, and where it goes. */

function secondsUntil(end: Date, now: Date): number {
  return Math.max(0, Math.floor((end.getTime() - now.getTime()) / 1000));
}

/** What a browser keeps of a session. */
export const sessionCookie = ({ token, expiresAt }: OpenedSession, now: Date) => ({
  name: COOKIE,
  value: token,
  maxAgeSeconds: secondsUntil(expiresAt, now),
});

/** The reply to somebody who is in: on to the page they wanted, or first to the change of password or to what is new in the privacy notice. */
export function welcome(opened: SignedIn, asked: string | undefined, now: Date) {
  const next = nextPage(asked, "citizen");
  const first = opened.mustChange ? "/account/password" : opened.hasNews ? "/account/notice" : undefined;
  return {
    kind: "redirect" as const,
    to: first ? `${first}?next=${encodeURIComponent(next)}` : next,
    cookies: [
      sessionCookie(opened, now),
      { name: DEVICE_COOKIE, value: opened.deviceCookie, maxAgeSeconds: DEVICE_KEPT_SECONDS },
    ],
  };
}
