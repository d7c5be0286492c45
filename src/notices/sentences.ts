/** Version 1 of each template: the sentences in the code, and the same as words with braces. */
import type { Lang } from "../kernel/words.ts";
import type { TemplateName } from "./rules-templates.ts";
import { namesOf, type Sentences, type Words } from "./rules-words.ts";
import { messages } from "./words-messages.ts";
import { pushWords } from "./words-push.ts";

export function builtInSentences(template: TemplateName, lang: Lang): Sentences {
  const onDevices = pushWords(lang) as unknown as Record<string, Sentences["push"]>;
  const { sms, subject, body } = messages(lang)[template] as unknown as Sentences;
  return { sms, subject, body, push: onDevices[template] ?? (() => "") };
}

export function builtInWords(template: TemplateName, lang: Lang): Words {
  const { sms, subject, body, push } = builtInSentences(template, lang);
  const names = braced(namesOf(template));
  return { sms: sms(names), subject: subject(names), body: body(names), push: push(braced(namesOf(template, "push"))) };
}

const braced = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, `{${name}}`]));
