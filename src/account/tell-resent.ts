import { codeBudget } from "../codes/rules.ts";
import { words as codeWords } from "../codes/words.ts";
import type { House } from "../db/house.ts";
import { dayOf, formatInstant } from "../kernel/calendar.ts";
import { Conflict, NotAllowed, TryLater } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { maskRecipient } from "../notices/rules.ts";
import { policyOn } from "../policy/store.ts";
import { type ActivationAsked, resendActivation } from "./resend-activation.ts";
import { words } from "./words.ts";

/** Sends a new activation code and says in one sentence what came of it: pages of several features ask for it. */
export async function resendAndTell(house: House, asked: ActivationAsked, lang: Lang): Promise<string> {
  try {
    const { to, until } = await resendActivation(house, asked);
    return words(lang).activation.sent(maskedContact(to), formatInstant(until, lang));
  } catch (error) {
    const refused = await refusalText(house, error, lang, asked.now);
    if (!refused) throw error;
    return refused;
  }
}

export function maskedContact(value: string): string {
  return maskRecipient(value.includes("@") ? "email" : "sms", value);
}

async function refusalText(house: House, error: unknown, lang: Lang, now: Date): Promise<string | undefined> {
  const said = words(lang).activation;
  if (error instanceof TryLater && error.code === "asked_too_often") {
    const most = await policyOn(house.db, codeBudget, dayOf(now));
    return said.tooOften(codeWords(lang).most(most));
  }
  if (error instanceof NotAllowed && error.code === "already_activated") return said.already;
  if (!(error instanceof Conflict)) return undefined;
  return error.code === "no_contact" ? said.nowhere : said.meanwhile;
}
