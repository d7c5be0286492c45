import { TEXT_SIZE_COOKIE, TEXT_SIZES } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import { PrivacyPage } from "./privacy.tsx";
import { StartPage } from "./start.tsx";

/** The pages that everybody may read without telling who they are, and the size of their text. */
const YEAR_SECONDS = 365 * 24 * 3600;

function chooseTextSize({ form }: Ask): Reply {
  const size = TEXT_SIZES.find((one) => one === form.size) ?? "m";
  return {
    kind: "redirect",
    to: ownPath(form.back ?? ""),
    cookies: [{ name: TEXT_SIZE_COOKIE, value: size, maxAgeSeconds: YEAR_SECONDS }],
  };
}

/** A path of ours, or the start page: a form field never sends anybody to another site. */
function ownPath(text: string): string {
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(text) ? text : "/";
}

const open = { method: "GET", who: ["anyone"], purpose: "none" } as const;

export const routes: Route[] = [
  pageRoute({ ...open, path: "/", handle: (ask) => page(<StartPage ask={ask} />) }),
  pageRoute({ ...open, path: "/privacy", handle: (ask) => page(<PrivacyPage ask={ask} />) }),
  pageRoute({ ...open, method: "POST", path: "/text-size", handle: chooseTextSize }),
];
