import { codeBudget } from "../codes/rules.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { policyOn } from "../policy/store.ts";
import { type FieldFault, sentencesOf } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { namedDevice } from "./cookies.ts";
import { hindranceOf } from "./hindrance.ts";
import { recover } from "./recover.ts";
import { RecoveryCodePage, RecoveryPage } from "./recovery-view.tsx";
import { requestRecovery } from "./request-recovery.ts";
import { codeWay } from "./rules-ways.ts";
import { words } from "./words.ts";
import { recoveryWords } from "./words-recovery.ts";

/**
 * The two pages of a forgotten password. The name of the request stays in this browser's cookie: a code
 * that was read out on the telephone is worth nothing on another device.
 */
const REQUEST_COOKIE = "vssid_recovery";
const REQUEST_KEPT_SECONDS = 3600;
const NO_REQUEST = "00000000-0000-4000-8000-000000000000";

async function askForCode(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  const { login = "" } = form;
  const channel = codeWay(form.channel ?? "sms");
  try {
    if (!channel) throw new Invalid([{ field: "channel", key: "channel_missing" }]);
    const { requestId } = await requestRecovery(house, { login, channel, lang, now });
    const cookie = { name: REQUEST_COOKIE, value: requestId, maxAgeSeconds: REQUEST_KEPT_SECONDS };
    return { kind: "redirect", to: "/account/recovery/code", cookies: [cookie] };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const faults = sentencesOf(error.faults, words(lang).faults);
    return page(<RecoveryPage ask={ask} login={login} channel={channel} faults={faults} />, error.status);
  }
}

async function setPassword(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  const kept = ask.cookies[REQUEST_COOKIE] ?? "";
  const requestId = isUuid(kept) ? kept : NO_REQUEST;
  try {
    const { code = "", newPassword = "" } = form;
    const { deviceCookie } = await recover(house, { requestId, code, newPassword, now });
    const device = namedDevice(deviceCookie, ask.cookies);
    const flash = recoveryWords(lang).done;
    return { kind: "redirect", to: "/sign-in", flash, cookies: [device], clearCookies: [REQUEST_COOKIE] };
  } catch (error) {
    if (error instanceof Conflict) return redirect("/sign-in", words(lang).change.meanwhile);
    const faults = error instanceof Invalid ? sentencesOf(error.faults, words(lang).faults) : undefined;
    if (faults) return codePage(ask, faults, 422);
    const told = hindranceOf(error, lang, now);
    if (!told) throw error;
    const text = told.hindrance.lines.join(" ");
    return codePage(ask, [{ field: "code", text }], told.status);
  }
}

async function codePage(ask: Ask, faults: readonly FieldFault[] = [], status = 200): Promise<Reply> {
  const most = await policyOn(ask.house.db, codeBudget, dayOf(ask.now));
  return page(<RecoveryCodePage ask={ask} most={most} faults={faults} />, status);
}

const open = { who: ["anyone"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...open, method: "GET", path: "/account/recovery", handle: (ask) => page(<RecoveryPage ask={ask} />) }),
  pageRoute({ ...open, method: "POST", path: "/account/recovery", rate: "guess", handle: askForCode }),
  pageRoute({ ...open, method: "GET", path: "/account/recovery/code", handle: (ask) => codePage(ask) }),
  pageRoute({ ...open, method: "POST", path: "/account/recovery/code", rate: "guess", handle: setPassword }),
];
