/** Telephones turn into a link whatever looks like an address: no message of ours holds one. */

/** Full stops of other alphabets (fullwidth, ideographic) count in an address too. */
const LOOKS_LIKE_LINK = /\S*(?:[:：]\/\/|[.．。｡](?=\p{L}))\S*/u;

/** What a telephone would make a link of, as it stands there; undefined: nothing. */
export function findLink(text: string): string | undefined {
  return LOOKS_LIKE_LINK.exec(text)?.[0];
}

/** The same words with a space where an address would go on: "TP. HCM", "https: x. vn". */
export function breakLinks(text: string): string {
  return text.replace(/([:：])\/\/+/gu, "$1 ").replace(/[.．。｡](?=\p{L})/gu, "$& ");
}
