import type { Actor } from "../kernel/actor.ts";
import type { Lang } from "../kernel/words.ts";

/** What the frame and the forms of a page need to know of a request. The `Ask` of web/route.ts has all of it. */
export interface PageAsk {
  actor: Actor;
  lang: Lang;
  /** Path and query of this page. */
  here: string;
  /** Where a link finds this page again; undefined: nowhere, so that nothing on it may lead away and back. */
  seenAt?: string | undefined;
  /** The page answers a form that was sent. */
  answersForm?: boolean | undefined;
  formToken: string;
  flash: string | undefined;
  now?: Date;
  /** Console: what must be seen on every page. */
  alarm?: { text: string; href: string; link: string } | undefined;
  cookies: Record<string, string | undefined>;
  house: { settings: { profile: "demo" | "production" } };
}
