import type { Lang } from "./calendar.ts";

export type { Lang } from "./calendar.ts";

/** A sentence, or a sentence with values. */
export type Word = string | ((...values: never[]) => string);

/** English has exactly the keys of Vietnamese, with the same values: a missing one does not compile. */
type Twin<T> = {
  [K in keyof T]: T[K] extends string ? string : T[K] extends Word ? T[K] : Twin<T[K]>;
};

/** A feature's words: `const words = catalogue({...vi}, {...en})`, then `words(lang).title`. */
export function catalogue<const V extends object>(
  vi: V,
  en: Twin<V>,
): ((lang: Lang) => Twin<V>) & { vi: V; en: Twin<V> } {
  return Object.assign((lang: Lang) => (lang === "en" ? en : (vi as unknown as Twin<V>)), { vi, en });
}
