/** Everything made up for the suite and the demo that would name a person, open something, or tell of an illness. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { illnesses } from "../../src/generate/treatments.ts";

export type TokenKind = "name" | "number" | "password" | "health";

export interface Token {
  kind: TokenKind;
  text: string;
}

const SURNAMES =
  "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đoàn|Vương|Trịnh|Trương|Lâm|Đinh|Mai|Tô|Cao|Tạ|Thái|Chu|Lương|Hà|Tăng|Quách|Kiều|Nghiêm|Khuất|Mạc|Lại|Châu|Đồng|Phùng|Lò|Nông|Siu";
const fullName = new RegExp(`(?<![\\p{L}\\d])(?:${SURNAMES})(?: \\p{Lu}\\p{Ll}*){1,4}(?![\\p{L}\\d])`, "gu");
const longNumber = /(?<![\w.])(?:[A-Z]{2}\d{13}|\d{9,12})(?!\w)/g;
const password = /passwords?["']?\s*[:=]\s*["'`]([^"'`\n$]{8,64})["'`]/gi;

/** Begin as names of people do. */
const places = new Set(
  "Hà Nội,Hà Tĩnh,Hà Giang,Hà Nam,Hồ Chí Minh,Cao Bằng,Lâm Đồng,Thái Nguyên,Thái Bình,Phan Rang,Đồng Nai,Đồng Tháp,Lê Lợi,Trần Phú,Hoàng Sa,Mai Châu".split(
    ",",
  ),
);

/** Words of illness and care in general, beside those of the claims that are made up. */
const care =
  "HIV|AIDS|ung thư|tâm thần|trầm cảm|tâm thần phân liệt|giang mai|lao phổi|nghiện ma túy|methadone|nạo phá thai|đái tháo đường|tăng huyết áp|cancer|diabetes|schizophrenia|depression|hypertension|syphilis|tuberculosis";

const sources = [
  "src/seed/**/*.ts",
  "src/**/*.{fixture,test}.{ts,tsx}",
  "src/**/*.store.test.tsx",
  "test/**/*.{ts,csv}",
];
/** This folder speaks of them. */
const isOwn = (path: string) => /^test\/(leaks\/|unit\/leaks)/.test(path);

/** One of each; `root` is the folder of the project. */
export function madeUpTokens(root: string): Token[] {
  const found = new Map<string, Token>();
  const add = (kind: TokenKind, text: string) => void found.set(`${kind} ${text}`, { kind, text });
  for (const path of globSync(sources, { cwd: root })) {
    if (isOwn(path)) continue;
    const text = readFileSync(join(root, path), "utf8");
    for (const [name] of text.matchAll(fullName)) if (!places.has(name)) add("name", name);
    for (const [number] of text.matchAll(longNumber)) add("number", number);
    for (const [, said = ""] of text.matchAll(password)) if (/[\d\s]/.test(said.trim())) add("password", said);
  }
  for (const word of care.split("|")) add("health", word);
  for (const { code, name, drugs } of illnesses) {
    for (const word of [code, name, ...drugs.map((drug) => drug.name.split(" ")[0] ?? "")]) add("health", word);
  }
  return [...found.values()];
}
