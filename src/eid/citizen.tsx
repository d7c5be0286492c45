import { sessionCookie, welcome } from "../account/cookies.ts";
import { DEVICE_COOKIE } from "../account/marks.ts";
import { renewToken } from "../account/renew-token.ts";
import { deviceLabel, nextPage, proofPage } from "../account/rules-next.ts";
import { signOut } from "../account/sign-out.ts";
import { Forbidden, TryLater } from "../kernel/failures.ts";
import { citizenFrom } from "../web/citizen-from.ts";
import { type Ask, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { eidOf, redirectUri } from "./provider.ts";
import { finishEid, startEid } from "./sign-in-eid.ts";

/** The way to the identity provider and back. */

/** The provider stands elsewhere: a link leads there, because our own forms may post to our own site only. */
async function start(ask: Ask): Promise<Reply> {
  eidOf(ask.house);
  const next = nextPage(ask.query.next, "citizen");
  return leaving(`/sign-in?next=${encodeURIComponent(next)}`, () =>
    startEid(ask.house, { boundTo: ask.formToken, next, now: ask.now }),
  );
}

async function startProof(ask: Ask): Promise<Reply> {
  eidOf(ask.house);
  const citizen = citizenFrom(ask);
  const next = nextPage(ask.query.next, "citizen");
  return leaving(proofPage(next), () => startEid(ask.house, { boundTo: ask.formToken, citizen, next, now: ask.now }));
}

async function leaving(back: string, work: () => Promise<string>): Promise<Reply> {
  try {
    return redirect(await work());
  } catch (error) {
    if (error instanceof TryLater && error.code === "eid_down") return redirect(`${back}&why=eid_down`);
    throw error;
  }
}

async function comeBack(ask: Ask): Promise<Reply> {
  const { house, actor, now } = ask;
  eidOf(house);
  const currentUrl = new URL(redirectUri(house));
  currentUrl.search = new URL(ask.here, house.settings.baseUrl).search;
  const device = deviceLabel(ask.headers["user-agent"]);
  const deviceCookie = ask.cookies[DEVICE_COOKIE];
  try {
    const arrival = { kind: "cookie" as const, device, deviceCookie, now };
    const done = await finishEid(house, { ...arrival, currentUrl, bounds: ask.formTokens, actor });
    if (!done.opened) {
      const renewed = await renewToken(house, citizenFrom(ask));
      return { ...redirect(done.next), cookies: [sessionCookie(renewed, now)] };
    }
    await signOut(house, actor, now, done.opened);
    return welcome(done.opened, done.next, now);
  } catch (error) {
    const isOurs = error instanceof Forbidden || (error instanceof TryLater && error.code === "eid_down");
    if (!isOurs) throw error;
    const isInside = actor.kind === "citizen";
    return redirect(`${isInside ? proofPage("/account/ways") : "/sign-in?next="}&why=${error.code}`);
  }
}

const open = { who: ["anyone"], purpose: "account", rate: "guess" } as const;
const own = { who: ["citizen", "citizen_changing"], purpose: "account", rate: "guess" } as const;

export const routes: Route[] = [
  pageRoute({ ...open, method: "GET", path: "/sign-in/eid", handle: start }),
  pageRoute({ ...open, method: "GET", path: "/sign-in/eid/return", handle: comeBack }),
  pageRoute({ ...own, method: "GET", path: "/account/proof/eid", handle: startProof }),
];
