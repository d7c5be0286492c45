import { type RawBuilder, sql } from "kysely";
import { foldName } from "../kernel/names.ts";

/**
 * A name is looked for within an office: every folded word stands in the index with the office before it, so
 * that words are found in any order and no other office's names are read. The expression is the index's own.
 */
const wordsOfName = sql`array_to_tsvector(string_to_array(office_code || '.' || replace(translate(folded_name, '-''’‘ʼ\`', ' '), ' ', ' ' || office_code || '.'), ' '))`;

const WORDS_AT_MOST = 8;

/** "Y Moan", "K’Brôi" and "kbroi" as the index holds them: folded, without apostrophes, cut at everything else. */
export function nameWords(typed: string): string[] {
  return foldName(typed)
    .replaceAll("'", "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .slice(0, WORDS_AT_MOST);
}

/** Names in these offices that hold all these words, whole or as beginnings. */
export function hasWords(
  officeCodes: readonly string[],
  words: readonly string[],
  how: "whole" | "beginnings",
): RawBuilder<boolean> {
  const ending = how === "beginnings" ? ":*" : "";
  const quoted = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'${ending}`;
  const perOffice = officeCodes.map((office) => `(${words.map((word) => quoted(`${office}.${word}`)).join(" & ")})`);
  return sql<boolean>`${wordsOfName} @@ ${perOffice.join(" | ")}::tsquery`;
}
