import type { Citizen } from "../kernel/actor.ts";
import { Conflict, Invalid, NotSignedIn } from "../kernel/failures.ts";
import { type Ask, type Cookie, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { routes as activationRoutes, activationTicket } from "./activation-pages.tsx";
import { changePassword } from "./change-password.ts";
import { DevicesPage } from "./devices-view.tsx";
import { endOtherSessions } from "./end-sessions.ts";
import { WrongLogin } from "./guard.ts";
import { hindranceOf } from "./hindrance.tsx";
import { COOKIE } from "./identify.ts";
import { DEVICE_COOKIE, DEVICE_KEPT_SECONDS } from "./marks.ts";
import { PasswordPage } from "./password-view.tsx";
import { routes as recoveryRoutes } from "./recovery-pages.tsx";
import { sessionLimits, whyChange } from "./rules.ts";
import { deviceLabel, nextPage } from "./rules-next.ts";
import { sentencesOf } from "./sentences.ts";
import { ActivationEnded, type SignedIn, signIn } from "./sign-in.ts";
import { SignInPage } from "./sign-in-view.tsx";
import { signOut } from "./sign-out.ts";
import { findAccount } from "./store.ts";
import { openSessionsOf } from "./store-session.ts";
import { words } from "./words.ts";

/** The person's own pages: sign-in, sign-out, password, devices. */

function showSignIn(ask: Ask): Reply {
  const { actor, query } = ask;
  if (actor.kind === "citizen" && actor.scope === "full") return redirect(nextPage(query.next, "citizen"));
  return page(<SignInPage ask={ask} next={query.next ?? ""} />);
}

async function enter(ask: Ask): Promise<Reply> {
  const { house, form, now } = ask;
  try {
    const opened = await signIn(house, {
      login: form.login ?? "",
      password: form.password ?? "",
      kind: "cookie",
      device: deviceLabel(ask.headers["user-agent"]),
      deviceCookie: ask.cookies[DEVICE_COOKIE],
      now,
    });
    await signOut(house, ask.actor, now);
    return welcome(opened, form.next);
  } catch (error) {
    return notIn(ask, error);
  }
}

function welcome(opened: SignedIn, asked: string | undefined): Reply {
  const next = nextPage(asked, "citizen");
  const to = opened.mustChange ? `/account/password?next=${encodeURIComponent(next)}` : next;
  const device = { name: DEVICE_COOKIE, value: opened.deviceCookie, maxAgeSeconds: DEVICE_KEPT_SECONDS };
  return { kind: "redirect", to, cookies: [sessionCookie(opened.token), device] };
}

function sessionCookie(token: string): Cookie {
  return { name: COOKIE, value: token, maxAgeSeconds: sessionLimits.citizen.wholeMs / 1000 };
}

function notIn(ask: Ask, error: unknown): Reply {
  const { login = "", next = "" } = ask.form;
  const kept = { ask, login, next };
  if (error instanceof Invalid) {
    return page(<SignInPage {...kept} faults={sentencesOf(error.faults, ask.lang)} />, error.status);
  }
  if (error instanceof WrongLogin) {
    const text = words(ask.lang).signIn.wrong(error.triesLeft);
    return page(<SignInPage {...kept} faults={[{ field: "login", text }]} />, 422);
  }
  if (error instanceof ActivationEnded) {
    const cookies = [activationTicket(ask.house.vault, error.personId, ask.now)];
    return { ...page(<SignInPage {...kept} hasEnded />, 422), cookies };
  }
  const told = hindranceOf(error, ask.lang, ask.now);
  if (!told) throw error;
  return page(<SignInPage {...kept} hindrance={told.hindrance} />, told.status);
}

async function leave(ask: Ask): Promise<Reply> {
  await signOut(ask.house, ask.actor, ask.now);
  return { kind: "redirect", to: "/sign-in", flash: words(ask.lang).signIn.signedOut, clearCookies: [COOKIE] };
}

async function passwordView(
  ask: Ask,
  citizen: Citizen,
  wrong: Pick<Parameters<typeof PasswordPage>[0], "faults" | "hindrance"> = {},
) {
  const account = await findAccount(ask.house.db, citizen.personId);
  if (!account) throw new NotSignedIn();
  const next = ask.form.next ?? ask.query.next ?? "";
  return (
    <PasswordPage ask={ask} why={whyChange(account, ask.now)} setOn={account.password_set_on} next={next} {...wrong} />
  );
}

async function showPassword(ask: Ask): Promise<Reply> {
  return page(await passwordView(ask, citizenFrom(ask)));
}

async function savePassword(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  const citizen = citizenFrom(ask);
  const { currentPassword = "", newPassword = "" } = form;
  try {
    await changePassword(house, citizen, { currentPassword, newPassword, lang, now });
  } catch (error) {
    if (error instanceof Invalid) {
      return page(await passwordView(ask, citizen, { faults: sentencesOf(error.faults, lang) }), error.status);
    }
    if (error instanceof Conflict) return redirect("/sign-in", words(lang).change.meanwhile);
    const told = hindranceOf(error, lang, now);
    if (!told) throw error;
    return page(await passwordView(ask, citizen, { hindrance: told.hindrance }), told.status);
  }
  return redirect(nextPage(form.next, "citizen"), words(lang).change.done);
}

async function showDevices(ask: Ask): Promise<Reply> {
  const { personId, sessionId } = citizenFrom(ask);
  const sessions = await openSessionsOf(ask.house.db, personId, ask.now);
  const rows = sessions.map((one) => ({
    isHere: one.token_sha256.toString("hex") === sessionId,
    device: one.device,
    since: one.created_at,
    seen: one.seen_at,
  }));
  return page(<DevicesPage ask={ask} rows={rows} />);
}

async function endOthers(ask: Ask): Promise<Reply> {
  const ended = await endOtherSessions(ask.house, citizenFrom(ask), ask.now);
  return redirect("/account/devices", words(ask.lang).devices.ended(ended));
}

function citizenFrom(ask: Ask): Citizen {
  if (ask.actor.kind !== "citizen") throw new NotSignedIn();
  return ask.actor;
}

const open = { who: ["anyone"], purpose: "account" } as const;
const changing = { who: ["citizen", "citizen_changing"], purpose: "account" } as const;
const own = { who: ["citizen"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...open, method: "GET", path: "/sign-in", handle: showSignIn }),
  pageRoute({ ...open, method: "POST", path: "/sign-in", rate: "guess", handle: enter }),
  pageRoute({ ...open, method: "POST", path: "/sign-out", handle: leave }),
  pageRoute({ ...changing, method: "GET", path: "/account/password", handle: showPassword }),
  pageRoute({ ...changing, method: "POST", path: "/account/password", rate: "guess", handle: savePassword }),
  pageRoute({ ...own, method: "GET", path: "/account/devices", handle: showDevices }),
  pageRoute({ ...own, method: "POST", path: "/account/devices/ending", handle: endOthers }),
  ...activationRoutes,
  ...recoveryRoutes,
];
