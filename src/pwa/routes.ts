import { NotFound } from "../kernel/failures.ts";
import { awayWords } from "../ui/index.ts";
import { buildStamp, findAsset, islandParts } from "../web/islands.ts";
import { type Ask, pageRoute, type Reply, type Route } from "../web/route.ts";
import away from "./away.js?raw";
import badge96 from "./badge-96.png?inline";
import counterKeys from "./counter-keys.js?raw";
import favicon from "./favicon.svg?raw";
import hold from "./hold.js?raw";
import icon192 from "./icon-192.png?inline";
import icon512 from "./icon-512.png?inline";
import { manifest } from "./manifest.ts";
import pass from "./pass.js?raw";
import passkey from "./passkey.js?raw";
import push from "./push.js?raw";
import { shellOf, withShell } from "./shell.ts";
import showPassword from "./show-password.js?raw";
import stay from "./stay.js?raw";
import serviceWorker from "./sw.js?raw";

/** The few files beside the pages: icons, manifest, the small scripts, and what robots may read. */
const DAY_SECONDS = 24 * 3600;
const YEAR_SECONDS = 365 * DAY_SECONDS;
const SCRIPT = "text/javascript; charset=utf-8";
const robots = "User-agent: *\nAllow: /$\nAllow: /help\nAllow: /guides\nAllow: /privacy\nDisallow: /\n";

/** `private`: the answer may carry a visitor's cookie, which no shared cache may keep. */
function fileAt(path: string, type: string, bytes: string | Uint8Array): Route {
  return pageRoute({
    method: "GET",
    path,
    who: ["anyone"],
    purpose: "none",
    handle: () => ({ kind: "bytes", type, bytes, cache: `private, max-age=${DAY_SECONDS}` }),
  });
}

/** Built scripts: another content has another name, so that one copy serves for ever. */
async function showAsset({ house, params }: Ask): Promise<Reply> {
  const asset = await findAsset(params.file ?? "", house.settings.dataDir);
  if (!asset) throw new NotFound("page");
  return { kind: "bytes", ...asset, cache: `private, max-age=${YEAR_SECONDS}, immutable` };
}

/** "data:image/png;base64,…", as the bundler gives it, back to bytes. */
const bytesOf = (inlined: string): Uint8Array => Buffer.from(inlined.slice(inlined.indexOf(",") + 1), "base64");

/** Its list names only what this house has. */
function showWorker({ house }: Ask): Reply {
  const verifies = (house.settings.cardKeys ?? []).length > 0;
  const bytes = withShell(serviceWorker, shells[verifies ? "verifying" : "plain"]);
  return { kind: "bytes", type: SCRIPT, bytes, cache: "private, no-cache" };
}

const built = { stamp: buildStamp(), partsOf: islandParts };
const shells = {
  plain: shellOf({ ...built, verifies: false }),
  verifying: shellOf({ ...built, verifies: true }),
};

export const routes: Route[] = [
  fileAt("/manifest.webmanifest", "application/manifest+json; charset=utf-8", JSON.stringify(manifest)),
  fileAt("/favicon.svg", "image/svg+xml; charset=utf-8", favicon),
  fileAt("/icon-192.png", "image/png", bytesOf(icon192)),
  fileAt("/icon-512.png", "image/png", bytesOf(icon512)),
  fileAt("/badge-96.png", "image/png", bytesOf(badge96)),
  fileAt("/push.js", SCRIPT, push),
  pageRoute({ method: "GET", path: "/sw.js", who: ["anyone"], purpose: "none", handle: showWorker }),
  fileAt("/pass.js", SCRIPT, pass),
  fileAt("/hold.js", SCRIPT, hold),
  fileAt("/away.js", SCRIPT, away.replace('"WORDS"', JSON.stringify(awayWords))),
  fileAt("/stay.js", SCRIPT, stay),
  fileAt("/passkey.js", SCRIPT, passkey),
  fileAt("/show-password.js", SCRIPT, showPassword),
  pageRoute({ method: "GET", path: "/assets/:file", who: ["anyone"], purpose: "none", handle: showAsset }),
  fileAt("/counter-keys.js", SCRIPT, counterKeys),
  fileAt("/robots.txt", "text/plain; charset=utf-8", robots),
];
