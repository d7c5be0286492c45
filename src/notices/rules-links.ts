/** Telephones turn into a link whatever looks like an address: no message of ours holds one. */

/** Full stops of other alphabets (fullwidth, ideographic) count in an address too. */
const LOOKS_LIKE_LINK = /[:：]\/\/|[.．。｡](?=\p{L})/u;

/** What a telephone would make a link of, as it stands there; undefined: nothing. */
export function findLink(text: string): string | undefined {
  const found = LOOKS_LIKE_LINK.exec(text);
  if (!found) return undefined;
  const before = text.slice(0, found.index).split(/\s/u).at(-1) ?? "";
  const [after = ""] = text.slice(found.index).split(/\s/u, 1);
  return before + after;
}

/** The same words with a space where an address would go on: "TP. HCM", "https: x. vn". */
export function breakLinks(text: string): string {
  return text.replace(/([:：])\/\/+/gu, "$1 ").replace(/[.．。｡](?=\p{L})/gu, "$& ");
}
