import { partyOf } from "../factor/ask.ts";
import { SecondFactorNeeded, TICKET_COOKIE, TICKET_SECONDS } from "../factor/second-factor.ts";
import { KEPT_COOKIE, keepsCardHere } from "../kept-card/marks.ts";
import { keptBy } from "../kept-card/store.ts";
import type { Citizen } from "../kernel/actor.ts";
import { Conflict, Forbidden, Invalid, NotSignedIn } from "../kernel/failures.ts";
import { sentencesOf } from "../ui/index.ts";
import { citizenFrom } from "../web/citizen-from.ts";
import { keptPage, withKept } from "../web/kept-page.tsx";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { routes as activationRoutes, activationTicket } from "./activation-pages.tsx";
import { changePassword, isProvedOtherwise } from "./change-password.ts";
import { sessionCookie, welcome } from "./cookies.ts";
import { DevicesPage } from "./devices-view.tsx";
import { endOneSession, endOtherSessions } from "./end-sessions.ts";
import { WrongLogin } from "./guard.ts";
import { hindranceOf, refusalOf } from "./hindrance.ts";
import { COOKIE } from "./identify.ts";
import { DEVICE_COOKIE } from "./marks.ts";
import { OneMorePage } from "./one-more-view.tsx";
import { PasswordPage } from "./password-view.tsx";
import { proofsOf } from "./proof.ts";
import { routes as recoveryRoutes } from "./recovery-pages.tsx";
import { renewToken } from "./renew-token.ts";
import { whyChange } from "./rules.ts";
import { deviceLabel, nextPage, proofPage } from "./rules-next.ts";
import { ActivationEnded, signIn } from "./sign-in.ts";
import { SignInPage } from "./sign-in-view.tsx";
import { signOut, whoLeaves } from "./sign-out.ts";
import { findAccount } from "./store.ts";
import { deviceOfSession, openSessionsOf } from "./store-session.ts";
import { words } from "./words.ts";

/** The person's own pages: sign-in, sign-out, password, devices. */

function showSignIn(ask: Ask): Reply {
  const { actor, query, lang } = ask;
  if (actor.kind === "citizen" && actor.scope === "full") return redirect(nextPage(query.next, "citizen"));
  return page(signInView(ask, { next: query.next ?? "", hindrance: refusalOf(query.why, lang) }));
}

function signInView(ask: Ask, shown: Omit<Parameters<typeof SignInPage>[0], "ask" | "hasPasskeys">) {
  return <SignInPage ask={ask} hasPasskeys={partyOf(ask).isHere} {...shown} />;
}

async function enter(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  const { next = "", kept: waiting, why } = form;
  // From a page that says that the session has ended, or why another way did not lead in: nothing was tried here yet.
  if (form.login === undefined && waiting) {
    // Signed in meanwhile, in another tab: on with what waits. What was written of one's own record is not sent of a ward's.
    const isIn = ask.actor.kind === "citizen" && ask.actor.scope === "full" && !ask.actor.actingFor;
    const whole = isIn ? keptPage(ask, { face: "app", to: nextPage(next, "citizen") }) : undefined;
    if (whole) return whole;
    return page(signInView(ask, { next, kept: waiting, hindrance: refusalOf(why, lang) }));
  }
  try {
    const opened = await signIn(house, {
      login: form.login ?? "",
      password: form.password ?? "",
      kind: "cookie",
      device: deviceLabel(ask.headers["user-agent"]),
      deviceCookie: ask.cookies[DEVICE_COOKIE],
      now,
    });
    await signOut(house, ask.actor, now, opened);
    const going = { face: "app", to: nextPage(form.next, "citizen"), token: opened.token } as const;
    return withKept(ask, welcome(opened, form.next, ask), { ...going, mustChange: opened.mustChange !== undefined });
  } catch (error) {
    return notIn(ask, error);
  }
}

function notIn(ask: Ask, error: unknown): Reply {
  const { login = "", next = "", kept: waiting } = ask.form;
  if (error instanceof SecondFactorNeeded) return toSecondFactor(ask, error);
  const kept = { login, next, kept: waiting };
  if (error instanceof Invalid) {
    return page(signInView(ask, { ...kept, faults: sentencesOf(error.faults, words(ask.lang).faults) }), error.status);
  }
  if (error instanceof WrongLogin) {
    const text = words(ask.lang).signIn.wrong(error.triesLeft);
    return page(signInView(ask, { ...kept, faults: [{ field: "login", text }] }), 422);
  }
  if (error instanceof ActivationEnded) {
    const cookies = [activationTicket(ask.house.vault, error.personId, ask.now)];
    return { ...page(signInView(ask, { ...kept, hasEnded: true }), 422), cookies };
  }
  const told = hindranceOf(error, ask.lang, ask.now);
  if (!told) throw error;
  return page(signInView(ask, { ...kept, hindrance: told.hindrance }), told.status);
}

function toSecondFactor(ask: Ask, { ticket }: SecondFactorNeeded): Reply {
  const { next = "", kept } = ask.form;
  const cookies = [{ name: TICKET_COOKIE, value: ticket, maxAgeSeconds: TICKET_SECONDS }];
  if (kept) {
    const more = { face: "portal", title: words(ask.lang).signIn.title, action: "/sign-in/code", next } as const;
    return { ...page(<OneMorePage ask={ask} {...more} waiting={kept} />), cookies };
  }
  return { kind: "redirect", to: `/sign-in/code?next=${encodeURIComponent(next)}`, cookies };
}

async function leave(ask: Ask): Promise<Reply> {
  const { house, actor, cookies, now } = ask;
  const who = await whoLeaves(house, actor, cookies[COOKIE]);
  if (who) await signOut(house, who, now);
  const flash = words(ask.lang).signIn.signedOut;
  // Somebody else's card on a shared telephone is theirs to end; whoever presses is believed where nothing tells.
  const clearsStorage = who ? keepsCardHere({ ...ask, actor: who }) : cookies[KEPT_COOKIE] !== undefined;
  const clearCookies = clearsStorage ? [COOKIE, KEPT_COOKIE] : [COOKIE];
  return { kind: "redirect", to: "/sign-in", flash, clearCookies, clearsStorage };
}

async function passwordView(
  ask: Ask,
  citizen: Citizen,
  wrong: Pick<Parameters<typeof PasswordPage>[0], "faults" | "hindrance"> = {},
) {
  const account = await findAccount(ask.house.db, citizen.personId);
  if (!account) throw new NotSignedIn();
  const next = ask.form.next ?? ask.query.next ?? "";
  const shown = {
    why: whyChange(account, ask.now),
    setOn: account.password_set_on,
    isNone: account.password_dropped_at !== null,
    isProved: await isProvedOtherwise(ask.house.db, citizen, account, ask.now),
  };
  return <PasswordPage ask={ask} next={next} kept={ask.form.kept} {...shown} {...wrong} />;
}

/** Who has no password proves themselves first; who has one types it here. */
async function showPassword(ask: Ask): Promise<Reply> {
  const citizen = citizenFrom(ask);
  const account = await findAccount(ask.house.db, citizen.personId);
  const isReady = !account?.password_dropped_at || (await proofsOf(ask.house.db, citizen, ask.now)).isFresh;
  return isReady ? page(await passwordView(ask, citizen)) : redirect(proofPage(ask.here));
}

async function savePassword(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  const citizen = citizenFrom(ask);
  // From the sign-in, which brings along what was typed: nothing was tried yet.
  if (form.newPassword === undefined && form.kept) return page(await passwordView(ask, citizen));
  const { currentPassword = "", newPassword = "" } = form;
  const before = await findAccount(house.db, citizen.personId);
  try {
    await changePassword(house, citizen, { currentPassword, newPassword, now });
  } catch (error) {
    if (error instanceof Invalid) {
      return page(
        await passwordView(ask, citizen, { faults: sentencesOf(error.faults, words(lang).faults) }),
        error.status,
      );
    }
    if (error instanceof Conflict) return redirect("/sign-in", words(lang).change.meanwhile);
    if (error instanceof Forbidden && error.code === "proof_needed") return redirect(proofPage("/account/password"));
    const told = hindranceOf(error, lang, now);
    if (!told) throw error;
    return page(await passwordView(ask, citizen, { hindrance: told.hindrance }), told.status);
  }
  const next = nextPage(form.next, "citizen");
  const isFirst = before && whyChange(before, now) === "first";
  const to = isFirst ? `/account/ways/offer?next=${encodeURIComponent(next)}` : next;
  const renewed = await renewToken(house, citizen);
  const kept = keptPage(ask, { face: "app", to: next, token: renewed.token });
  return { ...(kept ?? redirect(to, words(lang).change.done)), cookies: [sessionCookie(renewed, now)] };
}

async function showDevices(ask: Ask): Promise<Reply> {
  const { personId, sessionId } = citizenFrom(ask);
  const sessions = await openSessionsOf(ask.house.db, { personId }, ask.now);
  const rows = sessions.map((one) => ({
    id: one.token_sha256.toString("hex"),
    isHere: one.token_sha256.toString("hex") === sessionId,
    device: one.device,
    since: one.created_at,
    seen: one.seen_at,
    idleUntil: one.idle_until,
    endsAt: one.ends_at,
  }));
  return page(<DevicesPage ask={ask} rows={rows} kept={await keptRows(ask, personId, sessionId)} />);
}

async function keptRows({ house }: Ask, personId: string, sessionId: string) {
  const mark = await deviceOfSession(house.db, Buffer.from(sessionId, "hex"));
  return (await keptBy(house.db, personId)).map((one) => ({
    id: one.device_id,
    isHere: mark?.equals(one.device_mark) ?? false,
    device: one.label,
    since: one.kept_at,
    seen: one.seen_at,
  }));
}

/** One session when it is named, else all but this one; whoever sits here proves first that it is the owner. */
async function endOthers(ask: Ask): Promise<Reply> {
  const { session } = ask.form;
  if (!(await proofsOf(ask.house.db, citizenFrom(ask), ask.now)).isFresh) {
    return redirect(proofPage("/account/devices"), words(ask.lang).devices.proofFirst);
  }
  if (session) {
    await endOneSession(ask.house, citizenFrom(ask), session, ask.now);
    return redirect("/account/devices", words(ask.lang).devices.endedOne);
  }
  const ended = await endOtherSessions(ask.house, citizenFrom(ask), ask.now);
  return redirect("/account/devices", words(ask.lang).devices.ended(ended));
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
