import { parseFileCode } from "../kernel/file-code.ts";
import { tokenNaming } from "../web/form-token.ts";
import { type Ask, type PageRoute, page, type Reply, type Route } from "../web/route.ts";
import { openCode } from "./citizen-visit.tsx";
import { PASS_COOKIE, passCookie, passesOf, readPass } from "./file-pass.ts";
import { OtherFilePage, REOPEN } from "./other-file-page.tsx";

/** They begin a file, open one, or close what is open: their forms are of no file. */
const OF_NO_FILE = ["/register/resume", "/register/leave"];

/**
 * One browser has one file open, and two tabs may show two. Every form below /register names the file of its page, and
 * is taken for no other: what was typed for one person never lands on another's paper. A form that names none was made
 * by the version before.
 */
export function ofOpenFile(routes: readonly Route[]): Route[] {
  return routes.map((route) =>
    route.kind === "page" && route.path.startsWith("/register/") && !OF_NO_FILE.includes(route.path)
      ? { ...route, handle: (ask: Ask) => answer(ask, route) }
      : route,
  );
}

function answer(ask: Ask, route: PageRoute): Promise<Reply> | Reply {
  const open = openCode(ask);
  if (!open) return route.handle(ask);
  const named = ask.formFile && parseFileCode(ask.formFile);
  if (route.method === "GET" || !named || named === open) return route.handle(naming(ask, open));
  const pass = passesOf(ask).find((one) => readPass(ask.house.vault, one, ask.now) === named);
  if (pass && ask.form[REOPEN] === "yes") return reopened(ask, route, { named, pass });
  return page(
    <OtherFilePage ask={{ ...ask, seenAt: undefined }} named={named} open={open} isKept={pass !== undefined} />,
    409,
  );
}

/** The person has said that the other file is meant: it is the open one from here on. */
async function reopened(ask: Ask, route: PageRoute, { named, pass }: { named: string; pass: string }): Promise<Reply> {
  const inside = { ...ask, cookies: { ...ask.cookies, [PASS_COOKIE]: pass } };
  const reply = await route.handle(naming(inside, named));
  const given = "clearCookies" in reply && reply.clearCookies?.includes(PASS_COOKIE) ? [] : [passCookie(pass)];
  return { ...reply, cookies: [...given, ...(reply.cookies ?? [])] };
}

const naming = (ask: Ask, file: string): Ask => ({ ...ask, formToken: tokenNaming(ask.formToken, file) });
