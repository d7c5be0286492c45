/** Damage to files, drawn from a seed: one mutation of a text a call. For the fuzz trial and its short test. */
const PIECES = [
  "<", ">", "/", "&", "\"", "'", "]]>", "<![CDATA[", "<!--", "-->", "<?x ?>", "\u0000", "\ufeff", "\r", "&amp;", "&#0;",
  "&lol;", "<HOSO>", "</HOSO>", "<FILEHOSO>", "</FILEHOSO>", "<NOIDUNGFILE>", "</NOIDUNGFILE>", "<LOAIHOSO>XML99</LOAIHOSO>",
  "<TONG_HOP>", "</TONG_HOP>", "====", "\u00a0", "ấ\u0301", "😀", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "<a b='c'/>",
]; // biome-ignore format: a list

export type Random = () => number;

/** mulberry32: the same seed gives the same damage. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `pieces`: what may be put in; those of claim files unless said. */
export function mutate(text: string, random: Random, pieces: readonly string[] = PIECES): string {
  const place = (length: number) => Math.floor(random() * (length + 1));
  let changed = text;
  for (let left = 1 + Math.floor(random() * 3); left > 0; left -= 1) {
    const at = place(changed.length);
    const end = Math.min(changed.length, at + place(40));
    const piece = pieces[Math.floor(random() * pieces.length)] ?? "";
    const way = Math.floor(random() * 5);
    if (way === 0) changed = changed.slice(0, at) + piece + changed.slice(at);
    else if (way === 1) changed = changed.slice(0, at) + changed.slice(end);
    else if (way === 2) changed = changed.slice(0, at) + piece + changed.slice(end);
    else if (way === 3) changed = changed.slice(0, end) + changed.slice(at);
    else changed = changed.slice(0, at) + changed.slice(at, end).toUpperCase() + changed.slice(end);
  }
  return changed.toWellFormed();
}

/** Bytes, for what no text can hold: torn UTF-8, torn base64. */
export function mutateBytes(bytes: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes);
  for (let left = 1 + Math.floor(random() * 4); left > 0; left -= 1) {
    changed[Math.floor(random() * changed.length)] = Math.floor(random() * 256);
  }
  return random() < 0.3 ? changed.subarray(0, Math.floor(random() * changed.length)) : changed;
}
