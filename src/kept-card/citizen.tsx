/** /app/keep: keeping the card on this telephone. /app/offline: the page that opens it there without a network. */
import { deviceOfSession } from "../account/store-session.ts";
import { citizenFrom } from "../web/citizen-from.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { forgetDevice, forgetHere } from "./forget.ts";
import { KeepPage } from "./keep-view.tsx";
import { KEPT_COOKIE } from "./marks.ts";
import { OfflinePage } from "./offline-view.tsx";
import { keptBy } from "./store.ts";
import { words } from "./words.ts";

const AT = "/app/keep";

/** The row of the device in hand. */
async function keptHere(ask: Ask) {
  const { personId, sessionId } = citizenFrom(ask);
  const mark = await deviceOfSession(ask.house.db, Buffer.from(sessionId, "hex"));
  if (!mark) return undefined;
  return (await keptBy(ask.house.db, personId)).find((one) => one.device_mark.equals(mark));
}

async function show(ask: Ask): Promise<Reply> {
  return page(<KeepPage ask={ask} keptAt={(await keptHere(ask))?.kept_at} />);
}

/** The server forgets it first; the browser clears what it stored, or the service worker does at its next contact. */
async function stop(ask: Ask): Promise<Reply> {
  if (ask.form.lost) return noteLost(ask);
  const said = words(ask.lang);
  const hadNotices = await forgetHere(ask.house, citizenFrom(ask), ask.now);
  const flash = hadNotices ? said.stoppedWithNotices : said.stopped;
  return { kind: "redirect", to: AT, flash, clearCookies: [KEPT_COOKIE], clearsStorage: true };
}

/** The page looked, and the telephone has no card any more: nothing else that the browser stores has to go. */
async function noteLost(ask: Ask): Promise<Reply> {
  const here = await keptHere(ask);
  if (here) await forgetDevice(ask.house, citizenFrom(ask), here.device_id, ask.now);
  return { kind: "redirect", to: AT, flash: words(ask.lang).noLonger, clearCookies: [KEPT_COOKIE] };
}

/** From the list of devices: a telephone that was lost. */
async function stopOther(ask: Ask): Promise<Reply> {
  await forgetDevice(ask.house, citizenFrom(ask), ask.form.device ?? "", ask.now);
  return redirect("/account/devices", words(ask.lang).forgotten);
}

const own = { who: ["citizen"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...own, method: "GET", path: AT, handle: show }),
  pageRoute({ ...own, method: "POST", path: `${AT}/removal`, handle: stop }),
  pageRoute({ ...own, method: "POST", path: "/account/devices/card", handle: stopOther }),
  pageRoute({
    method: "GET",
    path: "/app/offline",
    who: ["anyone"],
    purpose: "none",
    handle: ({ lang }) => page(<OfflinePage lang={lang} />),
  }),
];
