/** With which sentences a message is sent: those of the version that its row names, the built-in ones otherwise. */
import type { Db, House } from "../db/house.ts";
import type { Lang } from "../kernel/words.ts";
import type { TemplateName } from "./rules-templates.ts";
import { namesIn, namesOf, type Sentences, sentencesFrom, wordParts } from "./rules-words.ts";
import { builtInSentences } from "./sentences.ts";
import { findPresentVersion, findWords } from "./store-texts.ts";

export interface Worded {
  template: string;
  lang: Lang;
  template_version: number | null;
}

/** Versions never change: what was read once is good for the life of the process. */
const known = new WeakMap<Db, Map<string, Sentences>>();

/**
 * A version that names a value which this program does not give is not sent: a message goes out with the built-in
 * words rather than not at all. That happens only while an older and a newer program run side by side.
 */
export async function sentencesOf({ db, log }: Pick<House, "db" | "log">, of: Worded): Promise<Sentences> {
  const { lang, template_version: version } = of;
  const template = of.template as TemplateName;
  if (version === null) return builtInSentences(template, lang);
  const kept = known.get(db) ?? new Map<string, Sentences>();
  known.set(db, kept);
  const key = `${template}/${lang}/${version}`;
  const found = kept.get(key);
  if (found) return found;
  const words = await findWords(db, template, lang, version);
  const isFit = words && wordParts.every((part) => isNamedIn(words[part], namesOf(template, part)));
  if (!isFit) {
    log.error({ template, lang, version }, "a version of a message's words does not fit; the built-in words are sent");
    return builtInSentences(template, lang);
  }
  const sentences = { ...sentencesFrom(words), ...(words.push ? {} : { push: builtInSentences(template, lang).push }) };
  kept.set(key, sentences);
  return sentences;
}

const isNamedIn = (text: string, given: readonly string[]) => namesIn(text).every((name) => given.includes(name));

/** What a message that is queued now would say. */
export async function presentSentences(house: House, template: TemplateName, lang: Lang): Promise<Sentences> {
  const version = await findPresentVersion(house.db, template, lang, house.clock.now());
  return sentencesOf(house, { template, lang, template_version: version });
}
