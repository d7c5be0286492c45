import { foldName } from "../kernel/names.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import { ANSWER_AT_MOST, type Category } from "./rules-ticket.ts";

/** The library of answers: versions, two persons before anything is public, and which answer fits a note. Pure. */

export interface AnswerWords {
  category: string;
  questionVi: string;
  bodyVi: string;
  questionEn: string;
  bodyEn: string;
}

const QUESTION_AT_MOST = 160;

type Form = Readonly<Record<string, string | undefined>>;

/** Both languages whole: every page for citizens exists in English. */
export function parseAnswerWords(form: Form, categories: readonly Category[]): Outcome<AnswerWords, Fault[]> {
  const tidy = (field: string) => (form[field] ?? "").normalize("NFC").replace(/\s+/gu, " ").trim();
  const category = categories.find(({ code }) => code === form.category)?.code;
  const faultOf = (field: string, most: number): Fault[] => {
    const text = tidy(field);
    if (!/\p{L}{2}/u.test(text)) return [{ field, key: "words_missing" }];
    if (text.length > most) return [{ field, key: "words_long", values: { left: most } }];
    return /https?:|www\./iu.test(text) ? [{ field, key: "answer_link" }] : [];
  };
  const faults = [
    ...(category ? [] : [{ field: "category", key: "category_missing" }]),
    ...faultOf("question_vi", QUESTION_AT_MOST),
    ...faultOf("body_vi", ANSWER_AT_MOST),
    ...faultOf("question_en", QUESTION_AT_MOST),
    ...faultOf("body_en", ANSWER_AT_MOST),
  ];
  if (!category || faults.length > 0) return bad(faults);
  return good({
    category,
    questionVi: tidy("question_vi"),
    bodyVi: tidy("body_vi"),
    questionEn: tidy("question_en"),
    bodyEn: tidy("body_en"),
  });
}

/** The name of a new answer, from its question: quen-mat-khau. */
export function keyOf(questionVi: string): string {
  const words = foldName(questionVi).match(/[a-z0-9]+/g) ?? [];
  return words.slice(0, 8).join("-").slice(0, 60) || "cau-tra-loi";
}

export type AnswerState = "draft" | "public" | "retired";

export function stateOf(version: { approvedAt: Date | null; retiredAt: Date | null }): AnswerState {
  if (version.retiredAt) return "retired";
  return version.approvedAt ? "public" : "draft";
}

export interface Findable {
  questionVi: string;
  bodyVi: string;
  questionEn: string;
  bodyEn: string;
}

/** Words that are in every question. */
const EMPTY_WORDS = new Set(
  "toi ong ba co khong duoc bi thi la va cho cua nay nao sao the lam gi o the to is do my how what can not".split(" "),
);

const wordsOf = (text: string) =>
  new Set((foldName(text).match(/[\p{L}\d]+/gu) ?? []).filter((word) => word.length > 1 && !EMPTY_WORDS.has(word)));

/** The answers that share most words with what was typed, with or without marks, the best first; none without a word. */
export function rankAnswers<T extends Findable>(typed: string, answers: readonly T[], most: number): T[] {
  const asked = wordsOf(typed.slice(0, 500));
  const scored = answers.map((answer) => {
    const question = wordsOf(`${answer.questionVi} ${answer.questionEn}`);
    const body = wordsOf(`${answer.bodyVi} ${answer.bodyEn}`);
    const score = [...asked].reduce((sum, word) => sum + (question.has(word) ? 3 : body.has(word) ? 1 : 0), 0);
    return { answer, score };
  });
  return scored
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ answer }) => answer);
}
