import { NotFound } from "../kernel/failures.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import { findRole } from "./rules.ts";
import { GuidePage, IndexPage } from "./view.tsx";

/** /guides: what to do step by step, with pictures, for each of those who use the system. Open to everybody. */
const open = { method: "GET", who: ["anyone"], purpose: "none" } as const;

function showGuide(ask: Ask): Reply {
  const role = findRole(ask.params.role);
  if (!role) throw new NotFound("page");
  return page(<GuidePage ask={ask} role={role} />);
}

export const routes: Route[] = [
  pageRoute({ ...open, path: "/guides", handle: (ask) => page(<IndexPage ask={ask} />) }),
  pageRoute({ ...open, path: "/guides/:role", handle: showGuide }),
];
