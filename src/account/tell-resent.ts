import type { House } from "../db/house.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { Conflict, NotAllowed, TryLater } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { maskRecipient } from "../notices/rules.ts";
import { type ActivationAsked, resendActivation } from "./resend-activation.ts";
import { words } from "./words.ts";

/** Sends a new activation code and says in one sentence what came of it: pages of several features ask for it. */
export async function resendAndTell(house: House, asked: ActivationAsked, lang: Lang): Promise<string> {
  try {
    const { to, until } = await resendActivation(house, asked);
    return words(lang).activation.sent(maskedContact(to), formatInstant(until, lang));
  } catch (error) {
    const refused = refusalText(error, lang);
    if (!refused) throw error;
    return refused;
  }
}

export function maskedContact(value: string): string {
  return maskRecipient(value.includes("@") ? "email" : "sms", value);
}

function refusalText(error: unknown, lang: Lang): string | undefined {
  const said = words(lang).activation;
  if (error instanceof TryLater && error.code === "asked_too_often") return said.tooOften;
  if (error instanceof NotAllowed && error.code === "already_activated") return said.already;
  if (!(error instanceof Conflict)) return undefined;
  return error.code === "no_contact" ? said.nowhere : said.meanwhile;
}
