import { homeOfStaff } from "../kernel/actor.ts";
import { formatTime } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import type { PageAsk } from "./page-ask.ts";
import { SignOut } from "./places.tsx";
import type { Face } from "./styles.ts";
import { Wordmark } from "./wordmark.tsx";
import { words } from "./words.ts";

interface HeaderProps {
  ask: PageAsk;
  face: Face;
  officeName?: string | undefined;
}

const homes: Record<Face, string> = { portal: "/", app: "/app", console: "/console" };

export function Header({ ask, face, officeName }: HeaderProps) {
  const said = words(ask.lang);
  const { actor } = ask;
  return (
    <header class="header">
      {ask.house.settings.profile === "demo" ? <p class="demo">{said.demo}</p> : null}
      <div class="header-row">
        <a class="brand" href={face === "console" && actor.kind === "staff" ? homeOfStaff(actor.roles) : homes[face]}>
          <Wordmark tagline={face === "console" ? said.console.name : said.tagline} />
          <span class="unseen">{said.home}</span>
        </a>
        {actor.kind === "staff" && face === "console" ? (
          <p class="who">
            {officeName ? <span class="office">{officeName}</span> : null}
            {actor.owes ? <span>{actor.name}</span> : <a href="/console/me">{actor.name}</a>}
            {actor.unusedUntil && !actor.owes ? (
              <span>{said.console.unusedUntil(formatTime(actor.unusedUntil))}</span>
            ) : null}
          </p>
        ) : null}
        {ask.seenAt === undefined ? null : (
          <a class="language" href={inOtherLanguage(ask.seenAt, ask.lang)} lang={ask.lang === "vi" ? "en" : "vi"}>
            {said.otherLanguage}
          </a>
        )}
        {face === "app" && actor.kind === "citizen" ? <SignOut ask={ask} action="/sign-out" /> : null}
        {face === "console" && actor.kind === "staff" ? <SignOut ask={ask} action="/console/sign-out" /> : null}
      </div>
    </header>
  );
}

/** This page in the other language: same path, same query, another `lang`. */
export function inOtherLanguage(address: string, lang: Lang): string {
  const [path = "/", query = ""] = address.split("?", 2);
  const search = new URLSearchParams(query);
  search.set("lang", lang === "vi" ? "en" : "vi");
  return `${path}?${search}`;
}
