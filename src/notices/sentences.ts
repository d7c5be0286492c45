/** Version 1 of each template: the sentences in the code, and the same as words with braces. */
import type { Lang } from "../kernel/words.ts";
import type { TemplateName } from "./rules-templates.ts";
import { namesOf, type Sentences, type Words } from "./rules-words.ts";
import { messages } from "./words-messages.ts";

export function builtInSentences(template: TemplateName, lang: Lang): Sentences {
  return messages(lang)[template] as unknown as Sentences;
}

export function builtInWords(template: TemplateName, lang: Lang): Words {
  const { sms, subject, body } = builtInSentences(template, lang);
  const names = Object.fromEntries(namesOf(template).map((name) => [name, `{${name}}`]));
  return { sms: sms(names), subject: subject(names), body: body(names) };
}
