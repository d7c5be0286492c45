/** The words of a message with its values in braces, and the sentences made of them. Pure. */
import { needs, type TemplateName } from "./rules-templates.ts";

export type Values = Readonly<Record<string, string>>;

/** Each value stands as {name}; paragraphs of the e-mail's body stand apart by an empty line. */
export interface Words {
  sms: string;
  subject: string;
  body: string;
}
export const wordParts = ["sms", "subject", "body"] as const;
export type WordPart = (typeof wordParts)[number];

export type Sentences = { readonly [Part in WordPart]: (values: Values) => string };

export function sentencesFrom(words: Words): Sentences {
  return {
    sms: (values) => fill(words.sms, values),
    subject: (values) => fill(words.subject, values),
    body: (values) => fill(words.body, values),
  };
}

/** Every value that this template has, secret or not. */
export function namesOf(template: TemplateName): string[] {
  return [...needs[template].fields, ...needs[template].secrets];
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
