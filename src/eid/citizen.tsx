import { sessionCookie, welcome } from "../account/cookies.ts";
import { DEVICE_COOKIE } from "../account/marks.ts";
import { renewToken } from "../account/renew-token.ts";
import { deviceLabel, nextPage, proofPage } from "../account/rules-next.ts";
import { signOut } from "../account/sign-out.ts";
import { isLimitedAt } from "../kernel/actor.ts";
import { Forbidden, TryLater } from "../kernel/failures.ts";
import { liftPage } from "../kernel/next-page.ts";
import { citizenFrom } from "../web/citizen-from.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { LeavePage } from "./leave-view.tsx";
import { eidOf, redirectUri, siteOf } from "./provider.ts";
import { finishEid, startEid } from "./sign-in-eid.ts";

/** The way to the identity provider and back, with a page in between that names where it leads. */

const SIGN_IN = "/sign-in/eid";
const PROOF = "/account/proof/eid";

const nextOf = (ask: Ask) => nextPage(ask.query.next, "citizen");
const withNext = (path: string, next: string) => `${path}?next=${encodeURIComponent(next)}`;

/** Where a person stays, or comes back to when the provider is silent; whom a reset by SMS limits came to end that. */
const ways = {
  [SIGN_IN]: (_ask: Ask, next: string) => withNext("/sign-in", next),
  [PROOF]: (ask: Ask, next: string) => (isLimitedAt(citizenFrom(ask), ask.now) ? liftPage(next) : proofPage(next)),
};
type Way = keyof typeof ways;

const showWay = (way: Way) => async (ask: Ask) => {
  eidOf(ask.house);
  const next = nextOf(ask);
  const back = ways[way](ask, next);
  return unlessDown(back, async () => {
    const site = await siteOf(ask.house);
    return page(<LeavePage ask={ask} site={site} onward={withNext(`${way}/onward`, next)} back={back} />);
  });
};

/** A link leads there, because our own forms may post to our own site only; one on another site opens the page first. */
const goOn = (way: Way) => async (ask: Ask) => {
  eidOf(ask.house);
  const next = nextOf(ask);
  if (isFromElsewhere(ask)) return redirect(withNext(way, next));
  const asked = { boundTo: ask.formToken, next, now: ask.now };
  const citizen = way === PROOF ? citizenFrom(ask) : undefined;
  return unlessDown(ways[way](ask, next), async () => redirect(await startEid(ask.house, { ...asked, citizen })));
};

function isFromElsewhere({ headers }: Ask): boolean {
  const site = headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin";
}

async function unlessDown(back: string, work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
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
    return welcome(done.opened, done.next, ask);
  } catch (error) {
    const isOurs = error instanceof Forbidden || (error instanceof TryLater && error.code === "eid_down");
    if (!isOurs) throw error;
    const isInside = actor.kind === "citizen";
    return redirect(`${isInside ? ways[PROOF](ask, "/account/ways") : "/sign-in?next="}&why=${error.code}`);
  }
}

const open = { who: ["anyone"], purpose: "account", rate: "guess" } as const;
const own = { who: ["citizen", "citizen_changing"], purpose: "account", rate: "guess" } as const;

export const routes: Route[] = [
  pageRoute({ ...open, method: "GET", path: SIGN_IN, handle: showWay(SIGN_IN) }),
  pageRoute({ ...open, method: "GET", path: `${SIGN_IN}/onward`, handle: goOn(SIGN_IN) }),
  pageRoute({ ...open, method: "GET", path: "/sign-in/eid/return", handle: comeBack }),
  pageRoute({ ...own, method: "GET", path: PROOF, handle: showWay(PROOF) }),
  pageRoute({ ...own, method: "GET", path: `${PROOF}/onward`, handle: goOn(PROOF) }),
];
