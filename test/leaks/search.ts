/** One pass over a text for many tokens at once, and for whatever has the shape of a number, an address, a code, a key. */
import { foldName } from "../../src/kernel/names.ts";
import type { Token, TokenKind } from "./tokens.ts";

export type HitKind = TokenKind | "e-mail" | "code" | "token of a session";

export interface Hit {
  kind: HitKind;
  text: string;
}

const wordOf = /[\p{L}\p{M}\d]+/gu;
const wordsOf = (text: string): string[] => text.normalize("NFC").match(wordOf) ?? [];
/** As marks are lost in SMS and in sorted columns. */
const folded = (text: string): string[] => foldName(text).match(wordOf) ?? [];

/** Identifiers of our own rows, and hashes: digits in them say nothing. */
const opaque = /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b|\b[\da-f]{32,}\b/gi;

const shapes: readonly { kind: HitKind; pattern: RegExp }[] = [
  { kind: "number", pattern: /(?<![\w.])(?:\d{9,10}|\d{12}|(?:\+?84)\d{9}|[A-Z]{2}\d{13})(?!\w)/g },
  { kind: "e-mail", pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g },
  { kind: "code", pattern: /\bBD-[2-9A-Z]{4}-[2-9A-Z]{4}\b|\b[a-z]{4}-[a-z]{4}-[a-z]{4}-\d{4}\b|\b\d{6}\b|\b\d{8}\b/g },
  { kind: "token of a session", pattern: /(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{43}(?![\w-])/g },
];

interface Phrase {
  hit: Hit;
  words: readonly string[];
}

export class Search {
  readonly #asWritten = new Map<string, Phrase[]>();
  readonly #folded = new Map<string, Phrase[]>();
  readonly size: number;

  constructor(tokens: readonly Token[]) {
    this.size = tokens.length;
    for (const hit of tokens) {
      const isName = hit.kind === "name";
      const plain = folded(hit.text);
      if (hit.kind !== "health") add(this.#asWritten, { hit, words: wordsOf(hit.text) });
      // Two folded words are too often two words of a sentence ("Lý Do").
      if (hit.kind === "health" || (isName && plain.length > 2)) add(this.#folded, { hit, words: plain });
    }
  }

  /** What of these kinds stands in the text, each once. */
  hitsIn(text: string, kinds: ReadonlySet<HitKind>): Hit[] {
    const clean = text.replace(opaque, " ");
    const found = [...phrasesIn(this.#asWritten, wordsOf(clean)), ...phrasesIn(this.#folded, folded(clean))];
    for (const { kind, pattern } of shapes) {
      if (kinds.has(kind)) found.push(...(clean.match(pattern) ?? []).map((hit) => ({ kind, text: hit })));
    }
    const wanted = found.filter(({ kind }) => kinds.has(kind));
    const once = [...new Map(wanted.map((hit) => [`${hit.kind} ${hit.text}`, hit])).values()];
    return once.filter(
      (hit) => !once.some((other) => other !== hit && other.kind === hit.kind && other.text.includes(hit.text)),
    );
  }
}

function add(known: Map<string, Phrase[]>, phrase: Phrase): void {
  const [first] = phrase.words;
  if (first === undefined) return;
  const all = known.get(first) ?? [];
  all.push(phrase);
  known.set(first, all);
}

function* phrasesIn(known: ReadonlyMap<string, Phrase[]>, words: readonly string[]): Generator<Hit> {
  for (let at = 0; at < words.length; at += 1) {
    for (const { hit, words: wanted } of known.get(words[at] ?? "") ?? []) {
      if (wanted.every((word, after) => words[at + after] === word)) yield hit;
    }
  }
}
