import { dayOf, formatDay } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import { needs } from "../notices/rules-templates.ts";
import { renderWords } from "../notices/templates.ts";
import { addressLine } from "../registration/rules-answers.ts";
import type { OpenedTask } from "./desk.ts";
import { words } from "./words.ts";

/** What the letter says, on the page and on paper: the result in the person's language, without a password. */
export interface Letter {
  lang: Lang;
  title: string;
  day: string;
  /** Empty when the answers are wiped. */
  name: string;
  address: string;
  about: string;
  /** The result, then where to go. */
  paragraphs: string[];
}

export function letterOf({ file, name, code, text }: OpenedTask, now: Date): Letter {
  const said = words(file.lang).letter;
  return {
    lang: file.lang,
    title: said.title,
    day: formatDay(dayOf(now), file.lang),
    name: name ?? "",
    address: file.answers.address ? addressLine(file.answers.address) : "",
    about: said.about(code),
    paragraphs: [...(text ? paragraphsOf(text, said.covered) : []), said.come],
  };
}

function paragraphsOf({ notice, sentences }: NonNullable<OpenedTask["text"]>, cover: string): string[] {
  const { template, lang, fields } = notice;
  const covers = Object.fromEntries(needs[template].secrets.map((key) => [key, cover]));
  return renderWords(template, lang, { ...fields, ...covers }, sentences).paragraphs;
}
