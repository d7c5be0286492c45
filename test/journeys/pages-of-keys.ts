import type { PageState } from "./open-pages.ts";
import type { Walk } from "./signed-in.ts";
import { named } from "./who-of-keys.ts";

/** Pages with the button of a passkey: at the address to which passkeys belong, where script makes it. */

const at = (path: string) => async (walk: Walk) => `${named(walk)}${path}`;
const passkeyScript = { scriptBytes: 5000 };

export const keysPages: readonly PageState[] = [
  {
    says: "a sign-in with the button of a passkey",
    route: "/sign-in",
    who: "stranger",
    at: at("/sign-in"),
    ...passkeyScript,
  },
  {
    says: "a recovery with the button of a passkey",
    route: "/account/recovery/passkey",
    who: "stranger",
    at: at("/account/recovery/passkey"),
    ...passkeyScript,
  },
  { says: "the ways to sign in with a passkey", route: "/account/ways", who: "keyholder", at: at("/account/ways") },
  {
    says: "proving oneself with the button of a passkey",
    route: "/account/proof",
    who: "keyholder",
    at: at("/account/proof?next=/account/contact/phone&two=1"),
    ...passkeyScript,
  },
  {
    says: "one passkey",
    route: "/account/ways/passkeys/:id",
    who: "keyholder",
    async at(walk) {
      const page = await walk.pageOf("keyholder");
      const shown = await (await page.request.get(`${named(walk)}/account/ways`)).text();
      return `${named(walk)}${/href="(\/account\/ways\/passkeys\/[\w-]+)"/.exec(shown)?.[1]}`;
    },
  },
];
