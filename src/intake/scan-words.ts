/** Words of the tables come again in file after file: names, units, diagnoses. Each is decoded once. */

const WORDS_MAX = 8192;
const WORD_BYTES_MAX = 160;
const words = new Map<string, string>();

/** The text between two places of UTF-8 bytes; `signs` has a sign for each byte. */
export function decodedIn(bytes: Buffer, signs: string, from: number, to: number): string {
  if (to - from > WORD_BYTES_MAX) return bytes.toString("utf8", from, to);
  const written = signs.slice(from, to);
  const known = words.get(written);
  if (known !== undefined) return known;
  const word = bytes.toString("utf8", from, to);
  if (words.size === WORDS_MAX) words.clear();
  // A piece of the signs would hold all of them.
  words.set(` ${written}`.slice(1), word);
  return word;
}
