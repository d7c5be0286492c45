import { foldName } from "../kernel/names.ts";

/** Names of places as people type them: with or without marks, commune and district and province in one line. */
const SHORT_FOR_KIND = new Set([
  "tp",
  "tx",
  "tt",
  "xa",
  "phuong",
  "huyen",
  "quan",
  "tinh",
  "thi",
  "tran",
  "thanh",
  "pho",
]);
const WORDS_AT_MOST = 12;

/** The words that say which place, without marks: "TT. Tuy Phước, T. Bình Định" → tuy phuoc binh dinh. */
export function searchWords(text: string): string[] {
  const words = foldName(text.slice(0, 200)).split(/[^a-z0-9]+/);
  const telling = words.filter((word) => word && !(SHORT_FOR_KIND.has(word) || /^[a-z]$/.test(word)));
  return (telling.length > 0 ? telling : words.filter(Boolean)).slice(0, WORDS_AT_MOST);
}

export interface OldCommune {
  code: string;
  name: string;
  districtName: string;
  provinceName: string;
}

/** Whole and marked words before parts of words, the commune's own name before that of its district. */
export function rankOf(found: OldCommune, text: string): number {
  const words = searchWords(text);
  const own = ` ${foldName(found.name)} `;
  const all = ` ${foldName(wholeName(found)).replaceAll(",", " ")} `;
  const typed = text.normalize("NFC").toLowerCase();
  const bare = found.name.replace(KIND, "").toLowerCase();
  const isWhole = words.every((word) => all.includes(` ${word} `));
  const phrase = ` ${words.join(" ")} `;
  const isOwn = own.includes(phrase) || phrase.startsWith(` ${foldName(bare)} `);
  return (isWhole ? 0 : 4) + (isOwn ? 0 : 2) + (typed.includes(bare) ? 0 : 1);
}

const KIND = /^(Xã|Phường|Thị trấn) /u;

/** As it was written: commune, district, province. */
export function wholeName({ name, districtName, provinceName }: OldCommune): string {
  return `${name}, ${districtName}, ${provinceName}`;
}

/** The last three, two or four parts of an address in words: where its commune, district and province usually stand. */
export function placeParts(address: string): string[] {
  const parts = address
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean);
  return [3, 2, 4].filter((count) => count <= parts.length).map((count) => parts.slice(-count).join(", "));
}
