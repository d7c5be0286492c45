/** The words of a message with its values in braces, and the sentences made of them. Pure. */
import { deviceNames, shownOnDevices } from "./rules-push.ts";
import { needs, type TemplateName } from "./rules-templates.ts";

export type Values = Readonly<Record<string, string>>;

/** Each value stands as {name}; paragraphs of the e-mail's body stand apart by an empty line. */
export interface Words {
  sms: string;
  subject: string;
  body: string;
  /** On the person's devices; empty for a message that no device shows. */
  push: string;
}
export const wordParts = ["sms", "subject", "body", "push"] as const;
export type WordPart = (typeof wordParts)[number];

/** The parts that a message has. */
export function wordPartsOf(template: TemplateName): WordPart[] {
  return wordParts.filter((part) => part !== "push" || template in shownOnDevices);
}

export type Sentences = { readonly [Part in WordPart]: (values: Values) => string };

export function sentencesFrom(words: Words): Sentences {
  return {
    sms: (values) => fill(words.sms, values),
    subject: (values) => fill(words.subject, values),
    body: (values) => fill(words.body, values),
    push: (values) => fill(words.push, values),
  };
}

/** Every value that this part of the template may name, secret or not. A device is told least. */
export function namesOf(template: TemplateName, part: WordPart = "body"): string[] {
  return part === "push" ? deviceNames(template) : [...needs[template].fields, ...needs[template].secrets];
}

const BRACED = /\{(\w+)\}/g;

export function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(BRACED)].map(([, name]) => name ?? ""))];
}

/** A value that holds braces itself is not read again. */
function fill(text: string, values: Values): string {
  return text.replace(BRACED, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new TypeError(`lacks ${name}`);
    return value;
  });
}
