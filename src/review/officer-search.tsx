import { NotFound } from "../kernel/failures.ts";
import { type Ask, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { hideTyped, TYPED } from "../web/typed-query.ts";

/** POST /console/search: what is typed into a search of the desk is posted, and goes on under a seal. */
const PLACES = ["/console", "/console/find", "/console/roster"];
const CHOSEN = ["show", "holder", "office", "way", "unit"];

function search(ask: Ask): Reply {
  const to = PLACES.find((one) => one === ask.form.to);
  if (!to) throw new NotFound("page");
  const parts = new URLSearchParams();
  for (const name of [...CHOSEN, ...TYPED]) {
    const value = ask.form[name];
    if (value) parts.set(name, value);
  }
  return redirect(hideTyped(ask, `${to}?${parts}`));
}

export const routes: Route[] = [
  pageRoute({ method: "POST", path: "/console/search", who: ["any_staff"], purpose: "review", handle: search }),
];
