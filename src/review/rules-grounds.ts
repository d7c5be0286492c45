import { z } from "zod";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import type { Lang } from "../kernel/words.ts";
import type { Field } from "./rules.ts";

/**
 * Why a file may be refused (letter 330, annex 1, step 4: never without grounds). The grounds are a dated code
 * list, "refusal_ground": each has a label for the officer, a sentence that tells the person what to do, and
 * what to bring. Pure: the list comes in as rows.
 */
export interface Ground {
  code: string;
  /** Fields whose difference suggests it: offered first, never ticked for the officer. */
  fields: readonly Field[];
  said: Record<Lang, GroundWords>;
}

export interface GroundWords {
  label: string;
  /** Fits one text message; empty where the officer must write it. */
  sentence: string;
  bring: string;
}

interface Entry {
  code: string;
  validFrom: string;
  validTo: string | null;
  nameVi: string;
  nameEn: string;
  detail: unknown;
}

const spoken = z.object({ sentence: z.string(), bring: z.string() });
const detailShape = z.object({
  order: z.number().default(99),
  fields: z.array(z.enum(["insurance_number", "id_number", "name", "birth", "sex", "phone"])).default([]),
  vi: spoken,
  en: spoken,
});

/** The grounds in force on an ISO day, in the order in which officers see them. */
export function groundsOn(entries: readonly Entry[], day: string): Ground[] {
  return entries
    .filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo))
    .map(({ code, nameVi, nameEn, detail }) => {
      const { order, fields, vi, en } = detailShape.parse(detail);
      return { code, order, fields, said: { vi: { label: nameVi, ...vi }, en: { label: nameEn, ...en } } };
    })
    .sort((a, b) => a.order - b.order || (a.code < b.code ? -1 : 1));
}

/** Labels of grounds of any time: what a decision of years ago is called in its history. */
export function groundLabels(entries: readonly Entry[], lang: Lang): Map<string, string> {
  return new Map(entries.map(({ code, nameVi, nameEn }) => [code, lang === "vi" ? nameVi : nameEn]));
}

/** Grounds that differing fields suggest. */
export function groundsFor(grounds: readonly Ground[], fields: readonly Field[]): string[] {
  return grounds.filter((ground) => ground.fields.some((field) => fields.includes(field))).map(({ code }) => code);
}

export interface Refusal {
  grounds: string[];
  /** What the person will read. */
  sentence: string;
}

/** Longest sentence to the person: two text messages without marks. */
export const SENTENCE_AT_MOST = 220;

/** Grounds of today are mandatory; so is a sentence that a person can act on (letter 330, annex 1, step 4). */
export function parseRefusal(
  known: readonly Ground[],
  asked: readonly string[],
  sentence: string,
): Outcome<Refusal, Fault[]> {
  const grounds = known.filter(({ code }) => asked.includes(code)).map(({ code }) => code);
  const said = sentence.normalize("NFC").replace(/\s+/gu, " ").trim();
  const faults: Fault[] = [];
  if (grounds.length === 0 || grounds.length < new Set(asked).size)
    faults.push({ field: "grounds", key: "grounds_missing" });
  if (!/\p{L}/u.test(said)) faults.push({ field: "sentence", key: "sentence_missing" });
  if (said.length > SENTENCE_AT_MOST) {
    faults.push({ field: "sentence", key: "sentence_long", values: { atMost: SENTENCE_AT_MOST } });
  }
  if (/https?:|www\.|\p{Cc}/iu.test(said)) faults.push({ field: "sentence", key: "sentence_link" });
  return faults.length > 0 ? bad(faults) : good({ grounds, sentence: said });
}

/**
 * The sentence that the grounds suggest, in the language of the declaration: the officer may change it. Of several,
 * what each says is wrong comes first, as a text message may be cut at its end; then what to do, as far as it fits.
 * Empty where one of them has to be written.
 */
export function draftSentence(known: readonly Ground[], asked: readonly string[], lang: Lang): string {
  const chosen = sentencesFor(known, asked, lang);
  if (chosen.includes("")) return "";
  if (chosen.length < 2) return chosen[0] ?? "";
  const acts = [...new Set(chosen.map((sentence) => partsOf(sentence).act).filter(Boolean))];
  const [firstAct = ""] = acts;
  const named = joinedUpTo(SENTENCE_AT_MOST - firstAct.length - 1, reasonsOf(known, asked, lang));
  return joinedUpTo(SENTENCE_AT_MOST, [named, ...acts]);
}

/** What each chosen ground says is wrong, without what to do; one that has to be written says nothing. */
export function reasonsOf(known: readonly Ground[], asked: readonly string[], lang: Lang): string[] {
  const reasons = sentencesFor(known, asked, lang).map((sentence) => partsOf(sentence).reason);
  return [...new Set(reasons.filter(Boolean))];
}

const sentencesFor = (known: readonly Ground[], asked: readonly string[], lang: Lang) =>
  known.filter(({ code }) => asked.includes(code)).map(({ said }) => said[lang].sentence);

/** The first of its sentences says what is wrong, the rest what to do. */
function partsOf(sentence: string): { reason: string; act: string } {
  const end = sentence.indexOf(". ");
  if (end < 0) return { reason: sentence, act: "" };
  return { reason: sentence.slice(0, end + 1), act: sentence.slice(end + 2) };
}

/** Sentences one after the other, each that still fits. */
const joinedUpTo = (most: number, sentences: readonly string[]) =>
  sentences.reduce((whole, one) => {
    const longer = whole === "" ? one : `${whole} ${one}`;
    return longer.length > most ? whole : longer;
  }, "");
