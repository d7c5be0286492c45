import type { Lang } from "../kernel/words.ts";
import { words } from "./words.ts";

/** A code of ours, of a mail server or of the network, as a sentence. */
export function errorText(code: string, lang: Lang): string {
  const { errors, errorOf } = words(lang);
  if (code in errors) return errors[code as keyof typeof errors];
  if (code.startsWith("gave_up:")) return errorOf.gaveUp(errorText(code.slice("gave_up:".length), lang));
  if (code.startsWith("smtp_")) return errorOf.smtp(code.slice("smtp_".length));
  if (code.startsWith("push_")) return errorOf.push(code.slice("push_".length));
  if (code.startsWith("smpp_")) return errorOf.smpp(code.slice("smpp_".length));
  return errorOf.other(code);
}
