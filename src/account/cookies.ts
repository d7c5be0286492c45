import type { SignedIn } from "./let-in.ts";
import { besideOthers, DEVICE_COOKIE, DEVICE_KEPT_SECONDS } from "./marks.ts";
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

/** As the browser sent them. */
type Cookies = Readonly<Record<string, string | undefined>>;

/** What a browser keeps of the device's name, beside the names that it has for others. */
export const namedDevice = (own: string, cookies: Cookies) => ({
  name: DEVICE_COOKIE,
  value: besideOthers(own, cookies[DEVICE_COOKIE]),
  maxAgeSeconds: DEVICE_KEPT_SECONDS,
});

/** The reply to somebody who is in: on to the page they wanted, or first to the change of password or to what is new in the privacy notice. */
export function welcome(
  opened: SignedIn,
  asked: string | undefined,
  { cookies, now }: { cookies: Cookies; now: Date },
) {
  const next = nextPage(asked, "citizen");
  const first = opened.mustChange ? "/account/password" : opened.hasNews ? "/account/notice" : undefined;
  return {
    kind: "redirect" as const,
    to: first ? `${first}?next=${encodeURIComponent(next)}` : next,
    cookies: [sessionCookie(opened, now), namedDevice(opened.deviceCookie, cookies)],
  };
}
