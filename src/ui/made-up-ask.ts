import type { PageAsk } from "./page-ask.ts";

/** A request for tests of views: a stranger, in Vietnamese, in the demo. */
export function madeUpAsk(change: Partial<PageAsk> = {}): PageAsk {
  return {
    actor: { kind: "anyone" },
    lang: "vi",
    here: "/register/name",
    seenAt: "/register/name",
    formToken: "token-1",
    flash: undefined,
    cookies: {},
    house: { settings: { profile: "demo" } },
    ...change,
  };
}
