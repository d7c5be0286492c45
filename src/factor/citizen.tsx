import { welcome } from "../account/cookies.ts";
import { hindranceOf } from "../account/hindrance.ts";
import type { SignedIn } from "../account/let-in.ts";
import { DEVICE_COOKIE } from "../account/marks.ts";
import { deviceLabel, nextPage } from "../account/rules-next.ts";
import { signOut } from "../account/sign-out.ts";
import { Forbidden, Invalid, NotSignedIn, TryLater } from "../kernel/failures.ts";
import { sentencesOf } from "../ui/index.ts";
import { withKept } from "../web/kept-page.tsx";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { visitorBound, visitorBounds } from "./ask.ts";
import { finishSignIn } from "./finish-sign-in.ts";
import { askForPasskey } from "./passkey-ask.ts";
import { signInByPasskey } from "./passkey-proof.ts";
import { routes as proofRoutes } from "./proof-pages.tsx";
import { SecondFactorPage } from "./proof-view.tsx";
import { routes as recoveryRoutes } from "./recovery-pages.tsx";
import { RefusedPage } from "./refused-view.tsx";
import { TICKET_COOKIE } from "./second-factor.ts";
import { routes as wayRoutes } from "./ways-pages.tsx";
import { words } from "./words.ts";

/** Signing in by passkey, and the second half of a sign-in with an authenticator. */

const arrivalOf = (ask: Ask) => ({
  kind: "cookie" as const,
  device: deviceLabel(ask.headers["user-agent"]),
  deviceCookie: ask.cookies[DEVICE_COOKIE],
  now: ask.now,
});

function showSecond(ask: Ask): Reply {
  if (!ask.cookies[TICKET_COOKIE]) return redirect("/sign-in");
  return page(<SecondFactorPage ask={ask} next={ask.query.next ?? ""} />);
}

async function finish(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  const { code = "", next = "", kept } = form;
  // From the page in between, which brings along what was typed: nothing was tried yet.
  if (form.code === undefined && kept) return page(<SecondFactorPage ask={ask} next={next} kept={kept} />);
  const ticket = ask.cookies[TICKET_COOKIE] ?? "";
  try {
    const opened = await finishSignIn(house, { ...arrivalOf(ask), ticket, code });
    await signOut(house, ask.actor, now, opened);
    return inside(ask, opened, [TICKET_COOKIE]);
  } catch (error) {
    if (error instanceof Invalid) {
      const faults = sentencesOf(error.faults, words(lang).faults);
      return page(<SecondFactorPage ask={ask} next={next} kept={kept} faults={faults} />, error.status);
    }
    const told = error instanceof TryLater ? hindranceOf(error, lang, now, "") : undefined;
    if (told)
      return page(<SecondFactorPage ask={ask} next={next} kept={kept} hindrance={told.hindrance} />, told.status);
    if (!(error instanceof NotSignedIn)) throw error;
    return toSignIn(ask, "ticket_ended", [TICKET_COOKIE]);
  }
}

function inside(ask: Ask, opened: SignedIn, clearCookies: string[] = []): Reply {
  const going = { face: "app", to: nextPage(ask.form.next, "citizen"), token: opened.token } as const;
  const reply = welcome(opened, ask.form.next, ask);
  return { ...withKept(ask, reply, { ...going, mustChange: opened.mustChange !== undefined }), clearCookies };
}

/** Back to the sign-in page, which says why: a key of its own sentences, never free text. */
function toSignIn(ask: Ask, why: string, clearCookies: string[] = []): Reply {
  const { next = "", kept } = ask.form;
  // What was typed fits in no address: a form brings it there.
  if (kept) {
    const view = <RefusedPage ask={ask} next={next} kept={kept} why={why} />;
    return { kind: "page", status: 422, view, clearCookies };
  }
  return { kind: "redirect", to: `/sign-in?why=${why}&next=${encodeURIComponent(next)}`, clearCookies };
}

async function options(ask: Ask): Promise<Reply> {
  const asked = await askForPasskey(ask.house, { purpose: "sign_in", boundTo: visitorBound(ask), now: ask.now });
  return { kind: "bytes", type: "application/json; charset=utf-8", bytes: JSON.stringify(asked) };
}

async function enter(ask: Ask): Promise<Reply> {
  const { house, form, now } = ask;
  try {
    const answer = { response: form.response ?? "", boundTo: visitorBounds(ask) };
    const opened = await signInByPasskey(house, { ...arrivalOf(ask), ...answer });
    await signOut(house, ask.actor, now, opened);
    return inside(ask, opened);
  } catch (error) {
    if (error instanceof Invalid) return toSignIn(ask, error.faults[0]?.key ?? "passkey_refused");
    if (error instanceof Forbidden) return toSignIn(ask, error.code);
    throw error;
  }
}

const open = { who: ["anyone"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...open, method: "GET", path: "/sign-in/code", handle: showSecond }),
  pageRoute({ ...open, method: "POST", path: "/sign-in/code", rate: "guess", handle: finish }),
  pageRoute({ ...open, method: "POST", path: "/sign-in/passkey/options", rate: "guess", handle: options }),
  pageRoute({ ...open, method: "POST", path: "/sign-in/passkey", rate: "guess", handle: enter }),
  ...proofRoutes,
  ...recoveryRoutes,
  ...wayRoutes,
];
