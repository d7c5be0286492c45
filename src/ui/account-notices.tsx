import { formatDay, formatInstant } from "../kernel/calendar.ts";
import { liftPage } from "../kernel/next-page.ts";
import { Notice } from "./notice.tsx";
import type { PageAsk } from "./page-ask.ts";
import { words } from "./words.ts";

/** What an account has to tell on each of its pages: the password ends soon; an SMS reset is still limited. */
export function AccountNotices({ ask }: { ask: Pick<PageAsk, "actor" | "lang" | "here"> }) {
  const { actor, lang, here } = ask;
  if (actor.kind !== "citizen") return null;
  const said = words(lang).account;
  const { passwordEndsOn, limitedUntil } = actor;
  return (
    <>
      {passwordEndsOn && !here.startsWith("/account/password") ? (
        <Notice kind="warning">
          <p>
            {said.passwordEnds(formatDay(passwordEndsOn, lang))} <a href="/account/password">{said.changePassword}</a>
          </p>
        </Notice>
      ) : null}
      {limitedUntil ? (
        <Notice kind="info" title={said.limitedTitle}>
          <p>{said.limited(formatInstant(limitedUntil, lang))}</p>
          {here.startsWith("/account/proof") ? null : (
            <p>
              <a href={liftPage(here)}>{said.lift}</a>. {said.atCounter}
            </p>
          )}
        </Notice>
      ) : null}
    </>
  );
}
