import { anyone } from "../kernel/actor.ts";
import type { Vault } from "../vault/vault.ts";
import { type Ask, type Cookie, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { resendAndTell } from "./tell-resent.ts";

/**
 * A new activation code for whoever knew the ended one. What they knew is kept for a quarter of an hour in a
 * sealed cookie of this browser: the number they typed need not be asked again, and nobody else can ask.
 */
const TICKET_COOKIE = "vssid_activation";
const TICKET_SECONDS = 15 * 60;
const PURPOSE = "activation-ticket";

export function activationTicket(vault: Vault, personId: string, now: Date): Cookie {
  const until = now.getTime() + TICKET_SECONDS * 1000;
  const sealed = vault.seal(PURPOSE, Buffer.from(`${personId}.${until}`), PURPOSE);
  return { name: TICKET_COOKIE, value: sealed.toString("base64url"), maxAgeSeconds: TICKET_SECONDS };
}

function readTicket(vault: Vault, ticket: string | undefined, now: Date): string | undefined {
  try {
    const opened = vault.open(PURPOSE, Buffer.from(ticket ?? "", "base64url"), PURPOSE).toString();
    const [personId, until] = opened.split(".");
    return now.getTime() < Number(until) ? personId : undefined;
  } catch {
    return undefined;
  }
}

async function postFromSignIn(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const personId = readTicket(house.vault, ask.cookies[TICKET_COOKIE], now);
  if (!personId) return redirect("/sign-in");
  const flash = await resendAndTell(house, { personId, by: anyone, now }, lang);
  return { kind: "redirect", to: "/sign-in", flash, clearCookies: [TICKET_COOKIE] };
}

export const routes: Route[] = [
  pageRoute({
    method: "POST",
    path: "/sign-in/activation",
    who: ["anyone"],
    purpose: "account",
    rate: "guess",
    handle: postFromSignIn,
  }),
];
