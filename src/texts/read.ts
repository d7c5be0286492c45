/** What the pages and the command read: every version of one template in one language, the built-in one with them. */
import type { Db, Tx } from "../db/house.ts";
import { NotFound } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { type TemplateName, templateNames } from "../notices/rules-templates.ts";
import type { Words } from "../notices/rules-words.ts";
import { builtInWords } from "../notices/sentences.ts";
import { BUILT_IN, presentVersion, waitingVersion } from "./rules.ts";
import { listVersions, type Version } from "./store.ts";

export const langs: readonly Lang[] = ["vi", "en"];

export interface TextOf {
  template: TemplateName;
  lang: Lang;
  /** Written by staff, newest first; the built-in one is not among them. */
  versions: readonly Version[];
  present: number;
  waiting: number | undefined;
}

export function getTemplateName(text: string | undefined): TemplateName {
  const found = templateNames.find((name) => name === text);
  if (!found) throw new NotFound("template");
  return found;
}

export function getLang(text: string | undefined): Lang {
  const found = langs.find((lang) => lang === text);
  if (!found) throw new NotFound("template");
  return found;
}

const textOf = (template: TemplateName, lang: Lang, all: readonly Version[], now: Date): TextOf => {
  const versions = all.filter((one) => one.template === template && one.lang === lang);
  return {
    template,
    lang,
    versions,
    present: presentVersion(versions, now),
    waiting: waitingVersion(versions, now),
  };
};

export async function readTexts(db: Db | Tx, now: Date): Promise<TextOf[]> {
  const all = await listVersions(db);
  return templateNames.flatMap((template) => langs.map((lang) => textOf(template, lang, all, now)));
}

export async function readText(db: Db | Tx, template: TemplateName, lang: Lang, now: Date): Promise<TextOf> {
  return textOf(template, lang, await listVersions(db, template), now);
}

/** The words of one version, by its number. */
export function getWords({ template, lang, versions }: TextOf, version: number): Words {
  if (version === BUILT_IN) return builtInWords(template, lang);
  const { sms, subject, body, push } = getVersion(versions, version);
  return { sms, subject, body, push: push || builtInWords(template, lang).push };
}

export function getVersion(versions: readonly Version[], version: number): Version {
  const found = versions.find((one) => one.version === version);
  if (!found) throw new NotFound("version");
  return found;
}
