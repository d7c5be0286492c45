import { namedDevice } from "../account/cookies.ts";
import { hindranceOf } from "../account/hindrance.ts";
import { words as accountWords } from "../account/words.ts";
import { recoveryWords } from "../account/words-recovery.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import { sentencesOf } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { partyOf } from "./ask.ts";
import { recoverByTotp } from "./recover-totp.ts";
import { PasskeyRecoveryPage, TotpRecoveryPage } from "./recovery-view.tsx";
import { words } from "./words.ts";

/** Two ways back in that need no message: the authenticator, and a passkey. */

const TOTP = "/account/recovery/authenticator";

async function setByTotp(ask: Ask): Promise<Reply> {
  const { house, form, lang, now } = ask;
  const { login = "", code = "", nextCode = "", newPassword = "" } = form;
  try {
    const { deviceCookie } = await recoverByTotp(house, { login, code, nextCode, newPassword, now });
    const device = namedDevice(deviceCookie, ask.cookies);
    return { kind: "redirect", to: "/sign-in", flash: recoveryWords(lang).done, cookies: [device] };
  } catch (error) {
    if (error instanceof Conflict) return redirect("/sign-in", accountWords(lang).change.meanwhile);
    if (error instanceof Invalid) {
      const faults = sentencesOf(error.faults, { ...accountWords(lang).faults, ...words(lang).faults });
      return page(<TotpRecoveryPage ask={ask} faults={faults} />, error.status);
    }
    const told = hindranceOf(error, lang, now, words(lang).recovery.lockedHelp);
    if (!told) throw error;
    return page(<TotpRecoveryPage ask={ask} hindrance={told.hindrance} />, told.status);
  }
}

const open = { who: ["anyone"], purpose: "account" } as const;

export const routes: Route[] = [
  pageRoute({ ...open, method: "GET", path: TOTP, handle: (ask) => page(<TotpRecoveryPage ask={ask} />) }),
  pageRoute({ ...open, method: "POST", path: TOTP, rate: "guess", handle: setByTotp }),
  pageRoute({
    ...open,
    method: "GET",
    path: "/account/recovery/passkey",
    handle: (ask) => page(<PasskeyRecoveryPage ask={ask} {...partyOf(ask)} />),
  }),
];
